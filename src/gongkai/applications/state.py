"""Everything that follows from a ledger: where the application stands, its clocks, what may come next.

Nothing of it is stored. Derive it again whenever it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.consultations import Consultation, consultations
from gongkai.applications.course import Course, course
from gongkai.applications.details import Answered, Ended, Served
from gongkai.applications.effects import Next, allowed_next
from gongkai.applications.entry import Entry, said_by
from gongkai.applications.errors import LedgerError
from gongkai.applications.ledger import Ledger
from gongkai.applications.proceedings import Proceeding, proceedings
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Clock, ClockState
from gongkai.law.clocks import Timeline, timeline
from gongkai.law.events import Phase
from gongkai.law.remedies import AgencyKind, Remedy, RemedyDates, remedy, remedy_dates


@dataclass(frozen=True, slots=True)
class Application:
    """What a ledger says on a day."""

    ledger: Ledger
    entries: tuple[Entry, ...]
    timeline: Timeline
    course: Course
    consultations: tuple[Consultation, ...]
    proceedings: tuple[Proceeding, ...]
    next: tuple[Next, ...]

    @property
    def phase(self) -> Phase:
        return self.timeline.standing.phase

    @property
    def clocks(self) -> tuple[Clock, ...]:
        return self.timeline.clocks

    @property
    def answers(self) -> tuple[tuple[Entry, Answered], ...]:
        """The answer, and those given again after a remedy; the last one holds."""
        return tuple(said_by(self.entries, Answered))

    @property
    def served(self) -> Served | None:
        """How the last answer was served."""
        found = said_by(self.entries, Served)
        return found[-1][1] if found else None

    @property
    def to_do(self) -> tuple[Clock, ...]:
        """The clocks that still run or have run out unanswered, the nearest first."""
        waiting = [c for c in self.clocks if c.state in (ClockState.RUNNING, ClockState.OVERDUE) and c.due is not None]
        return tuple(sorted(waiting, key=lambda clock: clock.due or date.max))

    def remedies(self, *, agency: AgencyKind = AgencyKind.DEPARTMENT) -> tuple[tuple[str, Remedy], ...]:
        """The remedy against each outcome of the last answer, or of the ending, which its letter has to name."""
        decided = [(entry.on, [d.outcome for d in answered.decisions]) for entry, answered in self.answers]
        decided = decided or [(entry.on, [ended.outcome]) for entry, ended in said_by(self.entries, Ended)]
        return tuple(
            (key, remedy(key, decided_on=on, agency=agency)) for on, keys in decided[-1:] for key in dict.fromkeys(keys)
        )

    def remedy_periods(self) -> tuple[tuple[str, RemedyDates], ...]:
        """The last days of the applicant's remedies; none while it is not known when the answer reached him."""
        served = self.served
        known = served.service.known_on if served is not None else None
        if known is None:
            return ()
        return tuple((key, remedy_dates(one.way, served_on=known)) for key, one in self.remedies())


def derive(ledger: Ledger, *, calendar: Calendar | None = None, as_of: date | None = None) -> Application:
    """What the ledger says, seen from `as_of`: on that day silence and delays are settled.

    Raises: LedgerError for a ledger without a receipt; EventOrderError where `as_of` is before the last entry.
    """
    entries = ledger.entries
    followed = course(entries)
    if followed is None:
        raise LedgerError("no-receipt", f"台账“{ledger.case_id}”没有收到申请的记录。", "请先登记收到申请。")
    clocks = timeline((entry.event for entry in entries), calendar=calendar, as_of=as_of)
    return Application(
        ledger,
        entries,
        clocks,
        followed,
        consultations(entries, as_of=as_of, calendar=calendar),
        proceedings(entries),
        allowed_next(clocks.standing, on=as_of or entries[-1].on),
    )
