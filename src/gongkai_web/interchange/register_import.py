"""Importing the register of normative documents: the entries with their latest 变动, all of them or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from gongkai.information.normative import NormativeEventKind
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.information.models import InformationItem, NormativeEvent, NormativeRecord
from gongkai_web.information.models.normative import EVENT_CHOICES, NormativeKind
from gongkai_web.information.services.normative import add_event, save_record
from gongkai_web.interchange.claims import settle
from gongkai_web.interchange.item_checks import Report
from gongkai_web.interchange.item_import import ImportStopped
from gongkai_web.interchange.models import Job
from gongkai_web.interchange.problems import Problem, has_errors, warning
from gongkai_web.interchange.problems import report as as_report
from gongkai_web.interchange.tables import TableField, readable_rows, refused_by_the_model
from gongkai_web.interchange.values import as_choice, as_day

_PREVIEWED = 50
_KINDS = {label: value for value, label in NormativeKind.choices}
_EVENTS = {label: value for value, label in EVENT_CHOICES}
_EVENT_NAMES = ("event_kind", "event_on", "event_until", "event_basis")

REGISTER_FIELDS: tuple[TableField, ...] = (
    TableField("title", "文件名称", "全称，不加书名号。", "预防接种管理办法", required=True),
    TableField(
        "kind",
        "类别",
        f"可选：{'、'.join(_KINDS)}；不填为“行政规范性文件”。",
        "行政规范性文件",
        parse=partial(as_choice, choices=_KINDS),
    ),
    TableField("document_number", "发文字号", "同一文号再次导入时更新原来的登记。", "某卫规〔2021〕2号"),
    TableField("unified_number", "统一编号", "没有的不填。"),
    TableField("issued_on", "制发日期", "印发的日期。", "2021-10-08", required=True, parse=as_day),
    TableField("effective_on", "施行日期", "不填为制发日期。", "2021-11-01", parse=as_day),
    TableField(
        "in_force_until", "有效期至", "未规定有效期的不填；到期次日自动转为“失效”。", "2026-10-31", parse=as_day
    ),
    TableField("basis", "制定依据", "所依据的法律、法规和文件。"),
    TableField("legality_review", "合法性审核", "审核机构和审核意见文号。"),
    TableField("deliberation", "集体审议", "审议会议名称和日期。"),
    TableField("filing_number", "备案号", "没有的不填。"),
    TableField("filed_on", "备案日期", "没有的不填。", parse=as_day),
    TableField("index_number", "全文的索引号", "全文已在本平台的填写，文件页即显示有效性和沿革。"),
    TableField(
        "event_kind",
        "变动",
        f"只填最近一次：{'、'.join(_EVENTS)}；没有变动的不填。",
        "废止",
        parse=partial(as_choice, choices=_EVENTS),
    ),
    TableField("event_on", "变动生效日期", "填写了变动的必填。", "2024-06-01", parse=as_day),
    TableField("event_until", "延长至", "只有延长有效期填。", parse=as_day),
    TableField("event_basis", "变动依据", "作出变动决定的文件名称和文号；填写了变动的必填。", "某卫规〔2024〕1号"),
)
_OWN = [entry.name for entry in REGISTER_FIELDS if entry.name not in {*_EVENT_NAMES, "index_number"}]


@dataclass(frozen=True)
class Row:
    """An entry that can be stored, with the event to enter after it."""

    number: int
    entry: NormativeRecord
    event: NormativeEvent | None


@dataclass
class Rows:
    """What can be stored, and what is wrong with the rest."""

    ready: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check(job: Job, report: Report) -> dict[str, Any]:
    """The preview. Raises: `UploadRefused`, `NotAllowed`."""
    found = _rows(job)
    if not found.ready and not found.problems:
        found.problems.append(Problem(0, "", "没有可以导入的行。"))
    return {
        **as_report(found.problems),
        "rows": len(found.ready),
        "headers": ["文件名称", "类别", "发文字号", "制发日期", "施行日期", "有效期至", "变动"],
        "preview": [{"row": row.number, "cells": _cells(row)} for row in found.ready[:_PREVIEWED]],
    }


def run(job: Job, report: Report) -> dict[str, Any]:
    """Store entries and events. Raises: `ImportStopped`, `NotAllowed`, `RegisterRefused`."""
    found = _rows(job)
    if has_errors(found.problems) or not found.ready:
        raise ImportStopped(as_report(found.problems))
    with transaction.atomic():
        for done, row in enumerate(found.ready, start=1):
            report(done, len(found.ready), "正在导入")
            save_record(row.entry, by=job.started_by)
            if row.event is not None:
                row.event.record = row.entry
                add_event(row.event, by=job.started_by)
        settle(job)
    return {"rows": len(found.ready)}


def _rows(job: Job) -> Rows:
    require(job.started_by, Capability.MANAGE_REGISTER, job.agency)
    found, register = Rows(), _Register(job)
    for number, values in readable_rows(job, REGISTER_FIELDS, found.problems):
        entry, problems = register.entry(number, values)
        event, wrong = _event(number, values, entry)
        problems += wrong
        if not has_errors(problems):
            problems += refused_by_the_model(number, entry, REGISTER_FIELDS)
        found.problems += problems
        if not has_errors(problems):
            found.ready.append(Row(number, entry, event))
    return found


class _Register:
    """The agency's register as it is, and the rows read so far. Entries are known by 文号, else by name and day."""

    def __init__(self, job: Job) -> None:
        self._agency = job.agency
        known = NormativeRecord.objects.filter(agency=job.agency)
        self._known = {_key(entry.document_number, entry.title, entry.issued_on): entry for entry in known}
        self._seen: dict[object, int] = {}

    def entry(self, number: int, values: dict[str, Any]) -> tuple[NormativeRecord, list[Problem]]:
        """The entry of a row, new or known, and what is wrong with it."""
        key = _key(values.get("document_number", ""), values["title"], values["issued_on"])
        problems = []
        if key in self._seen:
            problems.append(Problem(number, "发文字号", f"与第{self._seen[key]}行是同一份文件。", "请删去一行。"))
        elif key in self._known:
            problems.append(warning(number, "文件名称", "已登记过，导入后更新原来的登记。"))
        self._seen.setdefault(key, number)
        entry = self._known.get(key) or NormativeRecord(agency=self._agency)
        defaults = {"kind": NormativeKind.NORMATIVE_DOCUMENT.value, "effective_on": values["issued_on"]}
        for name in _OWN:
            blank = None if name in {"in_force_until", "filed_on"} else ""
            setattr(entry, name, values.get(name, defaults.get(name, blank)))
        return entry, [*problems, *self._link(number, entry, values.get("index_number", ""))]

    def _link(self, number: int, entry: NormativeRecord, index_number: str) -> list[Problem]:
        if not index_number:
            return []
        entry.item = InformationItem.objects.filter(agency=self._agency, index_number=index_number).first()
        if entry.item is None:
            return [Problem(number, "全文的索引号", f"本机构没有索引号为“{index_number}”的信息。", "请核对，或清空。")]
        return []


def _key(document_number: str, title: str, issued_on: date) -> object:
    return document_number or (title, issued_on)


def _event(number: int, values: dict[str, Any], entry: NormativeRecord) -> tuple[NormativeEvent | None, list[Problem]]:
    """The 变动 of the row; `None` where there is none or where it is entered already."""
    kind, day, until = (values.get(name) for name in _EVENT_NAMES[:3])
    basis = values.get("event_basis", "")
    if kind is None:
        extra = next((name for name in _EVENT_NAMES[1:] if values.get(name)), None)
        return None, [Problem(number, "变动", "填写了变动的日期或依据，没有填写变动。")] if extra else []
    problems = []
    if day is None:
        problems.append(Problem(number, "变动生效日期", "没有填写。", "请填写变动生效的日期。"))
    elif day < entry.issued_on:
        problems.append(Problem(number, "变动生效日期", "早于制发日期。", "请核对两个日期。"))
    if not basis:
        problems.append(Problem(number, "变动依据", "没有填写。", "请填写作出变动决定的文件名称和文号。"))
    if (kind == NormativeEventKind.EXTENDED.value) != (until is not None):
        problems.append(Problem(number, "延长至", "延长有效期须填写延长至何日，其他变动不填。"))
    if problems or day is None or _is_entered(entry, kind, day):
        return None, problems
    return NormativeEvent(kind=kind, effective_on=day, until=until, basis=basis), []


def _is_entered(entry: NormativeRecord, kind: str, day: date) -> bool:
    return bool(entry.pk) and entry.events.filter(kind=kind, effective_on=day, revoked_at=None).exists()


def _cells(row: Row) -> list[str]:
    entry = row.entry
    days = (entry.issued_on, entry.effective_on, entry.in_force_until)
    event = f"{row.event.effective_on}{row.event.get_kind_display()}" if row.event else ""
    return [
        entry.title,
        entry.get_kind_display(),
        entry.document_number,
        *(day.isoformat() if day else "" for day in days),
        event,
    ]
