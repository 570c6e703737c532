"""Horizontal bars drawn on the server: for agencies and outcomes, whose names are too long to stand below a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual_report.model import Number
from gongkai.annual_report.writing.layout import number_text

_LINE = 30
_THICK = 16
_LABELS = 190  # room for twelve characters
_ROOM = 420
_VALUES = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One bar; `length` is None where there is no number, and `why` says so."""

    label: str
    text: str
    y: int
    length: float | None
    why: str = ""

    @property
    def base(self) -> float:
        """Base line of the texts."""
        return self.y + _THICK - 3

    @property
    def after(self) -> float:
        """Where the number stands."""
        return _LABELS + (self.length or 0) + 8


@dataclass(frozen=True)
class Bars:
    """A chart. Its table stands beside it on the page."""

    title: str
    lines: tuple[Line, ...]
    start: int = _LABELS
    thick: int = _THICK
    width: int = _LABELS + _ROOM + _VALUES

    @property
    def height(self) -> int:
        """Of the drawing."""
        return len(self.lines) * _LINE + 8

    @property
    def label_end(self) -> int:
        """Where labels end."""
        return _LABELS - 10

    @property
    def description(self) -> str:
        """What the drawing says, for those who do not see it."""
        return f"{self.title}：" + "，".join(f"{line.label}{line.text or line.why}" for line in self.lines)


def bars(title: str, values: Sequence[tuple[str, Number | None, str]], *, suffix: str = "") -> Bars:
    """Bars for (label, number or None, reason where there is none); the longest fills the room.

    >>> [line.length for line in bars("申请", [("甲局", 4, ""), ("乙局", 1, ""), ("丙局", None, "没有填写")]).lines]
    [420.0, 105.0, None]
    """
    top = max((float(value) for _, value, _ in values if value is not None), default=0) or 1
    lines = [
        Line(
            label,
            "" if value is None else f"{number_text(value)}{suffix}",
            number * _LINE + 8,
            None if value is None else max(0.0, _ROOM * float(value) / top),
            why,
        )
        for number, (label, value, why) in enumerate(values)
    ]
    return Bars(title, tuple(lines))
