"""One agency's report for one year, and what happened to it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format
from gongkai_web.accounts.models import Agency
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel

FIRST_YEAR = 2019
"""Reports for earlier years used forms of another kind; they are imported to be read, not drafted."""
LAST_YEAR = 2100


class ReportState(models.TextChoices):
    """Where the report stands. The value is a cache: it follows from the events and the review."""

    DRAFT = "draft", "起草中"
    FROZEN = "frozen", "已定稿"
    IN_REVIEW = "in_review", "签审中"
    PUBLISHED = "published", "已公布"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"


class AnnualReport(models.Model):
    """The report of `agency` for `year` (1 January to 31 December) in the statutory form `form`.

    `revision` counts the changes of the draft, so that two people who write at once notice each other.
    """

    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField(
        "报告年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    form = models.CharField("格式", max_length=10, choices=[(key, f"{key}年格式") for key in formats.IDS])
    state = models.CharField(
        "状态", max_length=12, choices=ReportState.choices, default=ReportState.DRAFT, editable=False
    )
    signed_by = models.CharField("落款单位", max_length=100, blank=True, help_text="不填时为机构全称。")
    signed_on = models.DateField("落款日期", null=True, blank=True)
    item = models.OneToOneField(
        "information.InformationItem",
        verbose_name="公开的信息",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="annual_report",
    )
    published_version = models.ForeignKey(
        "annual_report.ReportVersion", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    submitted_version = models.ForeignKey(
        "annual_report.ReportVersion", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField("建立时间", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        ordering = ["-year", "agency__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="annual_report_once",
                violation_error_message="该机构已有这个年度的报告。",
            )
        ]
        indexes = [models.Index(fields=["year", "state"], name="annual_report_by_year")]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.year}年政府信息公开工作年度报告"

    def get_absolute_url(self) -> str:
        """The report's screen in the back office."""
        return reverse("annual_report_edit", args=[self.pk])

    @property
    def format(self) -> Format:
        """The statutory form as data."""
        return formats.load(self.form)

    @property
    def may_be_edited(self) -> bool:
        """Is a draft open? What is frozen or under review is changed by taking it back first."""
        return self.state in (ReportState.DRAFT, ReportState.RETURNED)


class EventKind(models.TextChoices):
    """What can happen to a report, in the order in which it usually does."""

    OPENED = "opened", "建立"
    FROZEN = "frozen", "定稿"
    SENT = "sent", "提交签审"
    REOPENED = "reopened", "取消定稿"
    GIVEN_BACK = "given_back", "签审退回"
    PUBLISHED = "published", "公布"
    SUBMITTED = "submitted", "报送"
    RETURNED = "returned", "上级退回"
    ACCEPTED = "accepted", "上级接收"
    CORRECTED = "corrected", "启动更正"


class ReportEvent(AppendOnlyModel):
    """One thing that happened to a report: who, when, which version, with what words."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("事项", max_length=12, choices=EventKind.choices)
    version = models.ForeignKey(
        "annual_report.ReportVersion", null=True, on_delete=models.PROTECT, related_name="events"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="办理人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=timezone.now)
    to_agency = models.ForeignKey(
        Agency, verbose_name="报送对象", null=True, on_delete=models.PROTECT, related_name="+"
    )
    comment = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "报告办理记录"
        verbose_name_plural = "报告办理记录"
        ordering = ["id"]
        indexes = [models.Index(fields=["report", "kind"], name="annual_report_event")]

    def __str__(self) -> str:
        return f"{self.report} {self.get_kind_display()}"


guards.append_only("annual_report_reportevent", message="报告的办理记录只能新增，不能修改或删除。")
