"""Proof that a report is what its files say: each format is written, read back and compared with the report.

Run at every freeze, and on what anyone receives: a file that does not give the same report back is not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from gongkai.annual_report.model import CellState, Number, Report
from gongkai.annual_report.naming import place_label
from gongkai.annual_report.reading import read
from gongkai.annual_report.writing import WRITERS, write
from gongkai.annual_report.writing.outline import title_of
from gongkai.errors import GongkaiError

_SHOWN = 20  # differences listed per format; one that lost a table has a hundred


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the file says something else than the report; both values as text, `place` in Chinese words."""

    place: str
    report: str
    file: str

    def to_json(self) -> dict[str, str]:
        return {"place": self.place, "report": self.report, "file": self.file}


@dataclass(frozen=True, slots=True)
class FormatProof:
    """What became of one format. `data` is the file itself; `differences` is empty when it gave the report back."""

    format: str
    data: bytes
    differences: tuple[Difference, ...] = ()

    @property
    def holds(self) -> bool:
        """Did the file give the same report back?"""
        return not self.differences

    @property
    def sha256(self) -> str:
        """Digest of the file."""
        return sha256(self.data).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """What is kept of the proof: everything but the file."""
        return {
            "format": self.format,
            "size": len(self.data),
            "sha256": self.sha256,
            "holds": self.holds,
            "differences": [difference.to_json() for difference in self.differences],
        }


def prove(report: Report, *, to: Iterable[str] = tuple(WRITERS)) -> list[FormatProof]:
    """Write `report` in every format of `to`, read each file back, and compare.

    Raises: WritingError where a format cannot hold the report.
    """
    return [_proof(report, one) for one in to]


def differences(report: Report, other: Report) -> tuple[Difference, ...]:
    """Where two readings of a report differ: figures, narrative, title, agency, year, signature."""
    found = [*_frame(report, other), *_figures(report, other), *_narrative(report, other)]
    return tuple(found[:_SHOWN])


def _proof(report: Report, to: str) -> FormatProof:
    data = write(report, to=to)
    try:
        again = read(data, name=f"report.{to}")
    except GongkaiError as error:
        return FormatProof(to, data, (Difference("文件", "可以读回", error.message),))
    if len(again) != 1:
        return FormatProof(to, data, (Difference("文件", "一份报告", f"{len(again)}份报告"),))
    return FormatProof(to, data, differences(report, again[0]))


def _frame(report: Report, other: Report) -> Iterable[Difference]:
    members: Mapping[str, tuple[Any, Any]] = {
        "机构": (report.agency, other.agency),
        "报告年度": (report.year, other.year),
        "格式": (report.format.id, other.format.id),
        "标题": (_unspaced(title_of(report)), _unspaced(title_of(other))),
        "落款单位": (report.signed_by or "", other.signed_by or ""),
        "落款日期": (report.signed_on or "", other.signed_on or ""),
    }
    return [Difference(name, str(ours), str(theirs)) for name, (ours, theirs) in members.items() if ours != theirs]


def _figures(report: Report, other: Report) -> Iterable[Difference]:
    for path in report.format.cells:
        ours, theirs = _stated(report, path), _stated(other, path)
        if ours != theirs:
            yield Difference(place_label(path, report.format), str(ours), str(theirs))


def _stated(report: Report, path: str) -> Number | str:
    """The number of the cell, or the state it is in with the printed mark."""
    cell = report.cells.get(path)
    if cell is None:
        return CellState.BLANK.value
    if cell.value is not None:
        return cell.value
    return f"{cell.state.value} {cell.raw}".strip()


def _narrative(report: Report, other: Report) -> Iterable[Difference]:
    for key in dict.fromkeys((*report.sections, *other.sections)):
        ours, theirs = _paragraphs(report, key), _paragraphs(other, key)
        if ours != theirs:
            place = place_label(f"sections.{key}", report.format)
            yield Difference(place, _first_other(ours, theirs), _first_other(theirs, ours))


def _paragraphs(report: Report, key: str) -> list[str]:
    """Paragraphs without blank space: justified lines do not tell it apart."""
    lines = (_unspaced(line) for line in report.sections.get(key, "").splitlines())
    return [line for line in lines if line]


def _first_other(ours: list[str], theirs: list[str]) -> str:
    for index, line in enumerate(ours):
        if index >= len(theirs) or theirs[index] != line:
            return line[:80]
    return ""


def _unspaced(text: str) -> str:
    return "".join(text.split())
