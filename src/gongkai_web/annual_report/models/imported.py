"""Published reports that come as files: the file, what was read from it, what a person put right."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai.annual_report.model import Cell, CellState, Number, Report
from gongkai.annual_report.serialisation import from_json
from gongkai_web.accounts.models import Agency
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel
from gongkai_web.interchange.models import Job


def _kept_as(_: models.Model, name: str) -> str:
    """Two files of one name are two files, and no name of a stranger becomes a path."""
    return f"annual_report/in/{uuid.uuid4().hex}{PurePosixPath(name).suffix.lower()[:8]}"


class FileState(models.TextChoices):
    """How the reading of one file ended. Every file ends in one of the last five."""

    WAITING = "waiting", "等待读取"
    READ = "read", "已读取"
    DOUBTS = "doubts", "有疑问"
    ERROR = "error", "读取失败"
    SAME = "same", "重复文件"
    UNPACKED = "unpacked", "已解包"


class ImportedFile(models.Model):
    """One uploaded file, or one file of an uploaded archive (`parent`). `attempts` counts how often reading began."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="report_files")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="members")
    name = models.CharField("文件", max_length=200)
    file = models.FileField(upload_to=_kept_as)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100, blank=True)
    state = models.CharField("结果", max_length=10, choices=FileState.choices, default=FileState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=40, blank=True)
    message = models.TextField("说明", blank=True)
    ended_at = models.DateTimeField("读取时间", null=True)

    class Meta:
        verbose_name = "导入的文件"
        verbose_name_plural = "导入的文件"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["job", "state"], name="imported_file_of_job"),
            models.Index(fields=["sha256"], name="imported_file_content"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def agency(self) -> Agency:
        """The supervising agency that imports."""
        return self.job.agency

    def content(self) -> bytes:
        """The bytes as they were uploaded."""
        with self.file.open("rb") as opened:
            data: bytes = opened.read()
        return data


class ImportedState(models.TextChoices):
    """Where an imported report stands."""

    DOUBTS = "doubts", "待核对"
    READY = "ready", "可用"
    SET_ASIDE = "set_aside", "不采用"


class ImportedReport(models.Model):
    """One report of a file. `document` is what was read and never changes; what a person found stands in `corrections`.

    `agency` is the body in the tree that the printed name belongs to; `open_doubts` a cache of `doubts_left`.
    """

    file = models.ForeignKey(ImportedFile, on_delete=models.PROTECT, related_name="reports")
    position = models.PositiveSmallIntegerField(default=0)
    agency = models.ForeignKey(
        Agency, verbose_name="机构", null=True, on_delete=models.PROTECT, related_name="imported_reports"
    )
    printed_agency = models.CharField("报告上的机构名称", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("报告年度", null=True)
    document = models.JSONField()
    state = models.CharField("状态", max_length=10, choices=ImportedState.choices, default=ImportedState.DOUBTS)
    open_doubts = models.PositiveSmallIntegerField("疑问", default=0)
    published_on = models.DateField("公布日期", null=True)
    imported_at = models.DateTimeField("导入时间", default=timezone.now)

    class Meta:
        verbose_name = "导入的报告"
        verbose_name_plural = "导入的报告"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="imported_report_once")]
        indexes = [models.Index(fields=["year", "agency"], name="imported_report_by_year")]

    def __str__(self) -> str:
        named = self.agency.name if self.agency else self.printed_agency or "机关不明"
        return f"{named}{self.year or '年份不明'}年年度报告（导入）"

    @property
    def importer(self) -> Agency:
        """The supervising agency that imported it."""
        return self.file.job.agency

    def as_read(self) -> Report:
        """The report as the reader delivered it."""
        return from_json(self.document)

    def as_report(self) -> Report:
        """The report with what a person put right: values from the original, agency, year."""
        report = self.as_read()
        cells = dict(report.cells)
        for correction in self.corrections.all():
            if correction.subject in cells:
                cells[correction.subject] = correction.as_cell(cells[correction.subject])
        return replace(
            report,
            cells=cells,
            agency=self.agency.name if self.agency else report.agency,
            year=self.year,
        )


class ImportedCorrection(AppendOnlyModel):
    """What a person found in the original: `subject` is a cell, `doubt.<n>`, `agency`, `year` or `state`.

    The newest one for a subject holds. An empty `after` for a cell confirms that the original states no number there.
    """

    report = models.ForeignKey(ImportedReport, on_delete=models.PROTECT, related_name="corrections")
    subject = models.CharField("位置", max_length=100)
    before = models.CharField("读取结果", max_length=200, blank=True)
    after = models.CharField("核对结果", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="核对人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "核对记录"
        verbose_name_plural = "核对记录"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.subject}"

    def as_cell(self, read: Cell) -> Cell:
        """The cell after the correction; where the original states nothing, the state that was read stays."""
        if self.after:
            return Cell(number_of(self.after, money=self.subject.endswith("amount_wan")), CellState.STATED, self.after)
        state = CellState.BLANK if read.value is not None or read.state is CellState.AMBIGUOUS else read.state
        return Cell(None, state, read.raw, read.place)

    @property
    def agency(self) -> Agency:
        """The supervising agency, for the log."""
        return self.report.importer


def number_of(text: str, *, money: bool) -> Number:
    """A stored number: counts are integers, money is exact."""
    return Decimal(text) if money else int(text)


def counts_of(job: Job) -> dict[str, Any]:
    """How many files of a job stand in each state; archives count as their members."""
    rows = ImportedFile.objects.filter(job=job).values_list("state").annotate(number=models.Count("pk"))
    found = dict(rows.order_by())
    return {state.value: found.get(state.value, 0) for state in FileState}


guards.append_only("annual_report_importedcorrection", message="核对记录只能新增，不能修改或删除。")
