"""Uploads for the import tests, made in memory, and files that go when the test does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.interchange.jobs import start_import
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.interchange.spreadsheets import csv_bytes

HEADERS = ("索引号", "栏目", "名称", "成文日期", "原发布日期", "来源网址", "公开属性", "正文", "附件")
ROW = (
    "11341702486344515H/202110-00013", "法定主动公开内容", "关于做好夏季防疫工作的通知", "2021年10月8日", "", "",
    "主动公开", "第一段。\n第二段。", "",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def table() -> Callable[..., bytes]:
    """`table([row, …], headers=…)`: a CSV file; a dictionary changes cells of the usual row."""

    def make(rows: list[Any], headers: tuple[str, ...] = HEADERS) -> bytes:
        whole = [
            tuple({**dict(zip(HEADERS, ROW, strict=True)), **row}.values()) if isinstance(row, dict) else row
            for row in rows
        ]
        return csv_bytes(headers, whole)

    return make


@pytest.fixture
def workbook() -> Callable[[list[tuple[Any, ...]]], bytes]:
    """`workbook([header, row, …])`: an XLSX file as a spreadsheet program writes it."""

    def make(rows: list[tuple[Any, ...]]) -> bytes:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    return make


@pytest.fixture
def package() -> Callable[[dict[str, bytes]], bytes]:
    """`package({"目录.csv": …, "附件/甲.txt": …})`: a ZIP."""

    def make(files: dict[str, bytes]) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return file.getvalue()

    return make


@pytest.fixture
def upload(agency: Agency, staff: dict[Role, User]) -> Callable[..., Job]:
    """`upload(data, name="目录.csv")`: the drafter uploads; the check has run when it returns."""

    def start(data: bytes, name: str = "目录.csv", kind: JobKind = JobKind.ITEMS) -> Job:
        return start_import(kind, agency=agency, by=staff[Role.DRAFTER], file=SimpleUploadedFile(name, data))

    return start
