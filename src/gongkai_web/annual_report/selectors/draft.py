"""The draft of a report as it stands now: computed cells, rendered text, what cannot be rendered yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from gongkai.annual_report import formats
from gongkai.annual_report.binding import BindingProblem, BoundFigure, Rendered, render
from gongkai.annual_report.model import Report
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.paragraphs import fee_statement
from gongkai_web.annual_report.selectors.cells import DraftCell, cells_of
from gongkai_web.annual_report.selectors.figures import Offered, offered
from gongkai_web.annual_report.selectors.previous import report_of

OTHER_MATTERS = "other_matters"
_FEE_WORD = "信息处理费"


@dataclass(frozen=True)
class Draft:
    """Everything the screen of a report shows. `row` is not in the database while nobody has opened the report."""

    row: AnnualReport
    cells: Mapping[str, DraftCell]
    offered: tuple[Offered, ...]
    texts: Mapping[str, str]
    previous: Report | None
    today: date

    @property
    def agency(self) -> Agency:
        """Whose report it is."""
        return self.row.agency

    @property
    def year(self) -> int:
        """The year it is about."""
        return self.row.year

    @property
    def provisional(self) -> bool:
        """Is the year still running? Then every figure may change."""
        return self.today <= date(self.year, 12, 31)

    @property
    def last_problems(self) -> str:
        """Section 五 of the report before; empty where there is none."""
        return self.previous.sections.get("problems", "") if self.previous else ""

    @cached_property
    def figures(self) -> tuple[BoundFigure, ...]:
        """What the text can refer to."""
        return tuple(one.bound for one in self.offered)

    @cached_property
    def rendered(self) -> dict[str, Rendered]:
        """Each section with its numbers."""
        return {key: render(text, self.figures) for key, text in self.texts.items()}

    @property
    def binding_problems(self) -> list[tuple[str, BindingProblem]]:
        """References that cannot be rendered, with their section."""
        return [(key, problem) for key, one in self.rendered.items() for problem in one.problems]

    @cached_property
    def report(self) -> Report:
        """The report as it would be written now."""
        sections = {key: one.text.strip() for key, one in self.rendered.items() if one.text.strip()}
        return Report(
            agency=self.agency.name,
            year=self.year,
            format=self.row.format,
            cells={path: cell.as_cell() for path, cell in self.cells.items()},
            sections=self._with_fee(sections),
            signed_by=self.row.signed_by or self.agency.name,
            signed_on=self.row.signed_on,
        )

    def _with_fee(self, sections: dict[str, str]) -> dict[str, str]:
        """Section 六 always says what was charged, even nothing (国办公开办函〔2021〕30号)."""
        stated = sections.get(OTHER_MATTERS, "")
        sentence = render(fee_statement(self.figures), self.figures).text
        if _FEE_WORD in stated or not sentence:
            return sections
        return {**sections, OTHER_MATTERS: f"{stated}\n{sentence}".strip()}


def current(agency: Agency, year: int) -> Draft:
    """The agency's draft for the year, computed now; also for a report that nobody has opened yet."""
    row = AnnualReport.objects.select_related("agency").filter(agency=agency, year=year).first()
    return draft_of(row or AnnualReport(agency=agency, year=year, form=formats.for_year(year).id))


def draft_of(row: AnnualReport, *, today: date | None = None) -> Draft:
    """The draft of one report, computed now."""
    previous = report_of(row.agency, row.year - 1)
    cells = cells_of(row, previous=previous)
    return Draft(
        row,
        cells,
        tuple(offered(row, cells)),
        _texts(row),
        previous,
        today or timezone.localdate(),
    )


def _texts(row: AnnualReport) -> dict[str, str]:
    stored = dict(row.narratives.values_list("section", "text")) if row.pk else {}
    return {section.key: stored.get(section.key, "") for section in row.format.sections}
