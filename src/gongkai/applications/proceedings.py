"""Reconsiderations, suits and complaints about one application as sub-ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.applications.details import RemedyAppealed, RemedyDecided, RemedyFiled, RemedyGroup, RemedyResult
from gongkai.applications.entry import Entry
from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.provisions import in_force, versions


@dataclass(frozen=True, slots=True)
class Proceeding:
    """One proceeding. `rulings` are its results in order, `reopened` the days of appeals."""

    filed: RemedyFiled
    filed_on: date
    rulings: tuple[tuple[date, RemedyResult], ...] = ()
    reopened: tuple[date, ...] = ()

    @property
    def number(self) -> str:
        return self.filed.number

    @property
    def group(self) -> RemedyGroup:
        return self.filed.group

    @property
    def pending(self) -> bool:
        return len(self.rulings) == len(self.reopened)

    def column(self, year: int) -> str | None:
        """Its column of 表四 for a year: where it stood at the end of it; None where it was not under way.

        What counts as pending, and that an appeal opens a case anew, is not stated by any text that was read.
        """
        until = date(year, 12, 31)
        if self.filed_on > until:
            return None
        rulings = [ruling for ruling in self.rulings if ruling[0] <= until]
        if len(rulings) <= sum(day <= until for day in self.reopened):
            return "pending"
        decided_on, result = rulings[-1]
        return result.value if decided_on.year == year else None


def proceedings(entries: tuple[Entry, ...]) -> tuple[Proceeding, ...]:
    """Every proceeding on record, in the order of filing."""
    found: dict[str, Proceeding] = {}
    for entry in entries:
        said = entry.details
        if isinstance(said, RemedyFiled):
            found[said.number] = Proceeding(said, entry.on)
        elif isinstance(said, RemedyDecided):
            former = found[said.number]
            rulings = (*former.rulings, (entry.on, said.result))
            found[said.number] = Proceeding(former.filed, former.filed_on, rulings, former.reopened)
        elif isinstance(said, RemedyAppealed):
            former = found[said.number]
            reopened = (*former.reopened, entry.on)
            found[said.number] = Proceeding(former.filed, former.filed_on, former.rulings, reopened)
    return tuple(found.values())


def defence_due(filed: RemedyFiled, *, calendar: Calendar | None = None) -> date | None:
    """The last day of the agency's own reply to the body that hears the case; None for complaints, no copy yet, or
    before 2024, whose law is not on record.

    >>> defence_due(RemedyFiled("1", RemedyGroup.RECONSIDERATION, "市政府", date(2025, 3, 3)))
    datetime.date(2025, 3, 17)

    Source: 行政复议法 §48, §54, §88; 行政诉讼法 §67 (articles not compared with their texts).
    """
    if filed.copy_on is None or filed.group is RemedyGroup.COMPLAINT:
        return None
    counting = calendar or calendar_for()
    if filed.copy_on < versions("deadline.reconsideration_defence")[0].since:
        return None
    if filed.group is RemedyGroup.RECONSIDERATION:
        name = "reconsideration_defence_simple" if filed.simple else "reconsideration_defence"
        return counting.add_workdays(filed.copy_on, in_force(f"deadline.{name}", on=filed.copy_on).days)
    days = in_force("deadline.litigation_defence", on=filed.copy_on).days
    return counting.on_or_after(filed.copy_on + timedelta(days=days))
