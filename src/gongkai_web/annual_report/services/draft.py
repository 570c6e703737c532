"""Opening a report and writing its draft; every change is one transaction with an event in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.annual_report import formats
from gongkai.annual_report.binding import to_keys
from gongkai.annual_report.naming import place_label
from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.annual_report.models import (
    TABLE_CHOICES,
    AnnualReport,
    EventKind,
    ManualCell,
    ManualFigure,
    ManualTable,
    Narrative,
)
from gongkai_web.annual_report.models.report import FIRST_YEAR, LAST_YEAR
from gongkai_web.annual_report.selectors.draft import Draft, current, draft_of
from gongkai_web.annual_report.services.events import happen
from gongkai_web.annual_report.sources import source
from gongkai_web.audit.services import record

__all__ = [
    "Draft",
    "DraftRefused",
    "close_table",
    "current",
    "draft_of",
    "enter_cells",
    "enter_figures",
    "locked_draft",
    "open_report",
    "open_table",
    "save_signature",
    "save_texts",
]
MOST_CHARACTERS = 60_000
"""Of one section; the longest published one seen has a tenth of it."""


class DraftRefused(GongkaiError):  # noqa: N818  # names the event
    """The draft cannot be changed like this; nothing was stored."""


@transaction.atomic
def open_report(agency: Agency, year: int, *, by: User | None) -> AnnualReport:
    """The agency's report for the year, made when there is none yet.

    Raises: `NotAllowed`; `DraftRefused` for a year without a form or one that has not begun.
    """
    require(by, Capability.EDIT_REPORT, agency)
    if not FIRST_YEAR <= year <= min(LAST_YEAR, timezone.localdate().year):
        raise DraftRefused(
            "REPORT-YEAR",
            f"不能建立{year}年的年度报告。",
            f"请选择{FIRST_YEAR}年至{timezone.localdate().year}年之间的年度。",
        )
    report, made = AnnualReport.objects.get_or_create(
        agency=agency, year=year, defaults={"form": formats.for_year(year).id, "opened_by": by}
    )
    if made:
        happen(report, EventKind.OPENED, by=by)
    return report


@transaction.atomic
def save_texts(
    report: AnnualReport,
    texts: Mapping[str, str],
    *,
    by: User | None,
    seen: int | None = None,
    draft: Draft | None = None,
) -> AnnualReport:
    """Store the texts of sections that changed; references by Chinese name become references by key.

    `seen` is the revision that the writer's screen showed; `draft` saves computing it where the caller has it.
    Raises: `NotAllowed`, `DraftRefused`.
    """
    locked = locked_draft(report, by=by, seen=seen)
    known = {section.key for section in locked.format.sections}
    figures = (draft or draft_of(locked)).figures
    stored = {row.section: row for row in locked.narratives.all()}
    changed = []
    for section, text in texts.items():
        if section not in known:
            raise DraftRefused("REPORT-SECTION", f"报告没有“{section}”这一部分。", "请刷新页面后重试。")
        if len(text) > MOST_CHARACTERS:
            raise DraftRefused("REPORT-TOO-LONG", f"正文超过{MOST_CHARACTERS}字。", "请精简后再保存。")
        plain = to_keys(text.replace("\r\n", "\n").replace("\x00", "").strip(), figures)
        row = stored.get(section) or Narrative(report=locked, section=section)
        if row.text != plain:
            row.text, row.by, row.at = plain, by, timezone.now()
            row.save()
            changed.append(section)
    return _changed(locked, changed, by=by)


@transaction.atomic
def save_signature(
    report: AnnualReport, *, signed_on: date | None, signed_by: str = "", by: User | None, seen: int | None = None
) -> AnnualReport:
    """Who signs and on what day. Raises: `NotAllowed`, `DraftRefused`."""
    locked = locked_draft(report, by=by, seen=seen)
    signer = " ".join(signed_by.split())
    if (locked.signed_on, locked.signed_by) == (signed_on, signer):
        return locked
    locked.signed_on, locked.signed_by = signed_on, signer
    locked.full_clean(exclude=["item", "opened_by"])
    locked.save(update_fields=["signed_on", "signed_by", "updated_at"])
    return _changed(locked, ["signature"], by=by)


@transaction.atomic
def enter_cells(
    report: AnnualReport,
    values: Mapping[str, tuple[Decimal | None, str]],
    *,
    by: User | None,
    seen: int | None = None,
    draft: Draft | None = None,
) -> AnnualReport:
    """Enter cells by hand: path → number (`None` removes it) and where it comes from; `draft` as in `save_texts`.

    Raises: `NotAllowed`; `DraftRefused` for a cell that is computed, a number the form does not take, no reason.
    """
    locked = locked_draft(report, by=by, seen=seen)
    draft = draft or draft_of(locked)
    changed = []
    for path, (value, reason) in values.items():
        _check_cell(draft, path, value, reason)
        if _store_cell(locked, path, value, reason.strip(), by=by):
            changed.append(path)
    return _changed(locked, changed, by=by, action="annual_report.cell_entered")


@transaction.atomic
def enter_figures(
    report: AnnualReport,
    values: Mapping[str, tuple[Decimal | None, str]],
    *,
    by: User | None,
    seen: int | None = None,
) -> AnnualReport:
    """Enter figures that no app records yet: key → number (`None` removes it) and its evidence.

    Raises: `NotAllowed`, `DraftRefused`.
    """
    locked = locked_draft(report, by=by, seen=seen)
    changed = []
    for key, (value, evidence) in values.items():
        one = source(key)
        if one is None or not one.by_hand:
            raise DraftRefused("REPORT-FIGURE", f"没有可以手工填报的指标“{key}”。", "请刷新页面后重试。")
        if value is not None and value < 0:
            raise DraftRefused("REPORT-NEGATIVE", f"“{one.name}”不能是负数。", "请核对后改正。")
        if value is not None and not evidence.strip():
            raise DraftRefused(
                "REPORT-EVIDENCE", f"“{one.name}”没有写明依据。", "请写明数据来自哪里，例如后台统计截图的编号。"
            )
        if _store_figure(locked, key, value, evidence.strip(), by=by):
            changed.append(key)
    return _changed(locked, changed, by=by, action="annual_report.figure_entered")


@transaction.atomic
def open_table(report: AnnualReport, table: str, *, reason: str, by: User | None) -> AnnualReport:
    """Fill a table by hand because its records lie outside this system. Raises: `NotAllowed`, `DraftRefused`."""
    locked = locked_draft(report, by=by)
    if table not in dict(TABLE_CHOICES):
        raise DraftRefused("REPORT-TABLE", "没有这张表。", "请刷新页面后重试。")
    if not reason.strip():
        raise DraftRefused("REPORT-REASON", "改为手工填报须写明理由。", "例如：本年度台账在启用本系统之前。")
    ManualTable.objects.update_or_create(
        report=locked, table=table, defaults={"reason": reason.strip()[:300], "by": by, "at": timezone.now()}
    )
    return _changed(locked, [table], by=by, action="annual_report.table_opened")


@transaction.atomic
def close_table(report: AnnualReport, table: str, *, by: User | None) -> AnnualReport:
    """Back to counting: what was entered for cells that the records fill is dropped. Raises: as `open_table`."""
    locked = locked_draft(report, by=by)
    removed, _ = ManualTable.objects.filter(report=locked, table=table).delete()
    if removed:
        draft = draft_of(locked)
        counted = [path for path, cell in draft.cells.items() if cell.locked]
        ManualCell.objects.filter(report=locked, path__in=counted).delete()
    return _changed(locked, [table] if removed else [], by=by, action="annual_report.table_opened")


def locked_draft(report: AnnualReport, *, by: User | None, seen: int | None = None) -> AnnualReport:
    """The report's row, locked, if it may be written. Raises: `NotAllowed`, `DraftRefused`."""
    locked = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
    require(by, Capability.EDIT_REPORT, locked.agency)
    if not locked.may_be_edited:
        raise DraftRefused(
            "REPORT-FROZEN", f"报告{locked.get_state_display()}，不能修改。", "如需修改，请先取消定稿，或者启动更正。"
        )
    if seen is not None and seen != locked.revision:
        raise DraftRefused(
            "REPORT-STALE", "别人刚刚修改过这份报告，您的修改没有保存。", "请复制您的文字，刷新页面后再填入。"
        )
    return locked


def _changed(
    report: AnnualReport, what: list[str], *, by: User | None, action: str = "annual_report.saved"
) -> AnnualReport:
    if what:
        AnnualReport.objects.filter(pk=report.pk).update(revision=F("revision") + 1, updated_at=timezone.now())
        record(action, obj=report, actor=by, details={"year": report.year, "what": what})
    report.refresh_from_db()
    return report


def _check_cell(draft: Draft, path: str, value: Decimal | None, reason: str) -> None:
    cell = draft.cells.get(path)
    if cell is None:
        raise DraftRefused("REPORT-CELL", f"报告没有“{path}”这一格。", "请刷新页面后重试。")
    where = place_label(path, draft.row.format)
    if cell.locked:
        raise DraftRefused("REPORT-LOCKED", f"{where}由记录计算，不能手工填写。", "如有出入，请改正背后的记录。")
    if value is None:
        return
    if cell.column.kind != "money" and value != value.to_integral_value():
        raise DraftRefused("REPORT-INTEGER", f"{where}应为整数，填的是{value}。", "请核对后改正。")
    if cell.column.kind != "change" and value < 0:
        raise DraftRefused("REPORT-NEGATIVE", f"{where}不能是负数。", "请核对后改正。")
    if not reason.strip():
        raise DraftRefused("REPORT-REASON", f"{where}没有写明数据来源。", "请写明数据来自哪里、由谁提供。")


def _store_cell(report: AnnualReport, path: str, value: Decimal | None, reason: str, *, by: User | None) -> bool:
    row = ManualCell.objects.filter(report=report, path=path).first()
    if value is None:
        return bool(row and row.delete())
    if row is not None and (row.value, row.reason) == (value, reason):
        return False
    row = row or ManualCell(report=report, path=path)
    row.value, row.reason, row.by, row.at = value, reason[:300], by, timezone.now()
    row.save()
    return True


def _store_figure(report: AnnualReport, key: str, value: Decimal | None, evidence: str, *, by: User | None) -> bool:
    row = ManualFigure.objects.filter(report=report, key=key).first()
    if value is None:
        return bool(row and row.delete())
    if row is not None and (row.value, row.evidence) == (value, evidence):
        return False
    row = row or ManualFigure(report=report, key=key)
    row.value, row.evidence, row.by, row.at = value, evidence[:300], by, timezone.now()
    row.save()
    return True
