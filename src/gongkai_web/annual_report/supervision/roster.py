"""Who has to file for a year, who has, and when: derived from the tree of agencies, never kept as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from gongkai.annual_report.checks.agency_kind import AgencyKind as Rank
from gongkai.annual_report.checks.agency_kind import agency_kind
from gongkai.law.deadlines import report_due, report_last_workday
from gongkai_web.accounts.models import Agency, AgencyKind
from gongkai_web.annual_report.models import AnnualReport, FilingAct, FilingKind, ReportState
from gongkai_web.annual_report.supervision.filed import Filed, filed

NEAR_DAYS = 10
"""Days before the last workday from which a body that has not filed is marked."""
_OBLIGED = {AgencyKind.GOVERNMENT, AgencyKind.DEPARTMENT, AgencyKind.DISPATCHED, AgencyKind.AUTHORISED}


class Standing(StrEnum):
    """Where a body stands with its report."""

    MISSING = "missing"
    DRAFTING = "drafting"
    RETURNED = "returned"
    PUBLISHED = "published"
    DOUBTS = "doubts"
    FILED = "filed"
    ACCEPTED = "accepted"
    EXCUSED = "excused"

    @property
    def label(self) -> str:
        """On the screen."""
        return {
            "missing": "未报送",
            "drafting": "起草中",
            "returned": "已退回",
            "published": "已公布未报送",
            "doubts": "待核对",
            "filed": "已报送",
            "accepted": "已接收",
            "excused": "不须报送",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Is something still expected of the body?"""
        return self in {Standing.MISSING, Standing.DRAFTING, Standing.RETURNED, Standing.PUBLISHED}


@dataclass(frozen=True)
class Line:
    """One body on the roster. `due` is None where the regulation names no day for it."""

    agency: Agency
    standing: Standing
    due: date | None
    last_workday: date | None
    filed: Filed | None
    acts: tuple[FilingAct, ...]
    today: date
    why: str = ""

    @property
    def light(self) -> str:
        """overdue, near or nothing: for what is still open."""
        if not self.standing.is_open or self.due is None or self.last_workday is None:
            return ""
        if self.today > self.due:
            return "overdue"
        return "near" if (self.last_workday - self.today).days <= NEAR_DAYS else ""

    @property
    def days_late(self) -> int:
        """Days after the day it was due: of what was filed late, or of what is missing until today."""
        if self.due is None or self.standing is Standing.EXCUSED:
            return 0
        day = self.filed.on if self.filed else self.today
        return max(0, (day - self.due).days) if day else 0

    @property
    def reminders(self) -> int:
        """How often it was reminded."""
        return sum(act.kind == FilingKind.REMINDED for act in self.acts)


def roster(root: Agency, year: int, *, today: date | None = None) -> list[Line]:
    """Every body at and below `root` that existed at the end of the year, in the order of the tree."""
    bodies = bodies_of(root, year)
    reports = filed(bodies, year)
    drafts = {row.agency_id: row for row in AnnualReport.objects.filter(agency__in=bodies, year=year)}
    acts = _acts(bodies, year)
    day = today or timezone.localdate()
    return [_line(body, year, reports.get(body.pk), drafts.get(body.pk), acts.get(body.pk, ()), day) for body in bodies]


def bodies_of(root: Agency, year: int) -> list[Agency]:
    """The bodies at and below `root` that existed on 31 December of the year; platform keepers file nothing."""
    found = Agency.objects.subtree(root).active_on(date(year, 12, 31)).exclude(kind=AgencyKind.PLATFORM)
    return list(found.order_by("path"))


def members_of(root: Agency, year: int) -> list[Agency]:
    """The bodies that have to file."""
    acts = _acts(bodies_of(root, year), year)
    return [body for body in bodies_of(root, year) if not _excuse(body, acts.get(body.pk, ()))]


def counts(lines: Iterable[Line]) -> dict[Standing, int]:
    """How many stand where."""
    found = Counter(line.standing for line in lines)
    return {standing: found.get(standing, 0) for standing in Standing}


def due_day(agency: Agency, year: int) -> tuple[date | None, date | None]:
    """The day before which the report is due, and the last workday that is left for it (条例 §49).

    The article names departments and governments of counties and above; for townships no day is stated.
    """
    if agency_kind(agency.name) is Rank.TOWNSHIP:
        return None, None
    government = agency.kind == AgencyKind.GOVERNMENT
    return report_due(year, government=government), report_last_workday(year, government=government)


def _line(  # noqa: PLR0913, PLR0917  # a line is what is known of a body
    body: Agency, year: int, report: Filed | None, draft: AnnualReport | None, acts: tuple[FilingAct, ...], today: date
) -> Line:
    due, last_workday = due_day(body, year)
    why = _excuse(body, acts)
    standing = _standing(report, draft, acts)
    if why and standing in (Standing.MISSING, Standing.DRAFTING):
        standing = Standing.EXCUSED
    return Line(body, standing, due, last_workday, report, acts, today, why)


def _standing(report: Filed | None, draft: AnnualReport | None, acts: tuple[FilingAct, ...]) -> Standing:
    if draft is not None and draft.state == ReportState.RETURNED and _returned_above(report, acts):
        return Standing.RETURNED
    if report is None:
        return Standing.MISSING if draft is None else Standing.DRAFTING
    if report.is_imported:
        return _standing_of_import(report, acts)
    if not report.submitted:
        return Standing.PUBLISHED
    accepted = [act.at for act in acts if act.kind == FilingKind.ACCEPTED]
    this_version = report.version is not None and bool(accepted) and accepted[-1] >= report.version.at
    return Standing.ACCEPTED if this_version and _last(acts) == FilingKind.ACCEPTED else Standing.FILED


def _standing_of_import(report: Filed, acts: tuple[FilingAct, ...]) -> Standing:
    about = [act.kind for act in acts if report.imported is not None and act.imported_id == report.imported.pk]
    if about and about[-1] == FilingKind.RETURNED:
        return Standing.RETURNED
    if report.open_doubts:
        return Standing.DOUBTS
    return Standing.ACCEPTED if about and about[-1] == FilingKind.ACCEPTED else Standing.FILED


def _returned_above(report: Filed | None, acts: tuple[FilingAct, ...]) -> bool:
    """Returned by the supervising office, not only by a reviewer of its own."""
    return report is not None and _last(acts) == FilingKind.RETURNED


def _last(acts: tuple[FilingAct, ...]) -> str:
    kinds = [act.kind for act in acts if act.kind in (FilingKind.RETURNED, FilingKind.ACCEPTED)]
    return kinds[-1] if kinds else ""


def _excuse(body: Agency, acts: tuple[FilingAct, ...]) -> str:
    """Why the body need not file; empty where it must. A decision of the supervising office outweighs its kind."""
    decided = [act for act in acts if act.kind in (FilingKind.EXCUSED, FilingKind.OBLIGED)]
    if decided:
        return decided[-1].comment if decided[-1].kind == FilingKind.EXCUSED else ""
    if body.kind not in _OBLIGED:
        return "公共企事业单位的信息公开按主管部门的规定执行（条例第五十五条）。"
    return ""


def _acts(bodies: list[Agency], year: int) -> dict[int, tuple[FilingAct, ...]]:
    found: dict[int, list[FilingAct]] = {}
    for act in FilingAct.objects.filter(agency__in=bodies, year=year).select_related("by").order_by("id"):
        found.setdefault(act.agency_id, []).append(act)
    return {key: tuple(values) for key, values in found.items()}
