"""不予公开 is looked at again from time to time: how often, and what each look found.

Source: 条例 §18 (定期评估审查; the interval is left to the agency).
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from gongkai_web.accounts.models import Agency
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel
from gongkai_web.information.models.item import InformationItem

DEFAULT_MONTHS = 12
MOST_MONTHS = 60


class ClosureInterval(models.Model):
    """After how many months the closed items of an agency, and of those below it without an own interval, are due."""

    agency = models.OneToOneField(
        Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="closure_interval"
    )
    months = models.PositiveSmallIntegerField(
        "评估周期（月）", default=DEFAULT_MONTHS, validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]
    )

    class Meta:
        verbose_name = "不予公开评估周期"
        verbose_name_plural = "不予公开评估周期"
        ordering = ["agency__path"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=MOST_MONTHS), name="closure_interval_months"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency.short_name}：{self.months}个月"


class ClosureOutcome(models.TextChoices):
    """What the look at a closed item found."""

    KEPT = "kept", "仍不公开"
    TO_OPEN = "to_open", "可以公开，转入修改和签审"


class ClosureReview(AppendOnlyModel):
    """One look at one closed item: who, when, with what result and for what reason."""

    item = models.ForeignKey(InformationItem, on_delete=models.PROTECT, related_name="closure_reviews")
    outcome = models.CharField("评估结果", max_length=10, choices=ClosureOutcome.choices)
    reason = models.TextField("理由")
    next_on = models.DateField("下次评估日期", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="评估人", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField("姓名", max_length=40)
    at = models.DateTimeField("评估时间")

    class Meta:
        verbose_name = "不予公开评估"
        verbose_name_plural = "不予公开评估"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.item}：{self.get_outcome_display()}"


guards.append_only("information_closurereview", message="评估记录只能新增，不能修改或删除。")
