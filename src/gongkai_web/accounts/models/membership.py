"""A membership gives one person one role in one agency, from a day until a day."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai_web.accounts.models.agency import Agency, Office
from gongkai_web.accounts.models.user import User


class Role(models.TextChoices):
    """What a person does for an agency. What a role may do stands in `accounts.permissions`, nowhere else."""

    DRAFTER = "drafter", "承办人"
    REVIEWER_1 = "reviewer_1", "一审一校"
    REVIEWER_2 = "reviewer_2", "二审二校"
    REVIEWER_3 = "reviewer_3", "三审三校"
    CONFIDENTIALITY = "confidentiality", "保密审查"
    OFFICER = "officer", "依申请公开经办人"
    SUPERVISOR = "supervisor", "主管部门监督员"
    ADMINISTRATOR = "administrator", "机构管理员"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time."""

    def in_force(self, day: date | None = None) -> MembershipQuerySet:
        """Memberships that hold on the day (today unless told)."""
        day = day or timezone.localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Membership(models.Model):
    """Person × agency × role; a supervisor's and an administrator's reach includes every agency below."""

    user = models.ForeignKey(User, verbose_name="人员", on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="memberships")
    office = models.ForeignKey(
        Office, verbose_name="内设机构", null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    starts_on = models.DateField("开始日期", null=True, blank=True)
    ends_on = models.DateField("结束日期", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "任职与权限"
        verbose_name_plural = "任职与权限"
        ordering = ["agency__path", "role", "user__full_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                name="membership_once",
                violation_error_message="这名人员在该机构已有这个角色。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.agency.short_name} {self.get_role_display()}）"

    def state_label(self) -> str:
        """Whether the membership holds today."""
        today = timezone.localdate()
        if self.starts_on and self.starts_on > today:
            return "尚未开始"
        return "已结束" if self.ends_on and self.ends_on < today else "有效"

    state_label.short_description = "状态"  # type: ignore[attr-defined]  # read by the lists

    def clean(self) -> None:
        """Raises: `ValidationError` when the office belongs elsewhere or the period is reversed."""
        if self.office_id and self.office and self.office.agency_id != self.agency_id:
            raise ValidationError({"office": "内设机构不属于所选机构，请重新选择。"})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "结束日期不能早于开始日期。"})
