"""Horizontal bars: for agencies and outcomes, whose names are too long to stand below a column.

Labels and numbers are text of the page, so that they grow with it and break on a phone; only the bars are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual_report.model import Number
from gongkai.annual_report.writing.layout import number_text


@dataclass(frozen=True, slots=True)
class Line:
    """One bar; `share` is its length in percent of the longest, `None` where there is no number, and `why` says so."""

    label: str
    text: str
    share: float | None
    why: str = ""


@dataclass(frozen=True)
class Bars:
    """A chart."""

    title: str
    lines: tuple[Line, ...]


def bars(title: str, values: Sequence[tuple[str, Number | None, str]], *, suffix: str = "") -> Bars:
    """Bars for (label, number or None, reason where there is none); the longest fills the room.

    >>> [line.share for line in bars("申请", [("甲局", 4, ""), ("乙局", 1, ""), ("丙局", None, "没有填写")]).lines]
    [100.0, 25.0, None]
    """
    top = max((float(value) for _, value, _ in values if value is not None), default=0) or 1
    lines = [
        Line(
            label,
            "" if value is None else f"{number_text(value)}{suffix}",
            None if value is None else round(max(0.0, 100 * float(value) / top), 2),
            why,
        )
        for label, value, why in values
    ]
    return Bars(title, tuple(lines))
