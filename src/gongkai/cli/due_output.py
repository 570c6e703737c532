"""The clocks of an application as JSON for scripts and as text for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from gongkai.cli.workday_options import PROVISIONAL_NOTE, provisional_mark, step_json, step_line
from gongkai.law.clock import Clock
from gongkai.law.clocks import Timeline

_WEEKDAYS = "一二三四五六日"


def timeline_json(derived: Timeline) -> dict[str, Any]:
    """The document `gongkai/due/1`."""
    region = derived.calendar.region
    return {
        "schema": "gongkai/due/1",
        "received": derived.events[0].on.isoformat(),
        "region": region.key if region else None,
        "as_of": derived.as_of.isoformat() if derived.as_of else None,
        "phase": derived.standing.phase.value,
        "phase_label": derived.standing.phase.label,
        "events": [
            {"event": event.kind.value, "label": event.kind.label, "date": event.on.isoformat()}
            for event in derived.events
        ],
        "clocks": [_clock_json(clock, derived.as_of) for clock in derived.clocks],
        "next": [kind.value for kind in derived.standing.allowed],
    }


def timeline_text(derived: Timeline) -> str:
    """The clocks in a few lines, then each of them day by day."""
    return "\n".join(_lines(derived))


def _clock_json(clock: Clock, as_of: date | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "key": clock.key,
        "label": clock.label,
        "start": clock.start.on.isoformat(),
        "start_event": clock.start.kind.value,
        "limit": clock.limit,
        "extended_by": clock.extended_by,
        "unit": "workday",
        "due": clock.due.isoformat() if clock.due else None,
        "state": clock.state.value,
        "state_label": clock.state.label,
        "done_on": clock.done_on.isoformat() if clock.done_on else None,
        "provisional": clock.provisional,
        "citation": clock.citation,
        "unverified": list(clock.unverified),
        "notes": list(clock.notes),
    }
    if as_of is not None and clock.due is not None:
        used = clock.used(as_of)
        data |= {"used": used, "left": clock.limit - used}
    return {**data, "steps": [step_json(step) for step in clock.steps]}


def _lines(derived: Timeline) -> Iterator[str]:
    events = "；".join(f"{event.on.isoformat()} {event.kind.label}" for event in derived.events)
    yield f"{events}。{derived.standing.phase.label}。"
    region = derived.calendar.region
    if region is not None:
        yield f"另计{region.name}的地方节日（未核对原文）。"
    yield ""
    for clock in derived.clocks:
        yield _summary(clock, derived.as_of)
    for clock in derived.clocks:
        if clock.steps:
            yield from _derivation(clock)
    if any(clock.provisional for clock in derived.clocks):
        yield f"\n{PROVISIONAL_NOTE}"


def _summary(clock: Clock, as_of: date | None) -> str:
    label = clock.label + "　" * max(0, 10 - len(clock.label))
    if clock.due is None:
        return f"{label}{clock.state.label}：{''.join(clock.notes)}"
    progress = ""
    if as_of is not None and clock.state.value == "running":
        used = clock.used(as_of)
        progress = f"，第 {used}/{clock.limit} 个工作日，还有 {clock.limit - used} 个工作日"
    done = f"，{clock.done_on.isoformat()} " if clock.done_on else "，"
    mark = provisional_mark(clock.provisional)
    return f"{label}{_dated(clock.due)}{mark}{done}{clock.state.label}{progress}（{clock.citation}）"


def _derivation(clock: Clock) -> Iterator[str]:
    extended = f"，含延长 {clock.extended_by} 个" if clock.extended_by else ""
    yield f"\n{clock.label}：{clock.limit} 个工作日{extended}（{clock.citation}）"
    yield f"  {_dated(clock.start.on)}{clock.start.kind.label}，当日不计"
    yield from map(step_line, clock.steps)
    yield from (f"  说明：{note}" for note in clock.notes)
    yield from (f"  未经核对原文：{rule}" for rule in clock.unverified)


def _dated(day: date) -> str:
    return f"{day.isoformat()}（星期{_WEEKDAYS[day.weekday()]}）"
