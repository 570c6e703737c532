"""The case: one application with what identifies it. Everything that happens to it stands in its ledger."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.applications import ApplicantType
from gongkai.applications.receipt import Entrance
from gongkai.law.events import Phase
from gongkai.law.outcomes import outcome_keys
from gongkai_web.accounts.models import Agency, Office
from gongkai_web.applications.crypto import EncryptedTextField
from gongkai_web.audit import guards


class Delivery(models.TextChoices):
    """How the applicant wants to get the answer."""

    NET = "net", "网上查看、下载"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    FAX = "fax", "传真"
    IN_PERSON = "in_person", "当面领取"
    ON_SITE = "on_site", "当场查阅、抄录"


class Media(models.TextChoices):
    """On what the applicant wants it."""

    ELECTRONIC = "electronic", "电子文件"
    PAPER = "paper", "纸质"
    DISC = "disc", "光盘等电子介质"


class Waiting(models.TextChoices):
    """On whom the case waits."""

    NOBODY = "", "本机关"
    APPLICANT = "applicant", "申请人补正"
    PAYMENT = "payment", "申请人缴费"
    THIRD_PARTY = "third_party", "第三方意见"
    COAUTHOR = "coauthor", "共同制作机关意见"


OWED = Q(is_open=True) | Q(due_on__isnull=False)
"""Not closed, or closed and to be answered anew, as a reconsideration or a court ordered."""


class Case(models.Model):
    """One application. The columns of `CACHED` repeat what the ledger says, for sorting and counting only.

    `services.cache.rewrite` alone writes them; `applications_cache --check` proves them.
    """

    CACHED = (
        "applicant_type", "entrance", "phase", "is_open", "received_on", "entered_on", "due_on", "running",
        "waiting_on", "waits_until", "answered_on", "outcome", "records",
    )  # fmt: skip

    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="cases")
    number = models.CharField("受理编号", max_length=40, unique=True)
    secret = models.CharField(max_length=120, editable=False, help_text="查询码的加盐摘要。")
    submission_key = models.CharField(max_length=64, blank=True, editable=False)
    subject = models.CharField("所需政府信息名称", max_length=200)
    description = EncryptedTextField("所需政府信息内容描述", blank=True)
    delivery = models.CharField("提供方式", max_length=12, choices=Delivery.choices, default=Delivery.NET)
    media = models.CharField("载体形式", max_length=12, choices=Media.choices, default=Media.ELECTRONIC)
    office = models.ForeignKey(
        Office, verbose_name="承办机构", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经办人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    proactive_item = models.ForeignKey(
        "information.InformationItem",
        verbose_name="转为主动公开的信息",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)
    erased_at = models.DateTimeField("申请人信息清除时间", null=True, editable=False)

    applicant_type = models.CharField(
        "申请人类别", max_length=24, choices=[(kind.value, kind.label) for kind in ApplicantType]
    )
    entrance = models.CharField("申请方式", max_length=20, choices=[(one.value, one.label) for one in Entrance])
    phase = models.CharField(
        "办理状态", max_length=24, choices=[(one.value, one.label) for one in Phase], default=Phase.NEW.value
    )
    is_open = models.BooleanField("尚未办结", default=True)
    received_on = models.DateField("收到日期", null=True)
    entered_on = models.DateField("计入新收之日", null=True)
    due_on = models.DateField("答复期限", null=True)
    running = models.BooleanField("计时中", default=False)
    waiting_on = models.CharField("等待", max_length=12, choices=Waiting.choices, blank=True, default="")
    waits_until = models.DateField("等待期限", null=True)
    answered_on = models.DateField("办结日期", null=True)
    outcome = models.CharField("办理结果", max_length=60, blank=True, choices=[(key, key) for key in outcome_keys()])
    records = models.PositiveIntegerField("记录数", default=0)

    class Meta:
        verbose_name = "公开申请"
        verbose_name_plural = "公开申请"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "submission_key"], condition=~Q(submission_key=""), name="case_submitted_once"
            ),
        ]
        indexes = [
            # What stands behind the order lets filtered lists be counted without reading the rows themselves.
            models.Index(
                fields=["agency", "-received_on", "-id", "applicant_type", "entrance", "phase", "is_open"],
                name="case_register",
            ),
            models.Index(fields=["-received_on", "-id"], name="case_received"),
            models.Index(
                fields=["agency", "due_on", "id", "waiting_on", "assignee", "office"],
                condition=Q(is_open=True) | Q(due_on__isnull=False),
                name="case_owed_due",
            ),
            models.Index(fields=["due_on", "id"], condition=Q(due_on__isnull=False), name="case_due"),
        ]

    def __str__(self) -> str:
        """The number alone: the log repeats it, and what a person asked for is his own affair."""
        return self.number

    @property
    def is_owed(self) -> bool:
        """Has something still to be done? As `OWED`."""
        return self.is_open or self.due_on is not None

    def is_running(self, day: date) -> bool:
        """Does the answer clock count on that day? A consultation holds it until it is answered or its time is up."""
        if self.due_on is None:
            return False
        if self.waiting_on in (Waiting.THIRD_PARTY, Waiting.COAUTHOR):
            return self.waits_until is not None and self.waits_until < day
        return not self.waiting_on


guards.register(
    guards.Guard(
        "applications_case_number", "applications_case", "UPDATE",
        "NEW.number <> OLD.number OR NEW.agency_id <> OLD.agency_id", "公开申请的受理编号和受理机关不能更改。",
    ),
    guards.Guard("applications_case_kept", "applications_case", "DELETE", "TRUE", "公开申请不能删除。"),
)  # fmt: skip
