"""The draft as the screen shows it: the statutory tables cell by cell, each with badge, records and last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.binding import Piece, pieces, render, to_names
from gongkai.annual_report.checks import Severity
from gongkai.annual_report.formats import Section
from gongkai.annual_report.model import Number
from gongkai.annual_report.naming import place_label
from gongkai.annual_report.writing.layout import LayoutCell, LayoutTable, Role, number_text, tables
from gongkai_web.annual_report.models import ManualTable
from gongkai_web.annual_report.paragraphs import offers
from gongkai_web.annual_report.selectors.cells import DraftCell
from gongkai_web.annual_report.selectors.judgement import Judged, Judgement, cell_anchor
from gongkai_web.annual_report.sources import table_sources


@dataclass(frozen=True, slots=True)
class ScreenCell:
    """A cell of a drawn table. `draft` is set for numbers; `typed` is what the field holds."""

    layout: LayoutCell
    tag: str
    scope: str
    draft: DraftCell | None = None
    name: str = ""
    anchor: str = ""
    judged: Sequence[Judged] = ()
    typed: str = ""

    @property
    def gravity(self) -> str:
        """`error`, `warning`, `note` or nothing."""
        order = [severity.value for severity in Severity]
        found = {one.finding.severity.value for one in self.judged if one.blocks or one.explanation is None}
        return next((severity for severity in order if severity in found), "")

    @property
    def shown(self) -> str:
        """The number as the form prints it."""
        return "" if self.draft is None or self.draft.value is None else number_text(self.draft.value)

    @property
    def last_year(self) -> str:
        """Last year's number; empty where there is none, and where nothing happened in either year."""
        if self.draft is None or self.draft.previous is None:
            return ""
        nothing = self.draft.previous == 0 and self.draft.value == 0
        return "" if nothing else number_text(self.draft.previous)

    @property
    def difference(self) -> str:
        """+3 or −3 against last year; empty where it is the same or not known."""
        found = None if self.draft is None else self.draft.difference
        return "" if not found else signed(found)


@dataclass(frozen=True, slots=True)
class ScreenTable:
    """One statutory table with everything around it."""

    key: str
    layout: LayoutTable
    head: tuple[tuple[ScreenCell, ...], ...]
    bodies: tuple[tuple[tuple[ScreenCell, ...], ...], ...]
    manual: ManualTable | None
    source: str
    open_cells: bool
    problems: tuple[str, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Is the whole table filled in by hand?"""
        return self.manual is not None


@dataclass(frozen=True, slots=True)
class ScreenOffer:
    """A ready paragraph as it would read."""

    part: str
    shown: str


@dataclass(frozen=True, slots=True)
class ScreenSection:
    """One headed part: its text as it is edited and as it reads, last year's text, its table."""

    section: Section
    text: str
    pieces: tuple[Piece, ...]
    problems: tuple[str, ...]
    judged: Sequence[Judged]
    last_year: str
    table: ScreenTable | None
    offers: tuple[ScreenOffer, ...]
    asks_for_text: bool

    @property
    def key(self) -> str:
        """The section's key."""
        return self.section.key


_WRITTEN = ("overview", "problems", "other_matters")


def sections(judgement: Judgement, *, sent: Mapping[str, str] | None = None) -> list[ScreenSection]:
    """Every part of the form in order. `sent`: what was typed and refused, so that nothing is lost."""
    sent = sent or {}
    draft = judgement.draft
    drawn = tables(draft.report)
    offered = offers(draft.figures, last_problems=draft.last_problems)
    by_hand = {row.table: row for row in ManualTable.objects.filter(report=draft.row.pk).select_related("by")}
    return [
        ScreenSection(
            section=section,
            text=sent.get(f"text:{section.key}", to_names(draft.texts[section.key], draft.figures)),
            pieces=tuple(pieces(draft.texts[section.key], draft.figures)),
            problems=tuple(f"{one.message}{one.hint}" for one in draft.rendered[section.key].problems),
            judged=judgement.by_anchor.get(f"text-{section.key}", ()),
            last_year=draft.previous.sections.get(section.key, "") if draft.previous else "",
            table=_table(drawn[section.key], judgement, by_hand, sent) if section.key in drawn else None,
            offers=tuple(
                ScreenOffer(offer.part, render(offer.text, draft.figures).text)
                for offer in offered
                if offer.section == section.key
            ),
            asks_for_text=section.key in _WRITTEN,
        )
        for section in draft.row.format.sections
    ]


def signed(number: Number) -> str:
    """A difference with its sign.

    >>> signed(3), signed(Decimal("-2.50"))
    ('+3', '−2.5')
    """
    plain = number_text(abs(Decimal(number)).normalize())
    return f"{'+' if number > 0 else '−'}{plain}"


def _table(
    layout: LayoutTable, judgement: Judgement, by_hand: Mapping[str, ManualTable], sent: Mapping[str, str]
) -> ScreenTable:
    rows = [tuple(_cell(cell, layout, judgement, sent) for cell in row.cells) for row in layout.rows]
    bodies, at = [], layout.header_rows
    for length in layout.bodies:
        bodies.append(tuple(rows[at : at + length]))
        at += length
    found = [cell.draft for row in rows for cell in row if cell.draft is not None]
    return ScreenTable(
        layout.key,
        layout,
        tuple(rows[: layout.header_rows]),
        tuple(bodies),
        by_hand.get(layout.key),
        next((one.name for one in table_sources() if layout.key in one.tables), ""),
        any(not cell.locked for cell in found),
        tuple(dict.fromkeys(one for cell in found if cell.figure for one in cell.figure.problems)),
    )


def _cell(cell: LayoutCell, table: LayoutTable, judgement: Judgement, sent: Mapping[str, str]) -> ScreenCell:
    if cell.role is not Role.NUMBER or cell.path is None:
        return ScreenCell(cell, "th", _scope(cell, table))
    anchor, draft = cell_anchor(cell.path), judgement.draft.cells[cell.path]
    stored = "" if draft.value is None else number_text(draft.value)
    return ScreenCell(
        cell,
        "td",
        "",
        draft,
        place_label(cell.path, judgement.draft.row.format),
        anchor,
        judgement.by_anchor.get(anchor, ()),
        sent.get(f"cell:{cell.path}", stored),
    )


def _scope(cell: LayoutCell, table: LayoutTable) -> str:
    if cell.role is Role.LABEL:
        return "rowgroup" if cell.rowspan > 1 else "row"
    if cell.colspan == table.columns:
        return "rowgroup"
    return "colgroup" if cell.colspan > 1 and table.header_rows else "col"
