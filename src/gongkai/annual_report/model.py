"""A report as the software holds it: cells with their state and place, narrative, doubts, source.

Raw first, then judged: a `Doubt` says that *reading* was uncertain; a `Finding` (see `checks`) says that what was
*published* breaks a rule. A value of `None` means not stated; `0` is a zero that was printed or proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format

SCHEMA = "gongkai/annual-report/1"

Number = int | Decimal


class CellState(StrEnum):
    """How a cell came by its value, or why it has none."""

    STATED = "stated"  # a plainly printed number
    SOLVED = "solved"  # not printed apart, but fixed uniquely by the identities of the form
    OCR = "ocr"  # recognised from an image: to be checked by a person
    BLANK = "blank"
    DASH = "dash"  # “/”, “—”, “无” and the like
    ABSENT_COLUMN = "absent_column"
    ABSENT_ROW = "absent_row"
    UNREADABLE = "unreadable"  # something is printed there that is no number
    AMBIGUOUS = "ambiguous"  # several numbers are possible; a doubt lists them


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source; which members are set depends on the kind of source.

    `line` counts from 1 (text, Markdown); `path` is a DOM path such as `table[2]/tr[5]/td[3]` (HTML, DOCX), counting
    from 1 in document order; `page` counts from 1 and `box` is (left, top, right, bottom) in points from the page's top
    left corner (PDF, scans); `sheet` and `ref` name a spreadsheet cell such as `C5`.
    """

    line: int | None = None
    path: str | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    ref: str | None = None

    def to_json(self) -> dict[str, Any]:
        stated = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in stated.items() if v is not None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Place:
        known = {name: data.get(name) for name in cls.__slots__}
        if known["box"] is not None:
            known["box"] = tuple(known["box"])
        return cls(**known)


@dataclass(slots=True)
class Cell:
    """One cell of the form. `raw` is what is printed; `identities` names the equations that fixed a solved value."""

    value: Number | None
    state: CellState = CellState.STATED
    raw: str = ""
    place: Place | None = None
    identities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Reading was uncertain here. `candidates` lists the possible values where there are several."""

    code: str
    message: str
    place: Place | None = None
    cells: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "code": self.code,
            "place": self.place.to_json() if self.place else {},
            "message": self.message,
        }
        if self.cells:
            data["cells"] = list(self.cells)
        if self.candidates:
            data["candidates"] = list(self.candidates)
        return data


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes a report was read from."""

    name: str
    media_type: str
    sha256: str

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "media_type": self.media_type, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading as printed, with the key of the section it opens."""

    key: str
    text: str
    place: Place | None = None


@dataclass(frozen=True)
class Report:
    """One annual report.

    `cells` holds every cell of the form (see `Format.cells`), 4 kinds of table keys together. `sections` maps section
    keys (`preamble`, then the keys of `Format.sections`) to narrative text: paragraphs joined by newlines, simplified
    characters, without tables. `labels` holds the row and column labels that were printed otherwise than in the form
    (key such as `applications.refused.prohibited_by_law` → printed text). `traits` says what reading had to mend in the
    text: `traditional` (繁体字), `pinyin` (inserted readings).
    """

    agency: str | None
    year: int | None
    format: Format
    cells: Mapping[str, Cell]
    sections: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    headings: tuple[Heading, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    signed_by: str | None = None
    signed_on: date | None = None
    published_on: date | None = None
    doubts: tuple[Doubt, ...] = ()
    source: Source | None = None
    traits: frozenset[str] = frozenset()

    def value(self, path: str) -> Number | None:
        """The number in the cell at `path`, or None where it is not stated (or not in this variant of the form)."""
        cell = self.cells.get(path)
        return None if cell is None else cell.value

    def unplain(self) -> Iterator[tuple[str, Cell]]:
        """The cells that are not plainly printed numbers."""
        return ((path, cell) for path, cell in self.cells.items() if cell.state is not CellState.STATED)


def blank_report(form: Format | None = None, *, agency: str | None = None, year: int | None = None) -> Report:
    """A report with every cell absent: the start of a form that is filled in by hand."""
    form = form or formats.load("2021")
    cells = {path: Cell(None, CellState.BLANK) for path in form.cells}
    return Report(agency=agency, year=year, format=form, cells=cells)
