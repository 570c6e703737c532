"""Jobs that run in the background, and where imported items came from."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem

KEPT_DAYS = 7
"""Uploaded tables and finished exports are removed after this many days; what was done stays on record."""


class JobKind(models.TextChoices):
    """What a job does."""

    COLUMNS = "columns", "导入栏目"
    ITEMS = "items", "导入存量信息"
    FIGURES = "figures", "导入表二数据"
    DECISIONS = "decisions", "导入处理决定"
    REGISTER = "register", "导入规范性文件"
    EXPORT = "export", "导出全部数据"
    REPORTS = "reports", "导入年度报告"


class JobState(models.TextChoices):
    """Where a job stands. An import is checked first and waits for a person to confirm it."""

    QUEUED = "queued", "排队中"
    RUNNING = "running", "正在处理"
    READY = "ready", "待确认"
    REFUSED = "refused", "有错误"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"
    DROPPED = "dropped", "已放弃"

    @property
    def is_moving(self) -> bool:
        """Will it change by itself?"""
        return self in {JobState.QUEUED, JobState.RUNNING}


class Job(models.Model):
    """One import or export. `report` holds what the check found, `outcome` what was done."""

    kind = models.CharField("事项", max_length=10, choices=JobKind.choices)
    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办人", on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField("状态", max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    confirmed = models.BooleanField("已确认", default=False)
    source = models.FileField(upload_to="interchange/in", blank=True)
    source_name = models.CharField("上传的文件", max_length=200, blank=True)
    result = models.FileField(upload_to="interchange/out", blank=True)
    report = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField("开始时间", default=timezone.now)
    moved_at = models.DateTimeField("最近变化", default=timezone.now)
    finished_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "导入导出"
        verbose_name_plural = "导入导出"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["agency", "-created_at"], name="interchange_job_agency")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.agency.short_name}）"

    @property
    def is_moving(self) -> bool:
        """Will it change by itself?"""
        return JobState(self.state).is_moving

    @property
    def expires_on(self) -> date:
        """The last day on which its files are there."""
        return timezone.localdate(self.created_at) + timedelta(days=KEPT_DAYS)


class ImportedItem(models.Model):
    """Where an item of 历史存量 came from: the job, the row, and the day on which it had been public elsewhere."""

    item = models.OneToOneField(InformationItem, on_delete=models.CASCADE, related_name="imported")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="items")
    row = models.PositiveIntegerField("行号")
    published_elsewhere_on = models.DateField("原发布日期", null=True)

    class Meta:
        verbose_name = "历史存量"
        verbose_name_plural = "历史存量"
        ordering = ["job", "row"]

    def __str__(self) -> str:
        return f"{self.item}（第{self.row}行）"

    @property
    def note(self) -> str:
        """What the reviewers are told about the item."""
        if self.published_elsewhere_on is None:
            return f"历史存量，导入文件“{self.job.source_name}”第{self.row}行。请逐项审查。"
        day = f"{self.published_elsewhere_on:%Y年%-m月%-d日}"
        return (
            f"历史存量，导入文件“{self.job.source_name}”第{self.row}行。填报{day}已在{self.item.source_url}公开，"
            "发布后沿用该发布日期，请核对属实，并逐项审查。"
        )
