"""The clocks of one application, derived from its events: nothing here is stored.

Source: 条例 §30, §32–34; 国办函〔2020〕109号 Art 6–7. How a consultation holds the answer clock (from the day after the
letter arrived to the day of the opinion, at most the statutory fifteen workdays) is inferred from §33(3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.clock import Clock, ClockState
from gongkai.law.clock_case import Case, Period, Stretch, run, stretches
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

    `extended_by` is the length in workdays of an extension whose event states none (default: the longest the law
    allows, where an `extended` event is given); without such an event a number means that the extension was decided in
    time. `as_of` is the day from which one looks: it settles what is overdue.

    >>> received = Event(EventKind.RECEIVED, date(2024, 9, 13))
    >>> timeline([received]).clock("answer").due
    datetime.date(2024, 10, 17)

    Raises: EventOrderError, LawError, CalendarRangeError, NotInForceError.
    """
    ordered, standing = in_order(events)
    if not ordered:
        raise EventOrderError("no-receipt", "没有收到申请的日期，无法起算期限。", "请给出收到申请之日（received）。")
    _check_past(ordered[-1], as_of)
    case = Case(ordered, standing, calendar or calendar_for(), as_of)
    runs = stretches(ordered)
    clocks = (
        *_correction_notice(case),
        *_correction(case),
        *_consultations(case),
        *_fee_notice(case, runs, extended_by),
        *_payment(case),
        _answer(case, runs[-1], extended_by),
        *_reanswer(case),
    )
    return Timeline(ordered, standing, clocks, case.calendar, as_of)


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


def _correction_notice(case: Case) -> Iterator[Clock]:
    """条例 §30: asked once, within seven workdays of receipt. The regulation of 2007 had no such period."""
    if case.law_of >= versions("deadline.correction_notice")[0].since:
        rule = in_force("deadline.correction_notice", on=case.law_of)
        asked = case.last(EventKind.CORRECTION_ASKED)
        notes = () if asked else ("需要补正的，须在此日前一次性告知；不需要补正的，不适用此期限。",)
        yield run(case, Period("correction_notice", case.events[0], (rule,), notes=notes), asked)


def _correction(case: Case) -> Iterator[Clock]:
    """条例 §30: the reasonable period that the agency set in its notice, where it is on record."""
    asked = case.last(EventKind.CORRECTION_ASKED)
    if asked is not None and asked.until is not None:
        _check_until(asked)
        rule = in_force("deadline.correction", on=asked.on)
        notes = (f"{rule.terms['on_silence']}。",)
        period = Period("correction", asked, (rule,), notes=notes, until=asked.until)
        yield run(case, period, case.last(EventKind.CORRECTED))


def _check_until(event: Event) -> None:
    if event.until is None or event.until <= event.on:
        raise LawError(
            "until-missing",
            f"{event.on.isoformat()} 的“{event.kind.label}”没有给出其后的期限之日。",
            "请填写晚于该日的期限之日。",
        )


def _consultations(case: Case) -> Iterator[Clock]:
    """条例 §32, §34: fifteen workdays each, with opposite meanings of silence."""
    for key in _CONSULTED:
        for asked, answered in _paired(case, key):
            rule = in_force(f"deadline.{key}", on=asked.on)
            notes = () if answered else (f"逾期未提出意见的，{rule.terms['on_silence']}。",)
            yield run(case, Period(key, asked, (rule,), notes=notes), answered)


def _fee_notice(case: Case, runs: list[Stretch], extended_by: int | None) -> Iterator[Clock]:
    """国办函〔2020〕109号 Art 6: the notice goes out while the answer clock still runs."""
    for stretch in runs:
        if stretch.held_by is not None and stretch.held_by.kind is EventKind.FEE_NOTIFIED:
            rule = in_force("deadline.fee_notice", on=stretch.held_by.on)
            period = _answer_period(case, stretch, extended_by if stretch.extension else None)
            rules = (*period.rules, rule)
            label = rule.label
            yield run(case, replace(period, key="fee_notice", rules=rules, notes=(), label=label), stretch.held_by)


def _payment(case: Case) -> Iterator[Clock]:
    """国办函〔2020〕109号 Art 6: twenty workdays from the day after the notice arrived."""
    notified = case.last(EventKind.FEE_NOTIFIED)
    if notified is not None:
        rule = in_force("deadline.fee_payment", on=notified.on)
        notes = (f"逾期{rule.terms['on_silence']}。",)
        yield run(case, Period("fee_payment", notified, (rule,), notes=notes), case.last(EventKind.PAID))


def _answer(case: Case, stretch: Stretch, extended_by: int | None) -> Clock:
    """条例 §33: twenty workdays and at most twenty more, standing still while others are consulted."""
    answered = case.last(EventKind.ANSWERED)
    if stretch.held_by is not None:
        return _held(case, stretch, stretch.held_by, answered)
    return run(case, _answer_period(case, stretch, extended_by), answered)


def _reanswer(case: Case) -> Iterator[Clock]:
    """What a reconsideration or a judgment orders: by its own day, else within the ordinary period."""
    for ordered in (event for event in case.events if event.kind is EventKind.REANSWER_ORDERED):
        if ordered.until is not None:
            _check_until(ordered)
        answer = in_force("deadline.answer", on=ordered.on)
        rule = in_force("deadline.reanswer", on=ordered.on)
        period = Period("reanswer", ordered, (answer, rule), until=ordered.until, label=rule.label)
        yield run(case, period, _answered_since(case, ordered.on))


def _answered_since(case: Case, day: date) -> Event | None:
    again = case.first(EventKind.ANSWERED_AGAIN, since=day)
    return again or case.first(EventKind.ANSWERED, since=day)


def _answer_period(case: Case, stretch: Stretch, extended_by: int | None) -> Period:
    rules = [in_force("deadline.answer", on=case.law_of)]
    days = _extension(case, stretch, extended_by)
    pauses = tuple(pause for key in _CONSULTED for pause in _pauses(case, key) if pause.last > stretch.start.on)
    _check_in_time(case, stretch, rules[0], pauses)
    restart = _RESTARTS.get(stretch.start.kind)
    rules += [in_force(f"deadline.{restart}", on=stretch.start.on)] if restart else []
    rules += [in_force("deadline.answer_extension", on=case.law_of)] if days else []
    rules += [in_force("deadline.answer_paused", on=case.law_of)] if pauses else []
    notes = tuple(_pause_note(pause) for pause in pauses)
    period = Period("answer", stretch.start, tuple(rules), days, pauses, notes)
    return period if stretch.delay is None else _delayed(case, period, stretch.delay)


def _delayed(case: Case, ordinary_period: Period, delay: Event) -> Period:
    """条例 §35: an excessive number of applications with good reasons is answered by a day that the agency sets."""
    _check_until(delay)
    delayed = in_force("deadline.answer_delayed", on=delay.on)
    rule, start = ordinary_period.rules[0], ordinary_period.start
    limit = rule.days + ordinary_period.extended_by
    ordinary = walk(start.on, limit, calendar=case.calendar, pauses=ordinary_period.pauses)[-1].day.date
    if delay.on > ordinary or (delay.until is not None and delay.until <= ordinary):
        raise EventOrderError(
            "delay-out-of-time",
            f"延迟答复须在答复期限 {ordinary.isoformat()} 届满前确定，且晚于该日（{delayed.citation}）。",
            "请核对日期。",
        )
    notes = (f"{delay.on.isoformat()} 确定延迟至 {delay.until} 答复，原答复期限为 {ordinary.isoformat()}。",)
    return Period("answer", start, (rule, delayed), notes=notes, until=delay.until)


def _extension(case: Case, stretch: Stretch, extended_by: int | None) -> int:
    """The length of the extension of this run of the clock, in workdays."""
    if stretch.extension is None:
        check_extension(extended_by or 0, on=case.law_of)
        return extended_by or 0
    extended_by = stretch.extension.days if stretch.extension.days is not None else extended_by
    longest = check_extension(extended_by or 0, on=case.law_of).days
    if extended_by == 0:
        raise LawError("extension-empty", "已登记延期，延长的工作日数不能为 0。", f"请填写 1 至 {longest}。")
    return longest if extended_by is None else extended_by


def _check_in_time(case: Case, stretch: Stretch, rule: Provision, pauses: tuple[Pause, ...]) -> None:
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


def _held(case: Case, stretch: Stretch, held_by: Event, answered: Event | None) -> Clock:
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


def _paired(case: Case, key: str) -> list[tuple[Event, Event | None]]:
    """Every letter with its answer: that of the same party, else in the order in which they were asked."""
    asking, answering, _ = _CONSULTED[key]
    pairs: list[tuple[Event, Event | None]] = [(event, None) for event in case.events if event.kind is asking]
    for answered in (event for event in case.events if event.kind is answering):
        waiting = [place for place, (_, answer) in enumerate(pairs) if answer is None]
        place = next((place for place in waiting if pairs[place][0].party == answered.party), waiting[0])
        pairs[place] = (pairs[place][0], answered)
    return pairs


def _pauses(case: Case, key: str) -> Iterator[Pause]:
    """How long each consultation holds the clock; one without an answer holds it until the answer was due."""
    for asked, answered in _paired(case, key):
        due = case.calendar.add_workdays(asked.on, in_force(f"deadline.{key}", on=asked.on).days)
        last = min(answered.on, due) if answered else due
        assumed = answered is None and (case.seen_on is None or case.seen_on <= due)
        yield Pause(asked.on, last, _CONSULTED[key][2], assumed)


def _pause_note(pause: Pause) -> str:
    span = f"{pause.first.isoformat()} 的次日至 {pause.last.isoformat()} 为{pause.label}"
    return f"{span}（意见尚未收到，按期满推算；提前收到的，答复期限相应提前）。" if pause.assumed else f"{span}。"
