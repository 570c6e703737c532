"""Putting right what reading left open, against the original: each answer is kept with its person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from gongkai.annual_report.formats import Column
from gongkai.annual_report.model import CellState, Doubt, Number, Report
from gongkai.annual_report.naming import place_label
from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.annual_report.models import FileState, ImportedCorrection, ImportedFile, ImportedReport, ImportedState
from gongkai_web.audit.services import record

_MOST_DIGITS = 12
_OF_NAME = {"agency-missing", "agency-incomplete", "agency-completed", "agency-spelling"}
_OF_YEAR = {"year-missing"}
"""Doubts that end as soon as the body, or the year, is known: the tree of agencies completes what was not printed."""


class CorrectionRefused(GongkaiError):  # noqa: N818  # names the event
    """What was entered cannot be taken; nothing of it was stored."""


@dataclass(frozen=True)
class OpenDoubt:
    """One doubt with its number in the document; `settled` once a person has answered it."""

    number: int
    doubt: Doubt
    settled: bool


@dataclass(frozen=True)
class Answers:
    """What a person found in the original. `values` maps cells to what stands there, an empty text for nothing.

    `settled` holds the numbers of doubts that the original bears out as they were read.
    """

    agency: Agency | None = None
    year: int | None = None
    values: Mapping[str, str] | None = None
    settled: frozenset[int] = frozenset()
    note: str = ""


def doubts_of(imported: ImportedReport) -> list[OpenDoubt]:
    """Every doubt of reading, with whether it is settled."""
    answered = set(imported.corrections.values_list("subject", flat=True))
    return [
        OpenDoubt(number, doubt, _is_known(imported, doubt) or _is_settled(number, doubt, answered))
        for number, doubt in enumerate(imported.as_read().doubts)
    ]


def _is_known(imported: ImportedReport, doubt: Doubt) -> bool:
    return (doubt.code in _OF_NAME and imported.agency_id is not None) or (
        doubt.code in _OF_YEAR and imported.year is not None
    )


def _is_settled(number: int, doubt: Doubt, answered: set[str]) -> bool:
    return f"doubt.{number}" in answered or (bool(doubt.cells) and answered.issuperset(doubt.cells))


@transaction.atomic
def answer(imported: ImportedReport, answers: Answers, *, by: User | None) -> ImportedReport:
    """Store the answers; the report can be used once nothing is open.

    Raises: `NotAllowed`; `CorrectionRefused` for a body outside the tree, a year or a cell that cannot be.
    """
    require(by, Capability.SUPERVISE, imported.importer)
    locked = ImportedReport.objects.select_for_update().get(pk=imported.pk)
    before = locked.as_report()
    _assign(locked, answers, by=by)
    for path, text in (answers.values or {}).items():
        _correct(locked, before, path, text.strip(), note=answers.note, by=by)
    open_numbers = {one.number for one in doubts_of(locked) if not one.settled}
    for number in sorted(answers.settled & open_numbers):
        _note(locked, f"doubt.{number}", "", "原件如此", note=answers.note, by=by)
    rewrite(locked)
    record("annual_report.import_corrected", obj=locked, actor=by, agency=locked.importer)
    return locked


@transaction.atomic
def set_aside(imported: ImportedReport, *, reason: str, by: User | None) -> ImportedReport:
    """Do not use an imported report; it stays on record. Raises: `NotAllowed`, `CorrectionRefused`."""
    require(by, Capability.SUPERVISE, imported.importer)
    if not reason.strip():
        raise CorrectionRefused("IMPORT-REASON", "没有写不采用的理由。", "请写明，例如“不是最终稿”。")
    locked = ImportedReport.objects.select_for_update().get(pk=imported.pk)
    _note(locked, "state", locked.state, ImportedState.SET_ASIDE, note=reason.strip(), by=by)
    locked.state = ImportedState.SET_ASIDE
    locked.save(update_fields=["state"])
    record("annual_report.import_set_aside", obj=locked, actor=by, agency=locked.importer, details={"reason": reason})
    return locked


def rewrite(imported: ImportedReport) -> None:
    """The one function that writes what follows from document and answers: open doubts and states."""
    named = _OF_NAME | _OF_YEAR  # counted as the missing body or year itself
    open_doubts = sum(not one.settled and one.doubt.code not in named for one in doubts_of(imported))
    imported.open_doubts = open_doubts + (imported.agency_id is None) + (imported.year is None)
    if imported.state != ImportedState.SET_ASIDE:
        imported.state = ImportedState.DOUBTS if imported.open_doubts else ImportedState.READY
    imported.save(update_fields=["agency", "year", "open_doubts", "state"])
    left = ImportedReport.objects.filter(file=imported.file_id, state=ImportedState.DOUBTS).exists()
    state = FileState.DOUBTS if left else FileState.READ
    ImportedFile.objects.filter(pk=imported.file_id, state__in=[FileState.DOUBTS, FileState.READ]).update(state=state)


def _assign(imported: ImportedReport, answers: Answers, *, by: User | None) -> None:
    if answers.agency is not None and answers.agency.pk != imported.agency_id:
        if not answers.agency.is_within(imported.importer):
            raise CorrectionRefused("IMPORT-AGENCY", "所选机构不在本级监督范围内。", "请在名单中选择。")
        before = str(imported.agency or imported.printed_agency)
        _note(imported, "agency", before, answers.agency.name, note=answers.note, by=by)
        imported.agency = answers.agency
    if answers.year is not None and answers.year != imported.year:
        if not 2019 <= answers.year <= 2100:
            raise CorrectionRefused("IMPORT-YEAR", f"报告年度“{answers.year}”不对。", "请填2019年及以后的年度。")
        _note(imported, "year", str(imported.year or ""), str(answers.year), note=answers.note, by=by)
        imported.year = answers.year


def _correct(  # noqa: PLR0913  # a correction is its facts
    imported: ImportedReport, report: Report, path: str, text: str, *, note: str, by: User | None
) -> None:
    column = report.format.cells.get(path)
    if column is None:
        raise CorrectionRefused("IMPORT-CELL", f"表格中没有“{path}”这一格。", "请刷新页面后重试。")
    value = _number(text, column, place_label(path, report.format)) if text else None
    cell = report.cells[path]
    unsure = cell.state in (CellState.AMBIGUOUS, CellState.OCR, CellState.SOLVED, CellState.UNREADABLE)
    known = imported.corrections.filter(subject=path).exists()
    if value == cell.value and (not unsure or known):
        return
    before = "" if cell.value is None else str(cell.value)
    _note(imported, path, before, "" if value is None else str(value), note=note, by=by)


def _number(text: str, column: Column, where: str) -> Number:
    try:
        number = Decimal(text.replace("，", "").replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise CorrectionRefused("IMPORT-NUMBER", f"{where}：“{text}”不是数字。", "请填数字；原件没有填写的留空。")
    if column.kind == "money":
        return number
    if number != number.to_integral_value() or (number < 0 and column.kind != "change"):
        raise CorrectionRefused("IMPORT-COUNT", f"{where}：“{text}”不是件数。", "件数是不小于0的整数。")
    return int(number)


def _note(  # noqa: PLR0913  # a correction is its facts
    imported: ImportedReport, subject: str, before: str, after: str, *, note: str, by: User | None
) -> None:
    ImportedCorrection.objects.create(
        report=imported,
        subject=subject,
        before=before[:200],
        after=after[:200],
        note=note.strip()[:300],
        by=by,
        at=timezone.now(),
    )
