"""The register as a spreadsheet."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter
from django.db.models import QuerySet

from gongkai.law.outcomes import outcome
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.applications.models import Case
from gongkai_web.applications.views.office_case import urgency_of

_COLUMNS = (
    ("受理编号", 18), ("机构", 20), ("所需政府信息名称", 48), ("申请人", 20), ("申请人类别", 14), ("申请方式", 16),
    ("收到日期", 12), ("答复期限", 12), ("期限状态", 12), ("办理状态", 12), ("经办人", 12), ("承办机构", 18),
    ("办结日期", 12), ("办理结果", 36),
)  # fmt: skip


def register_sheet(cases: QuerySet[Case], *, user: User, today: date) -> tuple[bytes, int]:
    """The workbook, and how many names it holds in full: those of agencies whose applicants the person may read.

    No cell is a formula, whatever an applicant wrote.
    """
    buffer = io.BytesIO()
    readable = set(agencies_for(user, Capability.READ_APPLICANTS).values_list("pk", flat=True))
    named = 0
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("台账")
        head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, (title, width) in enumerate(_COLUMNS):
            sheet.write_string(0, place, title, head)
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 1)
        for row, case in enumerate(cases.iterator(chunk_size=1000), start=1):
            full = case.agency_id in readable and not case.erased_at
            named += full
            for place, value in enumerate(_cells(case, full=full, today=today)):
                if isinstance(value, date):
                    sheet.write_datetime(row, place, value, day)
                elif value:
                    sheet.write_string(row, place, value)
        sheet.autofilter(0, 0, max(1, cases.count()), len(_COLUMNS) - 1)
    return buffer.getvalue(), named


def _cells(case: Case, *, full: bool, today: date) -> list[str | date | None]:
    applicant = getattr(case, "applicant", None)
    name = "" if applicant is None else applicant.name if full else applicant.masked_name
    closed = case.answered_on
    return [
        case.number, case.agency.name, case.subject, name, case.get_applicant_type_display(),
        case.get_entrance_display(), case.received_on, case.due_on, urgency_of(case, today=today).light.label,
        case.get_phase_display(), str(case.assignee or ""), case.office.name if case.office else "", closed,
        outcome(case.outcome, on=closed).label if case.outcome and closed else "",
    ]  # fmt: skip
