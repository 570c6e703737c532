"""Reads: the cells of table 2 with the records behind each, and the clocks of published decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.information.normative import NormativeDocument
from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.errors import CalendarRangeError
from gongkai.proactive.duty import Light, PublicationClock
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, limit
from gongkai_web.information.models import NormativeRecord
from gongkai_web.proactive.figures_models import Decision, FigureKind, PeriodFigure
from gongkai_web.proactive.figures_rules import Period, double_publicity_clock, uncovered

REVOKED_WITHIN_WORKDAYS = 3
"""Source: 行政处罚法 §48 with §85."""


@dataclass(frozen=True)
class Table2Cell:
    """One cell: `row` and `column` are the keys of the statutory form. `value` is `None` while nothing is recorded.

    `figures`, `decisions`, `documents` are the records that make the value; `problems` are Chinese sentences about
    what does not fit together.
    """

    row: str
    column: str
    value: int | Decimal | None
    unit: str = "件"
    figures: tuple[PeriodFigure, ...] = ()
    decisions: tuple[Decision, ...] = ()
    documents: tuple[NormativeRecord, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table2:
    """All ten cells of 表二 for one agency and year."""

    agency: Agency
    year: int
    cells: tuple[Table2Cell, ...]

    def cell(self, row: str, column: str) -> Table2Cell:
        """The cell by the form's keys, e.g. `("permits", "decisions")`. Raises: `KeyError`."""
        for cell in self.cells:
            if (cell.row, cell.column) == (row, column):
                return cell
        raise KeyError((row, column))

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that does not fit together."""
        return tuple(problem for cell in self.cells for problem in cell.problems)


def table2_figures(agency: Agency, year: int, *, today: date | None = None) -> Table2:
    """All cells of table 2 from the agency's own records.

    A sum that was entered for a period stands for all decisions of that period; decisions recorded one by one count
    where no sum was entered. Source: 国办公开办函〔2021〕30号, table 二.
    """
    today = today or timezone.localdate()
    figures = list(PeriodFigure.objects.filter(agency=agency, year=year).order_by("first_month"))
    by_kind = {kind: [figure for figure in figures if figure.kind == kind] for kind in FigureKind}
    counted = (FigureKind.PERMITS, FigureKind.PENALTIES, FigureKind.COERCIVE_MEASURES)
    return Table2(
        agency,
        year,
        (
            *_register_cells(agency, year, kind="rules", row="rules"),
            *_register_cells(agency, year, kind="normative_document", row="normative_documents"),
            *(_decision_cell(agency, year, kind, by_kind[kind], today) for kind in counted),
            _fee_cell(by_kind[FigureKind.FEES], year, today),
        ),
    )


def visible_figures(user: User) -> QuerySet[PeriodFigure]:
    """The figures of the agencies that the person may read."""
    return limit(PeriodFigure.objects.select_related("agency"), user, Capability.READ)


def visible_decisions(user: User) -> QuerySet[Decision]:
    """The decisions of the agencies that the person may read."""
    return limit(Decision.objects.select_related("agency"), user, Capability.READ)


@dataclass(frozen=True)
class DecisionClock:
    """A decision with its 7-workday clock; `clock` is `None` for what is lawfully kept closed."""

    decision: Decision
    clock: PublicationClock | None
    withdraw_by: date | None = None


def decision_clocks(decisions: Iterable[Decision], *, today: date | None = None) -> list[DecisionClock]:
    """The clocks of 双公示, in the order given."""
    today, calendar = today or timezone.localdate(), calendar_for()
    return [_clock(decision, calendar, today) for decision in decisions]


def unpublished_decisions(user: User, *, today: date | None = None, limit_to: int = 200) -> list[DecisionClock]:
    """Decisions that are to be published and are not, within the person's drafting agencies, the oldest first."""
    waiting = limit(Decision.objects.select_related("agency"), user, Capability.DRAFT)
    oldest = waiting.filter(is_open=True, published_on=None).order_by("decided_on", "pk")[:limit_to]
    return decision_clocks(oldest, today=today)


def pressing(clocks: Iterable[DecisionClock]) -> list[DecisionClock]:
    """Those near, at or past their day."""
    lights = {Light.NEAR, Light.TODAY, Light.OVERDUE}
    return [entry for entry in clocks if entry.clock is not None and entry.clock.light in lights]


def _clock(decision: Decision, calendar: Calendar, today: date) -> DecisionClock:
    try:
        clock = (
            double_publicity_clock(
                decision.decided_on, calendar=calendar, today=today, published_on=decision.published_on
            )
            if decision.is_open
            else None
        )
        withdraw_by = (
            calendar.add_workdays(decision.revoked_on, REVOKED_WITHIN_WORKDAYS)
            if decision.revoked_on and decision.published_on
            else None
        )
    except CalendarRangeError:
        return DecisionClock(decision, None)
    return DecisionClock(decision, clock, withdraw_by)


def _register_cells(agency: Agency, year: int, *, kind: str, row: str) -> list[Table2Cell]:
    records = NormativeRecord.objects.filter(agency=agency, kind=kind, issued_on__lte=date(year, 12, 31))
    facts = [(entry, entry.as_fact()) for entry in records.prefetch_related("events").order_by("issued_on", "pk")]
    members = {
        "issued": [entry for entry, fact in facts if fact.issued_on.year == year],
        "repealed": [entry for entry, fact in facts if _ended_in(fact, year)],
        "in_force": [entry for entry, fact in facts if not _ended_by(fact, year)],
    }
    return [Table2Cell(row, column, len(found), documents=tuple(found)) for column, found in members.items()]


def _ended_by(fact: NormativeDocument, year: int) -> bool:
    ended = fact.ended_on()
    return ended is not None and ended[0] <= date(year, 12, 31)


def _ended_in(fact: NormativeDocument, year: int) -> bool:
    ended = fact.ended_on()
    return ended is not None and ended[0].year == year


def _decision_cell(
    agency: Agency, year: int, kind: FigureKind, figures: Sequence[PeriodFigure], today: date
) -> Table2Cell:
    recorded = Decision.objects.filter(agency=agency, kind=kind, decided_on__year=year).order_by("decided_on", "pk")
    gaps = uncovered((figure.period for figure in figures), year=year)
    in_gaps = reduce(or_, (Q(decided_on__range=gap) for gap in gaps), Q(pk__in=[]))
    singles = list(recorded.filter(in_gaps))
    problems = [
        *_fewer_than_recorded(figures, recorded, kind),
        *(_months_missing(kind, gaps, today) if figures and not singles else []),
    ]
    nothing = not figures and not singles
    value = None if nothing else sum(figure.decisions or 0 for figure in figures) + len(singles)
    return Table2Cell(
        kind.value, "decisions", value, figures=tuple(figures), decisions=tuple(singles), problems=tuple(problems)
    )


def _fewer_than_recorded(figures: Iterable[PeriodFigure], recorded: QuerySet[Decision], kind: FigureKind) -> list[str]:
    problems = []
    for figure in figures:
        single = recorded.filter(decided_on__range=(figure.period.starts_on, figure.period.ends_on)).count()
        if single > (figure.decisions or 0):
            problems.append(
                f"{figure.period.label}{kind.label}填报{figure.decisions}件，逐件登记的有{single}件，请核对填报的数量。"
            )
    return problems


def _fee_cell(figures: Sequence[PeriodFigure], year: int, today: date) -> Table2Cell:
    gaps = uncovered((figure.period for figure in figures), year=year)
    value = sum((figure.amount_wan or Decimal(0) for figure in figures), Decimal(0)) if figures else None
    problems = _months_missing(FigureKind.FEES, gaps, today) if figures else []
    return Table2Cell("fees", "amount_wan", value, "万元", figures=tuple(figures), problems=tuple(problems))


def _months_missing(kind: FigureKind, gaps: Sequence[tuple[date, date]], today: date) -> list[str]:
    """Months that have ended without a figure; what is still running is not missing yet."""
    months = [month for first, last in gaps for month in range(first.month, last.month + 1)]
    year = gaps[0][0].year if gaps else today.year
    ended = [month for month in months if Period(year, month, month).ends_on < today]
    if not ended:
        return []
    return [f"{kind.label}缺少{year}年{_spans(ended)}的数据，没有发生的请填 0。"]


def _spans(months: Sequence[int]) -> str:
    """Months in ascending order as people name them: 2月、4至6月."""
    spans: list[list[int]] = []
    for month in months:
        if spans and spans[-1][-1] == month - 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    return "、".join(f"{span[0]}月" if len(span) == 1 else f"{span[0]}至{span[-1]}月" for span in spans)
