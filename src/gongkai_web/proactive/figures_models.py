"""The figures behind table 2: sums per period, and single decisions."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from gongkai_web.proactive.figures_rules import FIRST_YEAR, LAST_YEAR, Period


class FigureKind(models.TextChoices):
    """The rows of table 2 that count what the agency did; the values are the row keys of the form."""

    PERMITS = "permits", "行政许可"
    PENALTIES = "penalties", "行政处罚"
    COERCIVE_MEASURES = "coercive_measures", "行政强制"
    FEES = "fees", "行政事业性收费"


DECISION_KINDS = [choice for choice in FigureKind.choices if choice[0] != FigureKind.FEES]
_MONTHS = [MinValueValidator(1), MaxValueValidator(12)]


class PeriodFigure(models.Model):
    """One figure of one period. Decisions count all of them, the lawfully unpublished included; fees are in 万元."""

    agency = models.ForeignKey(
        "accounts.Agency", verbose_name="机构", on_delete=models.PROTECT, related_name="period_figures"
    )
    kind = models.CharField("事项", max_length=20, choices=FigureKind.choices)
    year = models.PositiveSmallIntegerField(
        "年份", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    first_month = models.PositiveSmallIntegerField(
        "起始月", default=1, validators=_MONTHS, help_text="全年填 1 至 12，季度填首末两月。"
    )
    last_month = models.PositiveSmallIntegerField("截止月", default=12, validators=_MONTHS)
    decisions = models.PositiveIntegerField(
        "处理决定数量（件）", null=True, blank=True, help_text="全部处理决定，包括已公开和依法未公开的。"
    )
    unpublished = models.PositiveIntegerField("其中依法未公开（件）", null=True, blank=True)
    amount_wan = models.DecimalField(
        "收费金额（万元）",
        max_digits=16,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="单位是万元，小数最多6位。",
    )
    basis = models.CharField("数据来源", max_length=200, blank=True, help_text="例如：行政执法统计年报、财务决算。")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="填报人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField("填报时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "表二数据"
        verbose_name_plural = "表二数据"
        ordering = ["-year", "kind", "first_month"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "year", "first_month"],
                name="period_figure_once",
                violation_error_message="该机构这个事项已有从同一个月起的数据，请修改原来的数据。",
            ),
            models.CheckConstraint(
                condition=Q(last_month=F("first_month"))
                | Q(first_month=1, last_month=12)
                | Q(first_month__in=[1, 4, 7, 10], last_month=F("first_month") + 2),
                name="period_figure_period",
                violation_error_message="期间只能是一个月、一个季度或者全年。",
            ),
            models.CheckConstraint(
                condition=Q(kind="fees", amount_wan__isnull=False, decisions=None, unpublished=None)
                | ~Q(kind="fees") & Q(decisions__isnull=False, amount_wan=None),
                name="period_figure_unit",
                violation_error_message="行政事业性收费只填收费金额，其他事项只填处理决定数量，没有的填 0。",
            ),
            models.CheckConstraint(
                condition=Q(unpublished=None) | Q(unpublished__lte=F("decisions")),
                name="period_figure_unpublished",
                violation_error_message="依法未公开的件数不能多于处理决定数量。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.label} {self.get_kind_display()}"

    @property
    def period(self) -> Period:
        """The period as the rules know it."""
        return Period(self.year, self.first_month, self.last_month)

    def period_label(self) -> str:
        """期间, for lists."""
        return self.period.label

    period_label.short_description = "期间"  # type: ignore[attr-defined]  # read by the lists

    def value_label(self) -> str:
        """The figure with its unit, for lists."""
        if self.amount_wan is not None:
            return f"{self.amount_wan.normalize():f}万元"
        return f"{self.decisions}件"

    value_label.short_description = "数量或金额"  # type: ignore[attr-defined]  # read by the lists

    def clean(self) -> None:
        """Raises: `ValidationError` when another figure of the kind covers a month of this one."""
        if self.agency_id is None or self.year is None or self.first_month is None or self.last_month is None:
            return
        others = PeriodFigure.objects.filter(agency=self.agency_id, kind=self.kind, year=self.year).exclude(pk=self.pk)
        for other in others:
            if other.period.overlaps(self.period):
                raise ValidationError(f"与已有的“{other}”期间重叠，会重复计算。请修改或删除原来的数据。")


class Decision(models.Model):
    """One decision 许可, 处罚 or 强制. Names of persons do not belong here: the subject says what was decided."""

    agency = models.ForeignKey(
        "accounts.Agency", verbose_name="机构", on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField("事项", max_length=20, choices=DECISION_KINDS)
    document_number = models.CharField("决定文书号", max_length=80)
    subject = models.CharField("事项名称或案由", max_length=200, help_text="不写当事人姓名和证件号码。")
    decided_on = models.DateField("决定日期")
    is_open = models.BooleanField("应当公开", default=True, help_text="依法不公开的去掉勾选，并写明依据。")
    closed_basis = models.CharField("不公开的依据", max_length=200, blank=True)
    published_on = models.DateField("公开日期", null=True, blank=True)
    item = models.ForeignKey(
        "information.InformationItem",
        verbose_name="公开的信息",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoked_on = models.DateField(
        "变更或撤销日期",
        null=True,
        blank=True,
        help_text="公开的处罚决定被依法变更、撤销、确认违法或者无效的，应在三日内撤回并说明理由（行政处罚法第四十八条）。",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    entered_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "处理决定"
        verbose_name_plural = "处理决定"
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "document_number"],
                name="decision_once",
                violation_error_message="该机构已登记这个文书号的决定。",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True) | ~Q(closed_basis="") & Q(published_on=None),
                name="decision_closed_has_basis",
                violation_error_message="依法不公开的决定须写明依据，并且没有公开日期。",
            ),
        ]
        indexes = [models.Index(fields=["agency", "kind", "decided_on"], name="decision_listing")]

    def __str__(self) -> str:
        return f"{self.document_number} {self.subject}"

    def clean(self) -> None:
        """Raises: `ValidationError` when days are out of order or the item is another agency's."""
        today = timezone.localdate()
        if self.decided_on and self.decided_on > today:
            raise ValidationError({"decided_on": "决定日期在今天之后，请核对。"})
        if self.published_on and self.decided_on and self.published_on < self.decided_on:
            raise ValidationError({"published_on": "公开日期不能早于决定日期。"})
        if self.published_on and self.published_on > today:
            raise ValidationError({"published_on": "公开日期在今天之后，请在公开以后填写。"})
        if self.revoked_on and self.decided_on and self.revoked_on < self.decided_on:
            raise ValidationError({"revoked_on": "变更或撤销日期不能早于决定日期。"})
        if self.item_id and self.item and self.item.agency_id != self.agency_id:
            raise ValidationError({"item": "所选信息不属于这个机构，请重新选择。"})
