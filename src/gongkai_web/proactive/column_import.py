"""Importing an agency's columns: those that are there are brought up to date, the others made, all of them or none.

A preview stores the rows and takes everything back: what it finds wrong is what storing them would refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.errors import GongkaiError
from gongkai.proactive.columns import COLUMN_SETS, ColumnKind
from gongkai_web.accounts.models import Office
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.interchange.claims import settle
from gongkai_web.interchange.item_checks import Report
from gongkai_web.interchange.item_import import ImportStopped
from gongkai_web.interchange.models import Job
from gongkai_web.interchange.problems import Problem, has_errors, warning
from gongkai_web.interchange.problems import report as as_report
from gongkai_web.interchange.tables import TableField, readable_rows
from gongkai_web.interchange.values import as_choice, as_count
from gongkai_web.proactive.models import Column
from gongkai_web.proactive.services import save_column

_PREVIEWED = 50
_KINDS = {kind.label: kind.value for kind in ColumnKind}
_YES_NO = {"是": "yes", "否": "no"}
_CODES = frozenset(template.code for chosen in COLUMN_SETS.values() for template in chosen.columns)

COLUMN_FIELDS: tuple[TableField, ...] = (
    TableField("slug", "网址标识", "字母、数字和连字符；本机构已有的栏目按它更新。", "policy-files", required=True),
    TableField("name", "栏目名称", "门户上显示的名称。", "政策文件", required=True),
    TableField("parent", "上级栏目", "上级栏目的网址标识；一级栏目不填。", "statutory"),
    TableField(
        "kind",
        "类别",
        f"可选：{'、'.join(_KINDS)}；不填为“{ColumnKind.LIST.label}”。",
        ColumnKind.LIST.label,
        parse=partial(as_choice, choices=_KINDS),
    ),
    TableField("code", "标准代码", "来自现成栏目集的栏目才有，原样保留。"),
    TableField("description", "栏目说明", "写入网页的栏目说明标签。"),
    TableField("keywords", "关键词", "用逗号分隔。"),
    TableField("basis", "公开依据", "法规或文件名称。", "条例第二十条第一项"),
    TableField("owner_office", "责任内设机构", "本机构内设机构的名称，须先在本平台建立。"),
    TableField("update_interval_days", "更新周期（天）", "不填表示不设周期。", "30", parse=as_count),
    TableField("position", "排序", "数字小的在前；不填为0。", "10", parse=as_count),
    TableField("is_shown", "在门户显示", "是或否，不填为“是”。", "是", parse=partial(as_choice, choices=_YES_NO)),
)
_TEXTS = ("name", "description", "keywords", "basis")


@dataclass
class _Found:
    """The columns as they would stand, by row, and what is wrong."""

    ready: list[tuple[int, Column]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check(job: Job, report: Report) -> dict[str, Any]:
    """The preview. Raises: `UploadRefused`, `NotAllowed`."""
    with transaction.atomic():
        found = _store(job, report)
        transaction.set_rollback(True)
    if not found.ready and not found.problems:
        found.problems.append(Problem(0, "", "没有可以导入的行。"))
    return {
        **as_report(found.problems),
        "rows": len(found.ready),
        "headers": ["栏目", "网址标识", "类别", "更新周期（天）", "在门户显示"],
        "preview": [{"row": number, "cells": _cells(column)} for number, column in found.ready[:_PREVIEWED]],
    }


def run(job: Job, report: Report) -> dict[str, Any]:
    """Store the columns. Raises: `ImportStopped`, `NotAllowed`."""
    with transaction.atomic():
        found = _store(job, report)
        if has_errors(found.problems) or not found.ready:
            raise ImportStopped(as_report(found.problems))
        settle(job)
    return {"rows": len(found.ready)}


def _store(job: Job, report: Report) -> _Found:
    """Rows without a parent first, so that the others find theirs wherever it stands in the table."""
    require(job.started_by, Capability.MANAGE_COLUMNS, job.agency)
    found = _Found()
    rows = sorted(_rows(job, found), key=lambda row: bool(row[1].get("parent")))
    for done, (number, values) in enumerate(rows, start=1):
        report(done, len(rows), "正在处理")
        found.problems += _store_row(job, number, values, found)
    found.ready.sort(key=lambda row: row[0])
    return found


def _rows(job: Job, found: _Found) -> Iterator[tuple[int, dict[str, Any]]]:
    seen: dict[str, int] = {}
    for number, values in readable_rows(job, COLUMN_FIELDS, found.problems):
        slug = values["slug"]
        if slug in seen:
            problem = Problem(number, "网址标识", f"与第{seen[slug]}行相同。", "请删去一行，或改用别的标识。")
            found.problems.append(problem)
            continue
        seen[slug] = number
        yield number, values


def _store_row(job: Job, number: int, values: dict[str, Any], found: _Found) -> list[Problem]:
    """Store one column; what keeps it out is returned, and nothing of it stays."""
    column, problems = _column(job, number, values)
    if has_errors(problems):
        return problems
    try:
        with transaction.atomic():
            save_column(column, by=job.started_by)
    except GongkaiError as error:
        return [*problems, Problem(number, "", error.message, error.hint)]
    except ValidationError as error:
        labels = {entry.name: entry.label for entry in COLUMN_FIELDS}
        refused = [
            Problem(number, labels.get(name, ""), "".join(texts), "请改正后重新上传。")
            for name, texts in error.message_dict.items()
        ]
        return [*problems, *refused]
    found.ready.append((number, column))
    return problems


def _column(job: Job, number: int, values: dict[str, Any]) -> tuple[Column, list[Problem]]:
    """The column of a row, new or known, filled in; relations that are not there are named."""
    own = Column.objects.filter(agency=job.agency)
    known = own.filter(slug=values["slug"]).first()
    column = known or Column(agency=job.agency, slug=values["slug"], code=_code(own, values.get("code", "")))
    problems = [warning(number, "网址标识", "本机构已有这个栏目，导入后更新。")] if known else []
    for name in _TEXTS:
        setattr(column, name, values.get(name, ""))
    column.kind = values.get("kind", ColumnKind.LIST.value)
    column.update_interval_days = values.get("update_interval_days")
    column.position = values.get("position", 0)
    column.is_shown = values.get("is_shown", "yes") == "yes"
    column.parent = own.filter(slug=values.get("parent", "")).first()
    if values.get("parent") and column.parent is None:
        message = f"本机构和这份表格中都没有网址标识为“{values['parent']}”的栏目。"
        problems.append(Problem(number, "上级栏目", message, "请核对，或清空。"))
    column.owner_office = Office.objects.filter(agency=job.agency, name=values.get("owner_office", "")).first()
    if values.get("owner_office") and column.owner_office is None:
        message = f"本机构没有名为“{values['owner_office']}”的内设机构，这一项不导入。"
        problems.append(warning(number, "责任内设机构", message, "需要的，请先建立内设机构再导入。"))
    return column, problems


def _code(own: Any, code: str) -> str:
    """The code of a ready-made set, unless another column bears it already."""
    return code if code in _CODES and not own.filter(code=code).exists() else ""


def _cells(column: Column) -> list[str]:
    interval = str(column.update_interval_days or "")
    return [str(column), column.slug, column.get_kind_display(), interval, "是" if column.is_shown else "否"]
