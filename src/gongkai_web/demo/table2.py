"""The figures of table 2 in the example: what each agency published for its year, and a desk of recent decisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai_web.accounts.models import Role
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import Story, at, workdays_after
from gongkai_web.demo.figures import Published
from gongkai_web.proactive.figures_models import Decision, FigureKind, PeriodFigure
from gongkai_web.proactive.figures_services import save_decision, save_figure

_BASIS = "行政执法统计年报、财务决算"
_AGES = (9, 6, 5, 2)
"""Workdays since the decision: the clock of 双公示 allows 7."""


def stories_of(cast: Cast, *, today: date) -> list[Story]:
    """Of agencies that published a report; others of the example decide nothing."""
    published = cast.part.published
    if published is None:
        return []
    return [_year(cast, published), _decisions(cast, today=today)]


def _year(cast: Cast, published: Published) -> Story:
    """The whole year's figures, entered in the January after."""
    yield at(date(published.year + 1, 1, 10), hour=10)
    counts = {
        FigureKind.PERMITS: published.permits,
        FigureKind.PENALTIES: published.penalties,
        FigureKind.COERCIVE_MEASURES: published.coercive_measures,
    }
    for kind, number in counts.items():
        _save(cast, PeriodFigure(kind=kind, year=published.year, decisions=number))
    _save(cast, PeriodFigure(kind=FigureKind.FEES, year=published.year, amount_wan=Decimal(published.fees_wan)))


def _save(cast: Cast, figure: PeriodFigure) -> None:
    figure.agency, figure.basis = cast.agency, _BASIS
    save_figure(figure, by=cast[Role.DRAFTER])


def _decisions(cast: Cast, *, today: date) -> Story:
    """Recent ones, in time, near their day and late; one is public, one lawfully is not."""
    for number, age in enumerate(_AGES, start=1):
        decided = workdays_after(today, -age)
        yield at(decided, hour=17)
        kind = FigureKind.PENALTIES if number % 2 else FigureKind.PERMITS
        closed = number == len(_AGES)
        decision = Decision(
            agency=cast.agency,
            kind=kind,
            document_number=f"{cast.part.city[0]}卫{'罚' if number % 2 else '许'}〔{decided.year}〕{100 + number}号",
            subject="未按规定检测公共场所卫生指标" if number % 2 else "医疗机构执业登记",
            decided_on=decided,
            is_open=not closed,
            closed_basis="涉及商业秘密，第三方不同意公开" if closed else "",
        )
        save_decision(decision, by=cast[Role.DRAFTER])
        if number == 2:
            yield at(workdays_after(decided, 2), hour=10)
            decision.published_on = workdays_after(decided, 2)
            save_decision(decision, by=cast[Role.DRAFTER])
