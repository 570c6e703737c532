"""The applicant's remedies against the answer, with their last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications import Application
from gongkai.law.outcomes import outcome
from gongkai.law.remedies import AgencyKind as Deciding
from gongkai.law.remedies import Remedy, RemedyDates, Way
from gongkai_web.accounts.models import Agency, AgencyKind


@dataclass(frozen=True)
class Recourse:
    """One way: against which results, how and where, until when. Days are None while the answer has not arrived."""

    against: str
    way: str
    body: str
    reconsideration: date | None
    litigation: date | None
    note: str
    citation: str


def recourses(case: Application, agency: Agency) -> list[Recourse]:
    """One entry for each different remedy, in the order of the decisions; none before there is an answer."""
    deciding = Deciding.GOVERNMENT if agency.kind == AgencyKind.GOVERNMENT else Deciding.DEPARTMENT
    periods = dict(case.remedy_periods())
    grouped: dict[tuple[str, date], list[tuple[str, Remedy]]] = {}
    for key, one in case.remedies(agency=deciding):
        grouped.setdefault((one.provision.name, one.provision.since), []).append((key, one))
    return [_recourse([key for key, _ in found], found[0][1], periods.get(found[0][0])) for found in grouped.values()]


def _recourse(keys: list[str], one: Remedy, dates: RemedyDates | None) -> Recourse:
    on = one.provision.since
    settled = one.way is not Way.UNSETTLED
    return Recourse(
        against="、".join(outcome(key, on=on).label for key in keys),
        way=one.way.label if settled else "以答复书写明的救济途径为准",
        body=one.body,
        reconsideration=dates.reconsideration if dates else None,
        litigation=dates.litigation if dates else None,
        note=one.note if settled else "",
        citation=one.provision.citation,
    )
