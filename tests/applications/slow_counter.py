"""Due dates counted one day at a time, by another calendar and without the library: the other side of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types

Told = tuple[str, date, int | None, date | None, str]  # kind, day, days of an extension, day set, party
ONE = timedelta(days=1)


@cache
def works(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def nth(start: date, n: int) -> date:
    """The n-th workday after `start`, found by walking."""
    day = start
    while n:
        day += ONE
        n -= works(day)
    return day


def consulted(events: Sequence[Told], kind: str) -> list[tuple[date, date]]:
    """Day of the letter and last day on which it holds the clock."""
    found = []
    for _, asked, _, _, party in (event for event in events if event[0] == f"{kind}-asked"):
        heard = [event[1] for event in events if event[0] == f"{kind}-answered" and event[4] == party]
        found.append((asked, min([*heard, nth(asked, 15)])))
    return found


def held_on(events: Sequence[Told], day: date) -> bool:
    spans = consulted(events, "third-party") + consulted(events, "coauthor")
    return any(first < day <= last for first, last in spans)


def run_out(events: Sequence[Told], start: date, limit: int) -> date:
    """Walk from the start until as many workdays as the limit have gone by on which nobody was consulted."""
    day = start
    while limit:
        day += ONE
        limit -= works(day) and not held_on(events, day)
    return day


def answer_due(events: Sequence[Told]) -> date | None:
    """None while the applicant has to correct or pay."""
    start, limit, fixed, waiting = events[0][1], 20, None, False
    for kind, on, days, until, _ in events:
        if kind in ("corrected", "paid"):
            start, limit, fixed, waiting = on, 20, None, False
        elif kind in ("correction-asked", "fee-notified"):
            waiting = True
        elif kind == "extended":
            limit += days or 0
        elif kind == "delayed":
            fixed = until
    if waiting:
        return None
    return fixed or run_out(events, start, limit)


def fee_notice_due(events: Sequence[Told]) -> list[date | None]:
    """The answer clock as it stood when the notice went out."""
    found: list[date | None] = []
    for place, event in enumerate(events):
        if event[0] == "fee-notified":
            # Opinions that came later still tell how long the letters held the clock.
            start, limit, fixed = events[0][1], 20, None
            for kind, on, days, until, _ in events[:place]:
                if kind in ("corrected", "paid"):
                    start, limit, fixed = on, 20, None
                elif kind == "extended":
                    limit += days or 0
                elif kind == "delayed":
                    fixed = until
            found.append(fixed or run_out(events, start, limit))
    return found


def all_due(events: Sequence[Told]) -> dict[str, list[date | None]]:
    """Every clock that the events start."""
    found: dict[str, list[date | None]] = {"correction_notice": [nth(events[0][1], 7)], "answer": [answer_due(events)]}
    rules = {"third-party-asked": ("third_party", 15), "coauthor-asked": ("coauthor", 15)}
    rules |= {"fee-notified": ("fee_payment", 20), "reanswer-ordered": ("reanswer", 20)}
    for kind, on, _, until, _ in events:
        if kind in rules:
            key, limit = rules[kind]
            found.setdefault(key, []).append(until or nth(on, limit))
        if kind == "correction-asked":
            found.setdefault("correction", []).append(until)
    if notices := fee_notice_due(events):
        found["fee_notice"] = notices
    return found
