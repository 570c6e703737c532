"""Reminders to the people of the back office: shown there, and mailed."""

from __future__ import annotations

from django.db import models

from gongkai_web.accounts.models import Agency, Office, User


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    NEW = "new", "新收申请"
    ASSIGNED = "assigned", "交您办理"
    FIVE_DAYS = "five_days", "五个工作日内到期"
    ONE_DAY = "one_day", "一个工作日内到期"
    OVERDUE = "overdue", "已逾期"
    DIGEST = "digest", "每日汇总"


class Notice(models.Model):
    """One notice to one person. `key` keeps it from being given twice; it names kind, case and due day.

    The text names the number of a case and nothing of the applicant: mail leaves the house.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="application_notices")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="application_notices")
    office = models.ForeignKey(Office, on_delete=models.SET_NULL, null=True, related_name="+")
    case = models.ForeignKey("applications.Case", on_delete=models.CASCADE, null=True, related_name="notices")
    kind = models.CharField("类别", max_length=12, choices=NoticeKind.choices)
    key = models.CharField(max_length=120)
    text = models.TextField("内容")
    created_at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("查阅时间", null=True)
    mailed_at = models.DateTimeField("发信时间", null=True)

    class Meta:
        verbose_name = "办理提醒"
        verbose_name_plural = "办理提醒"
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="application_notice_once")]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}　{self.text.splitlines()[0] if self.text else ''}"
