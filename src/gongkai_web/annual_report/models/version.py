"""Frozen versions: the report as it was signed, written, proven."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.annual_report.model import Report
from gongkai.annual_report.serialisation import from_json
from gongkai_web.annual_report.models.report import AnnualReport
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel
from gongkai_web.information.models import AgencyDocument


class ReportVersion(AppendOnlyModel):
    """A snapshot. `document` is the JSON of the public contract; `records` lists the sources with their digests.

    `sha256` is the root of the receipt: it covers the document, every file and every digest of records.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    note = models.TextField("说明", blank=True)
    document = models.JSONField("报告")
    records = models.JSONField("记录摘要", default=list)
    proofs = models.JSONField("回读验证", default=list)
    findings = models.JSONField("定稿时的问题", default=list)
    receipt = models.JSONField("校验凭证")
    sha256 = models.CharField("摘要", max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="定稿人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("定稿时间", default=timezone.now)

    class Meta:
        verbose_name = "报告版本"
        verbose_name_plural = "报告版本"
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report}（第{self.number}版）"

    def as_report(self) -> Report:
        """The frozen report as the rules know it."""
        return from_json(self.document)


class VersionFile(AppendOnlyModel):
    """One written file of a version; the same file is the attachment on the portal."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="files")
    format = models.CharField("格式", max_length=10)
    name = models.CharField("文件名", max_length=200)
    document = models.ForeignKey(AgencyDocument, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")

    class Meta:
        verbose_name = "报告文件"
        verbose_name_plural = "报告文件"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "format"], name="version_file_once")]

    def __str__(self) -> str:
        return self.name


guards.append_only("annual_report_reportversion", message="定稿的报告只能新增版本，不能修改或删除。")
guards.append_only("annual_report_versionfile", message="定稿的文件不能修改或删除。")
guards.append_only("annual_report_explanation", message="问题说明签署后不能修改或删除，可以另写新的说明。")
