"""What a rule is given, and where rules register the codes they speak for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.checks.layout import Layout, Value, layout, values
from gongkai.annual_report.model import CellState, Report
from gongkai.annual_report.naming import place_label


@dataclass(slots=True)
class Subject:
    """The report under check, the one of the year before, and the day of the check.

    `previous` is the same agency's report for the year before; a report that was given as such and is another one
    stands in `unpaired` and is compared with nothing.
    """

    report: Report
    previous: Report | None = None
    unpaired: Report | None = None
    on: date | None = None
    layout: Layout = field(init=False)
    values: list[Value] = field(init=False)
    plain_counts: bool = field(init=False)  # every count is stated, whole and not negative
    _unstated: dict[CellState, set[str]] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.layout = layout(self.report.format)
        self.values = values(self.report, self.layout)
        counts = self.layout.pick_counts(self.values)
        self.plain_counts = set(map(type, counts)) == {int} and min(counts) >= 0

    def where(self, place: str) -> str:
        """The Chinese name of a place of this report."""
        return place_label(place, self.report.format)

    @property
    def unstated(self) -> dict[CellState, set[str]]:
        """Paths of the cells without a number, by state; cells that the report does not have are left out."""
        if self._unstated is None:
            self._unstated = {}
            stated = self.values if None in self.values else ()
            for path, value in zip(self.layout.paths, stated, strict=False):  # values carry a padding 0 more
                if value is None and (cell := self.report.cells.get(path)) is not None:
                    self._unstated.setdefault(cell.state, set()).add(path)
        return self._unstated

    @property
    def form(self) -> str:
        """The notice that prescribes this report's form, for citations."""
        return self.report.format.source


Rule = Callable[[Subject], Iterable[Finding]]

RULES: dict[Rule, tuple[str, ...]] = {}


def rule(*codes: str) -> Callable[[Rule], Rule]:
    """Registers a rule under the codes of the findings it can give; rules run in the order of registration."""

    def register(function: Rule) -> Rule:
        RULES[function] = codes
        return function

    return register
