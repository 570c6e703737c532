"""What holds for every ledger: replay is state, no clock is lost, time only adds."""

from __future__ import annotations

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.applications import Entry, Ledger, append, derive, rederive, replay
from gongkai.applications import details as d
from gongkai.applications.effects import allowed_next
from gongkai.applications.outcomes import requirement
from gongkai.applications.questions import find, questions
from gongkai.law import LawError, calendar_for
from gongkai.law.events import EventKind as K
from gongkai.law.outcomes import outcome_keys

from .telling import random_ledger, received, told

SEEDS = st.integers(0, 1_000_000)


def recorded(seed: int) -> Ledger:
    """The random ledger up to the first entry that the law refuses."""
    full = random_ledger(seed)
    ledger = Ledger(full.case_id)
    for record in full.records:
        try:
            ledger = append(ledger, record)
        except LawError:
            break
    return ledger


@given(SEEDS)
@settings(deadline=None, max_examples=60)
def test_a_replay_is_the_state(seed: int) -> None:
    ledger = recorded(seed)
    again = replay(ledger.case_id, ledger.records)
    assert again == ledger
    assert derive(again) == derive(ledger)


@given(SEEDS)
@settings(deadline=None, max_examples=60)
def test_no_clock_is_lost_by_a_further_event(seed: int) -> None:
    ledger = recorded(seed)
    before: set[tuple[str, date]] = set()
    for size in range(1, len(ledger.records) + 1):
        found = derive(Ledger(ledger.case_id, ledger.records[:size]))
        now = {(clock.key, clock.start.on) for clock in found.clocks if clock.key != "answer"}
        assert before <= now
        assert [clock.key for clock in found.clocks].count("answer") == 1
        before = now


@given(st.dates(date(2019, 5, 15), date(2026, 5, 31)), st.integers(0, 9), st.integers(1, 20))
@settings(deadline=None, max_examples=60)
def test_more_reasons_for_time_never_give_less_of_it(on: date, asked_after: int, extended: int) -> None:
    plain = received(on.isoformat())
    asked_on = calendar_for().add_workdays(on, asked_after) if asked_after else on
    due = [
        derive(told(plain, *more)).clocks[-1].due
        for more in (
            (),
            (Entry(K.THIRD_PARTY_ASKED, asked_on, d.Asked("某公司")),),
            (
                Entry(K.THIRD_PARTY_ASKED, asked_on, d.Asked("某公司")),
                Entry(K.EXTENDED, asked_on, d.Extended(extended, "科长")),
            ),
        )
    ]
    assert due == sorted(day for day in due if day is not None)


@given(st.dates(date(2019, 5, 15), date(2026, 5, 31)))
@settings(deadline=None, max_examples=60)
def test_a_later_receipt_is_never_due_earlier(on: date) -> None:
    assume(on.toordinal() + 1 < date(2026, 6, 1).toordinal())
    tomorrow = date.fromordinal(on.toordinal() + 1)
    first, second = (derive(told(received(day.isoformat()))).clocks[-1].due for day in (on, tomorrow))
    assert first is not None
    assert second is not None
    assert first <= second


def test_an_amended_notice_moves_open_cases_and_says_how() -> None:
    running = told(received("2020-01-20"), case_id="A")
    closed = told(received("2020-01-20"), Entry(K.WITHDRAWN, date(2020, 1, 21)), case_id="B")
    moved = rederive([running, closed], calendar_for(), before=calendar_for(known_on=date(2020, 1, 20)))
    assert [(m.case_id, m.key, m.was, m.now) for m in moved] == [
        ("A", "correction_notice", date(2020, 2, 4), date(2020, 2, 6)),
        ("A", "answer", date(2020, 2, 21), date(2020, 2, 25)),
    ]
    assert moved[0].notices
    assert not moved[0].earlier


def test_the_seven_questions_reach_every_outcome_and_always_end() -> None:
    reached: set[str] = set()
    paths: list[dict[str, str]] = [{}]
    while paths:
        answers = paths.pop()
        found = find(answers)
        reached |= set(found.outcomes)
        if found.next is None:
            assert found.outcomes or found.event
        else:
            paths += [answers | {found.next.key: choice.key} for choice in found.next.answers]
    assert reached == set(outcome_keys())
    assert len(questions()) == 7


def test_every_outcome_has_its_requirement() -> None:
    assert [key for key in outcome_keys() if requirement(key) is None] == []


def test_every_event_has_its_effect() -> None:
    seen = set()
    for seed in range(300):
        standing = derive(recorded(seed)).timeline.standing
        seen |= {one.kind for one in allowed_next(standing, on=date(2025, 3, 3)) if one.effect and one.citation}
    assert set(K) - seen == {K.RECEIVED}
