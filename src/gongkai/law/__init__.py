"""The law as dated data: what was in force on a day, workdays, deadlines, clocks, fees, outcomes, remedies.

Every value carries its source and the day on which somebody last compared it with the text.
"""

from __future__ import annotations

from gongkai.law.calendar import Calendar, Day, DayKind, calendar_for
from gongkai.law.errors import CalendarRangeError, EventOrderError, LawError, NotInForceError, UnknownRegionError
from gongkai.law.provisions import Citation, Provision, Source, in_force, provisions, sources, versions

__all__ = [
    "Calendar",
    "CalendarRangeError",
    "Citation",
    "Day",
    "DayKind",
    "EventOrderError",
    "LawError",
    "NotInForceError",
    "Provision",
    "Source",
    "UnknownRegionError",
    "calendar_for",
    "in_force",
    "provisions",
    "sources",
    "versions",
]
