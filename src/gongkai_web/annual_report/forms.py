"""What the screens send: numbers as people type them, one for each cell or figure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from gongkai.annual_report.naming import place_label
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.selectors.cells import table_of
from gongkai_web.annual_report.selectors.draft import Draft
from gongkai_web.annual_report.services.draft import DraftRefused

CELL, REASON, TEXT, FIGURE, EVIDENCE = "cell:", "reason:", "text:", "figure:", "evidence:"
_MOST_DIGITS = 14
Entries = dict[str, tuple[Decimal | None, str]]


@dataclass(frozen=True, slots=True)
class ScreenInput:
    """What was sent from the screen of a report: only what was on it."""

    texts: Mapping[str, str]
    cells: Entries
    signed_on: date | None
    signed_by: str
    has_signature: bool
    seen: int | None


def read_screen(data: Mapping[str, str], draft: Draft) -> ScreenInput:
    """Raises: `DraftRefused`, naming the cell whose number cannot be read."""
    return ScreenInput(
        texts={name.removeprefix(TEXT): value for name, value in data.items() if name.startswith(TEXT)},
        cells=_cells(data, draft),
        signed_on=read_day(data.get("signed_on", "")),
        signed_by=data.get("signed_by", "")[:100],
        has_signature="signed_on" in data,
        seen=read_revision(data.get("seen", "")),
    )


def read_figures(data: Mapping[str, str], names: Mapping[str, str]) -> Entries:
    """The figures entered by hand: `figure:<key>` with `evidence:<key>`. Raises: `DraftRefused`."""
    return {
        key: (read_number(data[f"{FIGURE}{key}"], name), data.get(f"{EVIDENCE}{key}", ""))
        for key, name in names.items()
        if f"{FIGURE}{key}" in data
    }


def read_number(text: str, where: str) -> Decimal | None:
    """A number as it is typed: full-width digits, thousands separators and blanks are understood.

    >>> read_number("１，２３４", "某格"), read_number(" ", "某格")
    (Decimal('1234'), None)

    Raises: `DraftRefused` for anything else.
    """
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").replace("−", "-")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise _no_number(text, where) from None
    exponent = number.as_tuple().exponent
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS or not isinstance(exponent, int) or exponent < -6:
        raise _no_number(text, where)
    return number


def read_day(text: str) -> date | None:
    """Raises: `DraftRefused` for what is no day."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DraftRefused("REPORT-DAY", f"落款日期“{text[:20]}”不是日期。", "请写成 2025-01-20。") from None


def read_revision(text: str) -> int | None:
    """The revision that the screen showed; anything that is no number means none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def with_paragraph(text: str, report: AnnualReport, part: str, paragraph: str) -> str:
    """The text with a ready paragraph at the end of its sub-block; without such a sub-block, under a new heading.

    The sub-blocks keep the order of the form.
    """
    parts = next((section.parts for section in report.format.sections if part in section.parts), ())
    lines = [line for line in text.splitlines() if line.strip()]
    places = {name: index for index, line in enumerate(lines) for name in parts if _opens(line, name)}
    if part in places:
        lines[places[part]] += paragraph
        return "\n".join(lines)
    headed = f"（{'一二三四五'[parts.index(part)]}）{part}。{paragraph}" if part in parts else paragraph
    later = [places[name] for name in parts[parts.index(part) + 1 :] if name in places] if part in parts else []
    lines.insert(min(later, default=len(lines)), headed)
    return "\n".join(lines)


def _opens(line: str, part: str) -> bool:
    """Does the line open the sub-block: （一）主动公开。…"""
    _, bracket, rest = line.strip().partition("）")
    return bool(bracket) and rest.strip().startswith(part) and line.strip().startswith("（")


def _cells(data: Mapping[str, str], draft: Draft) -> Entries:
    form = draft.row.format
    entries: Entries = {}
    for name, text in data.items():
        path = name.removeprefix(CELL)
        if name.startswith(CELL) and path in draft.cells and not draft.cells[path].locked:
            value = read_number(text, place_label(path, form))
            entries[path] = (value, _reason(data, draft, path, value))
    return entries


def _reason(data: Mapping[str, str], draft: Draft, path: str, value: Decimal | None) -> str:
    """The reason given for the table; a cell that stays as it is keeps the one it has."""
    manual = draft.cells[path].manual
    if manual is not None and value is not None and manual.value == value:
        return manual.reason
    return data.get(f"{REASON}{table_of(path)}", "")


def _no_number(text: str, where: str) -> DraftRefused:
    return DraftRefused("REPORT-NUMBER", f"{where}应填数字，填的是“{text[:20]}”。", "请改成数字，没有的填 0。")
