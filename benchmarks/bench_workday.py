"""Adding 20 workdays to every day of 2025, beside the two calendars that the tests compare with.

Run: make bench, or .venv/bin/python benchmarks/bench_workday.py
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types
import holidays

from gongkai.law import calendar_for
from gongkai.law.clocks import timeline
from gongkai.law.events import Event, EventKind
from timing import medians

DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
WORKDAYS = 20
BUDGET_NS = 2000


def main() -> None:
    """Print the figures and fail where adding workdays costs more than its budget."""
    nanoseconds = adding()
    for name, value in nanoseconds.items():
        print(f"  {name:<44} {value:12.0f} ns {value / next(iter(nanoseconds.values())):9.1f}×")
    print(f"  {'all clocks of one application, day by day':<44} {deriving():12.0f} ns")
    print(f"  {'loading 19 years of notices, first answer':<44} {loading() * 1e6:12.0f} ns")
    assert nanoseconds["gongkai"] < BUDGET_NS, nanoseconds


def adding() -> dict[str, float]:
    """Median nanoseconds of one addition; the three agree on every day of the year."""
    ours = calendar_for()
    china = holidays.country_holidays("CN", years=[2024, 2025, 2026])
    for day in DAYS:
        due = ours.add_workdays(day, WORKDAYS)
        assert due == china.get_nth_working_day(day, WORKDAYS) == by_chinesecalendar(day)
    seconds = medians(
        {
            "gongkai": lambda: [ours.add_workdays(day, WORKDAYS) for day in DAYS],
            "chinesecalendar": lambda: [by_chinesecalendar(day) for day in DAYS],
            "holidays": lambda: [china.get_nth_working_day(day, WORKDAYS) for day in DAYS],
        },
        rounds=7,
    )
    return {name: value / len(DAYS) * 1e9 for name, value in seconds.items()}


def by_chinesecalendar(day: date) -> date:
    # `find_workday(0)` is the next workday where the day is none, so counting starts the day after.
    found: date = chinese_calendar.find_workday(WORKDAYS - 1, day + timedelta(days=1))
    return found


def deriving() -> float:
    """Nanoseconds of the whole timeline of an application with every step explained."""
    applications = [[Event(EventKind.RECEIVED, day)] for day in DAYS]
    seconds = medians({"derive": lambda: [timeline(events) for events in applications]}, rounds=3)
    return seconds["derive"] / len(DAYS) * 1e9


def loading() -> float:
    """Milliseconds from nothing to the first due date in a process of its own, imports not counted."""
    program = (
        "import time; from datetime import date; from gongkai.law import calendar_for;"
        "t = time.perf_counter(); calendar_for().add_workdays(date(2025, 1, 20), 20);"
        "print((time.perf_counter() - t) * 1000)"
    )
    runs = [subprocess.run([sys.executable, "-c", program], check=True, capture_output=True) for _ in range(3)]  # noqa: S603  our own program
    return min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    main()
