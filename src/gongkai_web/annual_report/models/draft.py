"""What a person adds to a draft: text, cells that no record gives, figures with evidence, explanations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai_web.annual_report.models.report import AnnualReport
from gongkai_web.audit.models import AppendOnlyModel

TABLE_CHOICES = [("proactive", "表二"), ("applications", "表三"), ("remedies", "表四")]


class ByPerson(models.Model):
    """Who wrote it, when."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="填写人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("填写时间", default=timezone.now)

    class Meta:
        abstract = True


class Narrative(ByPerson):
    """The text of one section as it is written, with references to figures such as `{{ items.published }}`."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="narratives")
    section = models.CharField("章节", max_length=30)
    text = models.TextField("正文", blank=True)

    class Meta:
        verbose_name = "章节文字"
        verbose_name_plural = "章节文字"
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="narrative_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.section}"


class ManualTable(ByPerson):
    """A table whose records lie outside this system, with the reason; its cells are entered by hand."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="manual_tables")
    table = models.CharField("表", max_length=20, choices=TABLE_CHOICES)
    reason = models.CharField("理由", max_length=300)

    class Meta:
        verbose_name = "手工填报的表"
        verbose_name_plural = "手工填报的表"
        constraints = [models.UniqueConstraint(fields=["report", "table"], name="manual_table_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.get_table_display()}"


class ManualCell(ByPerson):
    """A cell for which there is no record: its number, where it comes from, who vouches for it. Money is in 万元."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="manual_cells")
    path = models.CharField("单元格", max_length=100)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6)
    reason = models.CharField("数据来源", max_length=300)

    class Meta:
        verbose_name = "手工填报的数值"
        verbose_name_plural = "手工填报的数值"
        constraints = [models.UniqueConstraint(fields=["report", "path"], name="manual_cell_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.path}"


class ManualFigure(ByPerson):
    """A figure for the text that no app records yet (messages, new media, events, training), with its evidence."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="manual_figures")
    key = models.CharField("指标", max_length=60)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6)
    evidence = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "手工填报的指标"
        verbose_name_plural = "手工填报的指标"
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="manual_figure_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.key}"


class Explanation(AppendOnlyModel):
    """Why a finding stands as it does, signed. It holds for as long as the finding's fingerprint stays the same."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="explanations")
    fingerprint = models.CharField(max_length=16)
    code = models.CharField("规则", max_length=40)
    place = models.CharField("位置", max_length=120)
    message = models.TextField("问题")
    text = models.TextField("说明")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="说明人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField("姓名", max_length=40, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "问题说明"
        verbose_name_plural = "问题说明"
        ordering = ["id"]
        indexes = [models.Index(fields=["report", "fingerprint"], name="explanation_of_finding")]

    def __str__(self) -> str:
        return f"{self.report} {self.code}"
