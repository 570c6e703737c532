"""The clocks of one application, derived from its events: nothing here is stored.

Source: 条例 §30, §32–34; 国办函〔2020〕109号 Art 6–7. How a consultation holds the answer clock (from the day after the
letter arrived to the day of the opinion, at most the statutory fifteen workdays) is inferred from §33(3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.clock import Clock, ClockState
from gongkai.law.counting import Pause, walk
from gongkai.law.deadlines import check_extension
from gongkai.law.errors import EventOrderError, LawError
from gongkai.law.events import Event, EventKind, Standing, in_order
from gongkai.law.provisions import Provision, in_force, versions


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything derived from the events of one application."""

    events: tuple[Event, ...]
    standing: Standing
    clocks: tuple[Clock, ...]
    calendar: Calendar
    as_of: date | None

    def clock(self, key: str) -> Clock:
        """The clock of that name, e.g. `answer`; the last one where there are several. Raises: KeyError."""
        for clock in reversed(self.clocks):
            if clock.key == key:
                return clock
        raise KeyError(key)


def timeline(
    events: Iterable[Event],
    *,
    extended_by: int | None = None,
    calendar: Calendar | None = None,
    as_of: date | None = None,
) -> Timeline:
    """The clocks that follow from the events of one application.

    `extended_by` is the length of the extension in workdays (default: the longest the law allows, where an `extended`
    event is given); without such an event a number means that the extension was decided in time. `as_of` is the day
    from which one looks: it settles what is overdue.

    >>> received = Event(EventKind.RECEIVED, date(2024, 9, 13))
    >>> timeline([received]).clock("answer").due
    datetime.date(2024, 10, 17)

    Raises: EventOrderError, LawError, CalendarRangeError, NotInForceError.
    """
    ordered, standing = in_order(events)
    if not ordered:
        raise EventOrderError("no-receipt", "没有收到申请的日期，无法起算期限。", "请给出收到申请之日（received）。")
    _check_past(ordered[-1], as_of)
    case = _Case(ordered, standing, calendar or calendar_for(), as_of)
    stretches = _stretches(ordered)
    clocks = (
        *_correction_notice(case),
        *_consultations(case),
        *_fee_notice(case, stretches, extended_by),
        *_payment(case),
        _answer(case, stretches[-1], extended_by),
    )
    return Timeline(ordered, standing, clocks, case.calendar, as_of)


@dataclass(frozen=True, slots=True)
class _Case:
    """What every derivation of one application needs."""

    events: tuple[Event, ...]
    standing: Standing
    calendar: Calendar
    as_of: date | None

    def last(self, kind: EventKind) -> Event | None:
        return next((event for event in reversed(self.events) if event.kind is kind), None)

    @property
    def law_of(self) -> date:
        """A case keeps the law of the day it was received."""
        return self.events[0].on

    @property
    def seen_on(self) -> date | None:
        """The day up to which it is known what did not happen: where one looks from, or the end of the case."""
        return self.as_of if self.standing.open else self.events[-1].on


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One run of the answer clock: from a receipt, a correction or a payment to what holds it, if anything does."""

    start: Event
    held_by: Event | None
    extension: Event | None


@dataclass(frozen=True, slots=True)
class _Period:
    """A clock before it is counted: the rule of its length comes first among `rules`."""

    key: str
    start: Event
    rules: tuple[Provision, ...]
    extended_by: int = 0
    pauses: tuple[Pause, ...] = ()
    notes: tuple[str, ...] = ()


_STARTS = (EventKind.RECEIVED, EventKind.CORRECTED, EventKind.PAID)
_HOLDS = (EventKind.CORRECTION_ASKED, EventKind.FEE_NOTIFIED)
_RESTARTS = {
    EventKind.CORRECTED: "answer_restart_corrected",
    EventKind.CORRECTION_ASKED: "answer_restart_corrected",
    EventKind.PAID: "fee_restart",
    EventKind.FEE_NOTIFIED: "fee_restart",
}
_CONSULTED = {
    "third_party": (EventKind.THIRD_PARTY_ASKED, EventKind.THIRD_PARTY_ANSWERED, "征求第三方意见期间，不计入"),
    "coauthor": (EventKind.COAUTHOR_ASKED, EventKind.COAUTHOR_ANSWERED, "征求共同制作机关意见期间，不计入"),
}


def _check_past(last: Event, as_of: date | None) -> None:
    if as_of is not None and last.on > as_of:
        raise EventOrderError(
            "after-as-of",
            f"“{last.kind.label}”的日期 {last.on.isoformat()} 晚于所看之日 {as_of.isoformat()}。",
            "请改正日期，或者去掉所看之日。",
        )


def _stretches(events: tuple[Event, ...]) -> list[_Stretch]:
    found: list[_Stretch] = []
    for event in events:
        if event.kind in _STARTS:
            found.append(_Stretch(event, None, None))
        elif event.kind in _HOLDS:
            found[-1] = _Stretch(found[-1].start, event, found[-1].extension)
        elif event.kind is EventKind.EXTENDED:
            found[-1] = _Stretch(found[-1].start, None, event)
    return found


def _correction_notice(case: _Case) -> Iterator[Clock]:
    """条例 §30: asked once, within seven workdays of receipt. The regulation of 2007 had no such period."""
    if case.law_of >= versions("deadline.correction_notice")[0].since:
        rule = in_force("deadline.correction_notice", on=case.law_of)
        asked = case.last(EventKind.CORRECTION_ASKED)
        notes = () if asked else ("需要补正的，须在此日前一次性告知；不需要补正的，不适用此期限。",)
        yield _run(case, _Period("correction_notice", case.events[0], (rule,), notes=notes), asked)


def _consultations(case: _Case) -> Iterator[Clock]:
    """条例 §32, §34: fifteen workdays each, with opposite meanings of silence."""
    for key in _CONSULTED:
        for asked, answered in _paired(case, key):
            rule = in_force(f"deadline.{key}", on=asked.on)
            notes = () if answered else (f"逾期未提出意见的，{rule.terms['on_silence']}。",)
            yield _run(case, _Period(key, asked, (rule,), notes=notes), answered)


def _fee_notice(case: _Case, stretches: list[_Stretch], extended_by: int | None) -> Iterator[Clock]:
    """国办函〔2020〕109号 Art 6: the notice goes out while the answer clock still runs."""
    for stretch in stretches:
        if stretch.held_by is not None and stretch.held_by.kind is EventKind.FEE_NOTIFIED:
            rule = in_force("deadline.fee_notice", on=stretch.held_by.on)
            period = _answer_period(case, stretch, extended_by if stretch.extension else None)
            rules = (*period.rules, rule)
            yield _run(
                case, _Period("fee_notice", period.start, rules, period.extended_by, period.pauses), stretch.held_by
            )


def _payment(case: _Case) -> Iterator[Clock]:
    """国办函〔2020〕109号 Art 6: twenty workdays from the day after the notice arrived."""
    notified = case.last(EventKind.FEE_NOTIFIED)
    if notified is not None:
        rule = in_force("deadline.fee_payment", on=notified.on)
        notes = (f"逾期{rule.terms['on_silence']}。",)
        yield _run(case, _Period("fee_payment", notified, (rule,), notes=notes), case.last(EventKind.PAID))


def _answer(case: _Case, stretch: _Stretch, extended_by: int | None) -> Clock:
    """条例 §33: twenty workdays and at most twenty more, standing still while others are consulted."""
    answered = case.last(EventKind.ANSWERED)
    if stretch.held_by is not None:
        return _held(case, stretch, stretch.held_by, answered)
    return _run(case, _answer_period(case, stretch, extended_by), answered)


def _answer_period(case: _Case, stretch: _Stretch, extended_by: int | None) -> _Period:
    rules = [in_force("deadline.answer", on=case.law_of)]
    days = _extension(case, stretch, extended_by)
    pauses = tuple(pause for key in _CONSULTED for pause in _pauses(case, key) if pause.last > stretch.start.on)
    _check_in_time(case, stretch, rules[0], pauses)
    restart = _RESTARTS.get(stretch.start.kind)
    rules += [in_force(f"deadline.{restart}", on=stretch.start.on)] if restart else []
    rules += [in_force("deadline.answer_extension", on=case.law_of)] if days else []
    rules += [in_force("deadline.answer_paused", on=case.law_of)] if pauses else []
    notes = tuple(_pause_note(pause) for pause in pauses)
    return _Period("answer", stretch.start, tuple(rules), days, pauses, notes)


def _extension(case: _Case, stretch: _Stretch, extended_by: int | None) -> int:
    """The length of the extension of this run of the clock, in workdays."""
    if stretch.extension is None:
        check_extension(extended_by or 0, on=case.law_of)
        return extended_by or 0
    longest = check_extension(extended_by or 0, on=case.law_of).days
    if extended_by == 0:
        raise LawError("extension-empty", "已登记延期，延长的工作日数不能为 0。", f"请填写 1 至 {longest}。")
    return longest if extended_by is None else extended_by


def _check_in_time(case: _Case, stretch: _Stretch, rule: Provision, pauses: tuple[Pause, ...]) -> None:
    """条例 §33(2): only a period that still runs can be extended."""
    extension = stretch.extension
    if extension is None:
        return
    due = walk(stretch.start.on, rule.days, calendar=case.calendar, pauses=pauses)[-1].day.date
    if extension.on > due:
        raise EventOrderError(
            "extended-too-late",
            f"{extension.on.isoformat()} 决定延期时，答复期限已于 {due.isoformat()} 届满（{rule.citation}）。",
            "延期应当在答复期限届满前决定并告知申请人，请核对日期。",
        )


def _held(case: _Case, stretch: _Stretch, held_by: Event, answered: Event | None) -> Clock:
    """The answer clock while the applicant has to correct or to pay: no due date."""
    rule = in_force("deadline.answer", on=case.law_of)
    restart = in_force(f"deadline.{_RESTARTS[held_by.kind]}", on=held_by.on)
    note = f"{held_by.on.isoformat()} {held_by.kind.label}后停止计时；{restart.value}（{restart.citation}）。"
    return Clock(
        key="answer",
        label=rule.label,
        start=stretch.start,
        limit=rule.days,
        extended_by=0,
        due=None,
        state=ClockState.WAITING if case.standing.open else ClockState.ENDED,
        done_on=answered.on if answered else None,
        steps=(),
        rules=(rule, restart),
        notes=(note,),
    )


def _run(case: _Case, period: _Period, done: Event | None) -> Clock:
    limit = period.rules[0].days + period.extended_by
    steps = walk(period.start.on, limit, calendar=case.calendar, pauses=period.pauses)
    due = steps[-1].day.date
    return Clock(
        key=period.key,
        label=period.rules[-1].label if period.key == "fee_notice" else period.rules[0].label,
        start=period.start,
        limit=limit,
        extended_by=period.extended_by,
        due=due,
        state=_state(case, period.key, done, due),
        done_on=done.on if done else None,
        steps=steps,
        rules=period.rules,
        notes=period.notes,
    )


def _state(case: _Case, key: str, done: Event | None, due: date) -> ClockState:
    if done is not None:
        return ClockState.MET if done.on <= due else ClockState.LATE
    expired = case.seen_on is not None and case.seen_on > due
    if key == "correction_notice":
        # Whoever consults, extends or charges has understood the application; not asking is never overdue.
        return ClockState.ENDED if expired or len(case.events) > 1 else ClockState.RUNNING
    if expired and key != "answer":
        return ClockState.SILENT
    if not case.standing.open:
        return ClockState.ENDED
    return ClockState.OVERDUE if expired else ClockState.RUNNING


def _paired(case: _Case, key: str) -> list[tuple[Event, Event | None]]:
    """Every letter with its answer; several are answered in the order in which they were asked."""
    asking, answering, _ = _CONSULTED[key]
    asked = [event for event in case.events if event.kind is asking]
    answered: list[Event | None] = [event for event in case.events if event.kind is answering]
    return list(zip(asked, answered + [None] * (len(asked) - len(answered)), strict=True))


def _pauses(case: _Case, key: str) -> Iterator[Pause]:
    """How long each consultation holds the clock; one without an answer holds it until the answer was due."""
    for asked, answered in _paired(case, key):
        due = case.calendar.add_workdays(asked.on, in_force(f"deadline.{key}", on=asked.on).days)
        last = min(answered.on, due) if answered else due
        assumed = answered is None and (case.seen_on is None or case.seen_on <= due)
        yield Pause(asked.on, last, _CONSULTED[key][2], assumed)


def _pause_note(pause: Pause) -> str:
    span = f"{pause.first.isoformat()} 的次日至 {pause.last.isoformat()} 为{pause.label}"
    return f"{span}（意见尚未收到，按期满推算；提前收到的，答复期限相应提前）。" if pause.assumed else f"{span}。"
