"""Charts drawn on the server as SVG: geometry in attributes, colours from the stylesheet, a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BAR = 30
_STEP = 50  # seven of them fit a phone
_HEIGHT = 180
_TOP = 24  # room for the value above the tallest bar
_BOTTOM = 28  # room for the label below the axis


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in units of the drawing."""

    label: str
    value: int
    x: float
    y: float
    height: float
    width: int = _BAR

    @property
    def middle(self) -> float:
        """Where its texts are centred."""
        return self.x + self.width / 2

    @property
    def above(self) -> float:
        """Base line of the value."""
        return self.y - 7


@dataclass(frozen=True)
class BarChart:
    """A chart of counts by year or another label."""

    title: str
    head: tuple[str, str]
    bars: tuple[Bar, ...]
    height: int = _HEIGHT

    @property
    def width(self) -> int:
        """Of the drawing, which is shown at this size where there is room."""
        return len(self.bars) * _STEP

    @property
    def base(self) -> int:
        """The axis."""
        return self.height - _BOTTOM

    @property
    def label_line(self) -> int:
        """Base line of the labels."""
        return self.height - 8

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The table beside the drawing."""
        return [(bar.label, bar.value) for bar in self.bars]

    @property
    def description(self) -> str:
        """What the drawing says, for those who do not see it."""
        return f"{self.title}：" + "，".join(f"{bar.label} {bar.value}" for bar in self.bars)


def bar_chart(title: str, values: Sequence[tuple[str, int]], *, head: tuple[str, str]) -> BarChart:
    """Bars in the given order; the tallest fills the height, a zero has none.

    >>> chart = bar_chart("公开数量", [("2023", 10), ("2024", 5)], head=("年份", "件"))
    >>> [bar.height for bar in chart.bars]
    [128.0, 64.0]
    """
    top = max((value for _, value in values), default=0) or 1
    room = _HEIGHT - _TOP - _BOTTOM
    bars = [
        Bar(label, value, number * _STEP + (_STEP - _BAR) / 2, _TOP + room - room * value / top, room * value / top)
        for number, (label, value) in enumerate(values)
    ]
    return BarChart(title, head, tuple(bars))
