"""Importing the figures of table 2 and single decisions: every wrong row is named, all go in or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Sum

from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.information.models import InformationItem
from gongkai_web.interchange.claims import settle
from gongkai_web.interchange.item_checks import Report
from gongkai_web.interchange.item_import import ImportStopped
from gongkai_web.interchange.models import Job
from gongkai_web.interchange.problems import Problem, has_errors, warning
from gongkai_web.interchange.problems import report as as_report
from gongkai_web.interchange.tables import TableField, readable_rows, refused_by_the_model
from gongkai_web.interchange.values import as_choice, as_count, as_day, as_money
from gongkai_web.proactive.figures_models import DECISION_KINDS, Decision, FigureKind, PeriodFigure
from gongkai_web.proactive.figures_rules import parse_period
from gongkai_web.proactive.figures_services import save_decisions, save_figure

_PREVIEWED = 50
_BATCH = 500
_SLIP = 1000
"""So many times last year's sum, and 元 was most likely taken for 万元."""
_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_KINDS = {label: value for value, label in FigureKind.choices}
_DECISION_KINDS = {label: value for value, label in DECISION_KINDS}


FIGURE_FIELDS: tuple[TableField, ...] = (
    TableField("period", "期间", "一年、一个季度或一个月。", "2024年第1季度", required=True, parse=parse_period),
    TableField(
        "kind",
        "事项",
        f"可选：{'、'.join(_KINDS)}。",
        "行政许可",
        required=True,
        parse=partial(as_choice, choices=_KINDS),
    ),
    TableField(
        "decisions", "处理决定数量", "许可、处罚、强制填件数，包括依法未公开的；没有的填 0。", "35", parse=as_count
    ),
    TableField("unpublished", "其中依法未公开", "件数，可以不填。", "2", parse=as_count),
    TableField("amount_wan", "收费金额（万元）", "只有行政事业性收费填，单位万元；没有的填 0。", "", parse=as_money),
    TableField("basis", "数据来源", "可以不填。", "行政执法统计年报"),
)
DECISION_FIELDS: tuple[TableField, ...] = (
    TableField(
        "kind",
        "事项",
        f"可选：{'、'.join(_DECISION_KINDS)}。",
        "行政处罚",
        required=True,
        parse=partial(as_choice, choices=_DECISION_KINDS),
    ),
    TableField(
        "document_number", "决定文书号", "同一文书号再次导入时更新原来的登记。", "某卫罚〔2024〕8号", required=True
    ),
    TableField("subject", "事项名称或案由", "不写当事人姓名和证件号码。", "未按规定公示卫生许可证案", required=True),
    TableField("decided_on", "决定日期", "", "2024-03-05", required=True, parse=as_day),
    TableField(
        "is_open", "是否公开", "是或否，不填为“是”。", "是", parse=partial(as_choice, choices={"是": "yes", "否": "no"})
    ),
    TableField("closed_basis", "不公开的依据", "不公开的必填。"),
    TableField("published_on", "公开日期", "还没有公开的不填。", "2024-03-12", parse=as_day),
    TableField("index_number", "公开信息的索引号", "在本平台公开的可以填。"),
    TableField("revoked_on", "变更或撤销日期", "没有的不填。", parse=as_day),
)


@dataclass
class Rows:
    """The rows that can be stored, with what to show of each, and what is wrong with the others."""

    ready: list[tuple[int, PeriodFigure | Decision]]
    problems: list[Problem]


def check_figures(job: Job, report: Report) -> dict[str, Any]:
    """The preview of sums. Raises: `UploadRefused`, `NotAllowed`."""
    return _preview(_figures(job), FIGURE_FIELDS)


def run_figures(job: Job, report: Report) -> dict[str, Any]:
    """Store the sums. Raises: `ImportStopped`."""
    return _store(_figures(job), job, report)


def check_decisions(job: Job, report: Report) -> dict[str, Any]:
    """The preview of decisions. Raises: `UploadRefused`, `NotAllowed`."""
    return _preview(_decisions(job), DECISION_FIELDS)


def run_decisions(job: Job, report: Report) -> dict[str, Any]:
    """Store the decisions. Raises: `ImportStopped`."""
    return _store(_decisions(job), job, report)


def _figures(job: Job) -> Rows:
    require(job.started_by, Capability.DRAFT, job.agency)
    found = Rows([], [])
    known = {(f.kind, f.period): f for f in PeriodFigure.objects.filter(agency=job.agency)}
    before = _last_years(job.agency)
    seen: list[tuple[int, PeriodFigure]] = []
    for number, values in readable_rows(job, FIGURE_FIELDS, found.problems):
        period = values.pop("period")
        figure = known.get((values["kind"], period)) or PeriodFigure(
            agency=job.agency, kind=values["kind"], year=period.year, first_month=period.first, last_month=period.last
        )
        problems = [*_replacing(number, figure), *_overlapping(number, figure, seen)]
        figure.decisions, figure.unpublished = values.get("decisions"), values.get("unpublished")
        figure.amount_wan, figure.basis = values.get("amount_wan"), values.get("basis", "")
        problems += [*_unit_problems(number, figure), *_slips(number, figure, before)]
        seen.append((number, figure))
        _judge(number, figure, problems, FIGURE_FIELDS, found)
    return found


def _decisions(job: Job) -> Rows:
    require(job.started_by, Capability.DRAFT, job.agency)
    found = Rows([], [])
    known = {(d.kind, d.document_number): d for d in Decision.objects.filter(agency=job.agency)}
    rows: dict[tuple[str, str], int] = {}
    for number, values in readable_rows(job, DECISION_FIELDS, found.problems):
        key = (values["kind"], values["document_number"])
        problems = []
        if key in rows:
            problems.append(Problem(number, "决定文书号", f"与第{rows[key]}行相同。", "请删去一行。"))
        elif key in known:
            problems.append(warning(number, "决定文书号", "已登记过，导入后更新原来的登记。"))
        rows.setdefault(key, number)
        decision = known.get(key) or Decision(agency=job.agency)
        values["is_open"] = values.get("is_open", "yes") == "yes"
        problems += _item_of(number, decision, values.pop("index_number", ""))
        for field in DECISION_FIELDS:
            if field.name != "index_number":
                blank: object = "" if field.parse is str else None
                setattr(decision, field.name, values.get(field.name, blank))
        problems += _personal(number, decision)
        _judge(number, decision, problems, DECISION_FIELDS, found)
    return found


def _unit_problems(number: int, figure: PeriodFigure) -> list[Problem]:
    """Fees have an amount and nothing else, decisions a number. `0` has to be written, a blank is no zero."""
    if figure.kind == FigureKind.FEES:
        wrong = [("处理决定数量", figure.decisions), ("其中依法未公开", figure.unpublished)]
        problems = [
            Problem(number, name, "行政事业性收费不填件数。", "请清空。") for name, value in wrong if value is not None
        ]
        if figure.amount_wan is None:
            problems.append(Problem(number, "收费金额（万元）", "没有填写。", "没有收费的填 0。"))
        return problems
    problems = []
    if figure.amount_wan is not None:
        problems.append(
            Problem(
                number, "收费金额（万元）", f"{figure.get_kind_display()}不填金额。", "请清空，或改为“行政事业性收费”。"
            )
        )
    if figure.decisions is None:
        problems.append(Problem(number, "处理决定数量", "没有填写。", "没有发生的填 0。"))
    elif (figure.unpublished or 0) > figure.decisions:
        problems.append(Problem(number, "其中依法未公开", "多于处理决定数量。", "请核对两个数。"))
    return problems


def _replacing(number: int, figure: PeriodFigure) -> list[Problem]:
    if figure.pk is None:
        return []
    return [warning(number, "期间", f"这个期间已有数据（{figure.value_label()}），导入后以这一行为准。")]


def _overlapping(number: int, figure: PeriodFigure, seen: Iterable[tuple[int, PeriodFigure]]) -> list[Problem]:
    return [
        Problem(number, "期间", f"与第{other_number}行的“{other}”期间重叠，会重复计算。", "请只留一个。")
        for other_number, other in seen
        if other.kind == figure.kind and other.period.overlaps(figure.period)
    ]


def _last_years(agency: Agency) -> dict[tuple[str, int], Decimal]:
    """(kind, year) → amount or number of the year."""
    sums = PeriodFigure.objects.filter(agency=agency).values("kind", "year").order_by()
    rows = sums.annotate(amount=Sum("amount_wan"), number=Sum("decisions"))
    return {(row["kind"], row["year"]): Decimal(row["amount"] or row["number"] or 0) for row in rows}


def _slips(number: int, figure: PeriodFigure, before: Mapping[tuple[str, int], Decimal]) -> list[Problem]:
    last = before.get((figure.kind, figure.year - 1), Decimal(0))
    if figure.amount_wan is None or last <= 0 or figure.amount_wan < last * _SLIP:
        return []
    text = f"是上一年{last.normalize():f}万元的{_SLIP}倍以上。"
    return [warning(number, "收费金额（万元）", text, "请核对单位是不是万元。")]


def _item_of(number: int, decision: Decision, index_number: str) -> list[Problem]:
    if not index_number:
        return []
    item = InformationItem.objects.filter(agency=decision.agency, index_number=index_number).first()
    if item is None:
        return [Problem(number, "公开信息的索引号", f"本机构没有索引号为“{index_number}”的信息。", "请核对，或清空。")]
    decision.item = item
    return []


def _personal(number: int, decision: Decision) -> list[Problem]:
    if not _IDENTITY_NUMBER.search(decision.subject):
        return []
    return [Problem(number, "事项名称或案由", "含有疑似身份证号码。", "请删去当事人的姓名和证件号码。")]


def _judge(
    number: int,
    row: PeriodFigure | Decision,
    problems: list[Problem],
    fields: Iterable[TableField],
    found: Rows,
) -> None:
    """What the model would refuse; asked only where nothing has been found, so that nothing is said twice."""
    if not has_errors(problems):
        # An open decision breaks no other constraint than to be unique, which `_decisions` has looked after.
        known = {"agency", "item", "entered_by"} if isinstance(row, Decision) and row.is_open else set()
        problems += refused_by_the_model(number, row, fields, known=known)
    found.problems += problems
    if not has_errors(problems):
        found.ready.append((number, row))


def _preview(found: Rows, fields: Iterable[TableField]) -> dict[str, Any]:
    if not found.ready and not found.problems:
        found.problems.append(Problem(0, "", "没有可以导入的行。"))
    shown = [field for field in fields if field.name not in {"index_number"}]
    return {
        **as_report(found.problems),
        "rows": len(found.ready),
        "headers": [field.label for field in shown],
        "preview": [
            {"row": number, "cells": [_shown(row, field.name) for field in shown]}
            for number, row in found.ready[:_PREVIEWED]
        ],
    }


def _shown(row: Any, name: str) -> str:
    if name == "period":
        return str(row.period.label)
    value = row.get_kind_display() if name == "kind" else getattr(row, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _store(found: Rows, job: Job, report: Report) -> dict[str, Any]:
    if has_errors(found.problems) or not found.ready:
        raise ImportStopped(as_report(found.problems))
    with transaction.atomic():
        decisions = [row for _, row in found.ready if isinstance(row, Decision)]
        for start in range(0, len(decisions), _BATCH):
            report(start, len(decisions), "正在导入")
            save_decisions(decisions[start : start + _BATCH], by=job.started_by)
        figures = [row for _, row in found.ready if isinstance(row, PeriodFigure)]
        for done, figure in enumerate(figures, start=1):
            report(done, len(figures), "正在导入")
            save_figure(figure, by=job.started_by)
        settle(job)
    return {"rows": len(found.ready)}
