"""The clocks of one application: what starts, stops, restarts and ends them, by literal dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law import CalendarRangeError, EventOrderError, LawError, calendar_for
from gongkai.law.clock import ClockState
from gongkai.law.clocks import Timeline, timeline
from gongkai.law.events import Event, EventKind


def case(*events: str, extended_by: int | None = None, as_of: date | None = None) -> Timeline:
    """The clocks of an application told as `name=date`."""
    told = [Event(EventKind(text.split("=")[0]), date.fromisoformat(text.split("=")[1])) for text in events]
    return timeline(told, extended_by=extended_by, as_of=as_of)


def due(derived: Timeline, key: str) -> str:
    day = derived.clock(key).due
    return day.isoformat() if day else ""


def test_a_receipt_starts_the_correction_and_the_answer_clock() -> None:
    derived = case("received=2024-09-13")
    assert [(clock.key, due(derived, clock.key)) for clock in derived.clocks] == [
        ("correction_notice", "2024-09-25"),
        ("answer", "2024-10-17"),
    ]


def test_every_day_after_the_receipt_is_in_the_derivation() -> None:
    steps = case("received=2025-09-25").clock("correction_notice").steps
    assert [(step.day.date.isoformat(), step.number, step.reason) for step in steps] == [
        ("2025-09-26", 1, "工作日"),
        ("2025-09-27", None, "周末"),
        ("2025-09-28", 2, "国庆节、中秋节调休上班（国办发明电〔2024〕12号）"),
        ("2025-09-29", 3, "工作日"),
        ("2025-09-30", 4, "工作日"),
        *((f"2025-10-0{day}", None, "国庆节、中秋节放假（国办发明电〔2024〕12号）") for day in range(1, 9)),
        ("2025-10-09", 5, "工作日"),
        ("2025-10-10", 6, "工作日"),
        ("2025-10-11", 7, "国庆节、中秋节调休上班（国办发明电〔2024〕12号）"),
    ]


def test_an_extension_adds_up_to_twenty_workdays() -> None:
    assert due(case("received=2025-01-20", extended_by=20), "answer") == "2025-03-21"
    assert due(case("received=2025-01-20", "extended=2025-02-18"), "answer") == "2025-03-21"
    assert due(case("received=2025-01-20", "extended=2025-02-18", extended_by=5), "answer") == "2025-02-28"


def test_an_extension_after_the_period_is_too_late() -> None:
    with pytest.raises(EventOrderError) as caught:
        case("received=2025-01-20", "extended=2025-02-22")
    assert caught.value.message == "2025-02-22 决定延期时，答复期限已于 2025-02-21 届满（条例第三十三条第二款）。"


def test_a_late_extension_is_refused_even_where_a_fee_holds_the_clock_now() -> None:
    with pytest.raises(EventOrderError, match="答复期限已于 2025-02-21 届满"):
        case("received=2025-01-20", "extended=2025-02-22", "fee-notified=2025-02-24")


def test_an_extension_on_the_last_day_is_in_time() -> None:
    assert due(case("received=2025-01-20", "extended=2025-02-21"), "answer") == "2025-03-21"


@pytest.mark.parametrize("days", [21, -1])
def test_an_extension_beyond_the_law_is_refused(days: int) -> None:
    with pytest.raises(LawError, match="最长不得超过20个工作日"):
        case("received=2025-01-20", extended_by=days)


def test_an_extension_of_no_days_is_no_extension() -> None:
    with pytest.raises(LawError, match="延长的工作日数不能为 0"):
        case("received=2025-01-20", "extended=2025-02-18", extended_by=0)


def test_asking_for_a_correction_holds_the_answer_clock() -> None:
    derived = case("received=2025-01-20", "correction-asked=2025-01-22")
    answer = derived.clock("answer")
    assert (answer.state, answer.due) == (ClockState.WAITING, None)
    assert answer.notes == ("2025-01-22 告知补正后停止计时；答复期限自收到补正的申请之日起计算（条例第三十条）。",)
    assert derived.clock("correction_notice").state is ClockState.MET


def test_the_corrected_application_starts_the_answer_clock_anew() -> None:
    derived = case("received=2025-01-20", "correction-asked=2025-01-22", "corrected=2025-02-10")
    assert due(derived, "answer") == "2025-03-10"
    assert derived.clock("answer").citation == "条例第三十三条第二款；条例第三十条"


def test_an_extension_of_the_former_clock_is_gone_with_it() -> None:
    before = ("received=2025-01-20", "extended=2025-01-21", "correction-asked=2025-01-22", "corrected=2025-02-10")
    assert due(case(*before), "answer") == "2025-03-10"
    assert due(case(*before, "extended=2025-03-10"), "answer") == "2025-04-08"


def test_a_correction_asked_after_seven_workdays_is_late() -> None:
    derived = case("received=2025-01-20", "correction-asked=2025-02-06")
    assert derived.clock("correction_notice").state is ClockState.LATE


def test_consulting_a_third_party_holds_the_clock_until_it_answers() -> None:
    derived = case("received=2025-03-03", "third-party-asked=2025-03-05", "third-party-answered=2025-03-10")
    # 20 workdays would end on 2025-03-31; 6, 7 and 10 March do not count.
    assert due(derived, "answer") == "2025-04-03"
    paused = [s.day.date.day for s in derived.clock("answer").steps if s.reason == "征求第三方意见期间，不计入"]
    assert paused == [6, 7, 10]


def test_a_silent_third_party_holds_the_clock_for_its_fifteen_workdays() -> None:
    derived = case("received=2025-03-03", "third-party-asked=2025-03-05")
    assert due(derived, "third_party") == "2025-03-26"
    assert due(derived, "answer") == "2025-04-22"
    assert derived.clock("third_party").notes == ("逾期未提出意见的，由行政机关依照条例的规定决定是否公开。",)
    assert "意见尚未收到，按期满推算" in derived.clock("answer").notes[0]


def test_a_late_opinion_holds_the_clock_no_longer_than_silence() -> None:
    late = case("received=2025-03-03", "third-party-asked=2025-03-05", "third-party-answered=2025-04-01")
    assert due(late, "answer") == "2025-04-22"
    assert late.clock("third_party").state is ClockState.LATE


def test_a_silent_coauthor_agrees() -> None:
    derived = case("received=2025-03-03", "coauthor-asked=2025-03-05", as_of=date(2025, 4, 1))
    assert derived.clock("coauthor").notes == ("逾期未提出意见的，视为同意公开。",)
    assert derived.clock("coauthor").state is ClockState.SILENT


def test_days_on_which_two_are_consulted_are_taken_off_once() -> None:
    both = case(
        "received=2025-03-03",
        "third-party-asked=2025-03-05",
        "coauthor-asked=2025-03-06",
        "third-party-answered=2025-03-10",
        "coauthor-answered=2025-03-11",
    )
    # 6, 7, 10 and 11 March.
    assert due(both, "answer") == "2025-04-07"


def test_several_third_parties_answer_in_the_order_in_which_they_were_asked() -> None:
    derived = case(
        "received=2025-03-03",
        "third-party-asked=2025-03-05",
        "third-party-asked=2025-03-07",
        "third-party-answered=2025-03-10",
    )
    clocks = [clock for clock in derived.clocks if clock.key == "third_party"]
    assert [(c.start.on.day, c.done_on and c.done_on.day) for c in clocks] == [(5, 10), (7, None)]


def test_the_way_of_counting_a_consultation_is_marked_as_inferred() -> None:
    derived = case("received=2025-03-03", "third-party-asked=2025-03-05")
    assert [text[:7] for text in derived.clock("answer").unverified] == ["征求意见不计入"]
    assert case("received=2025-03-03").clock("answer").unverified == ()


def test_a_fee_notice_holds_the_clock_and_payment_starts_it_anew() -> None:
    waiting = case("received=2025-03-03", "fee-notified=2025-03-10")
    assert waiting.clock("answer").due is None
    assert due(waiting, "fee_notice") == "2025-03-31"
    assert due(waiting, "fee_payment") == "2025-04-08"
    paid = case("received=2025-03-03", "fee-notified=2025-03-10", "paid=2025-03-12")
    assert due(paid, "answer") == "2025-04-10"


def test_the_restart_after_payment_is_marked_unverified() -> None:
    paid = case("received=2025-03-03", "fee-notified=2025-03-10", "paid=2025-03-12")
    assert paid.clock("answer").unverified == ("缴费后重新起算（信息处理费管理办法第七条）",)


def test_a_fee_notice_after_the_period_is_late() -> None:
    derived = case("received=2025-03-03", "fee-notified=2025-04-02")
    assert derived.clock("fee_notice").state is ClockState.LATE


def test_a_fee_notice_in_the_extension_is_in_time() -> None:
    derived = case("received=2025-03-03", "extended=2025-03-28", "fee-notified=2025-04-02")
    assert derived.clock("fee_notice").state is ClockState.MET
    assert due(derived, "fee_notice") == "2025-04-28"


def test_an_unpaid_fee_ends_in_silence() -> None:
    events = ("received=2025-03-03", "fee-notified=2025-03-10")
    assert case(*events, as_of=date(2025, 4, 8)).clock("fee_payment").state is ClockState.RUNNING
    assert case(*events, as_of=date(2025, 4, 9)).clock("fee_payment").state is ClockState.SILENT
    given_up = case(*events, "answered=2025-04-10")
    assert given_up.clock("fee_payment").state is ClockState.SILENT
    assert given_up.clock("answer").state is ClockState.ENDED


@pytest.mark.parametrize(("answered", "state"), [("2025-03-31", ClockState.MET), ("2025-04-01", ClockState.LATE)])
def test_an_answer_is_in_time_until_the_last_day(answered: str, state: ClockState) -> None:
    assert case("received=2025-03-03", f"answered={answered}").clock("answer").state is state


def test_looking_from_a_later_day_shows_what_is_overdue() -> None:
    assert case("received=2025-03-03", as_of=date(2025, 3, 31)).clock("answer").state is ClockState.RUNNING
    assert case("received=2025-03-03", as_of=date(2025, 4, 1)).clock("answer").state is ClockState.OVERDUE


def test_not_asking_for_a_correction_is_never_overdue() -> None:
    derived = case("received=2025-03-03", as_of=date(2025, 4, 1))
    assert derived.clock("correction_notice").state is ClockState.ENDED


def test_a_clock_tells_how_many_workdays_are_used() -> None:
    answer = case("received=2025-03-03", as_of=date(2025, 3, 12)).clock("answer")
    assert (answer.used(date(2025, 3, 12)), answer.limit) == (7, 20)


def test_a_withdrawn_application_has_no_running_clock() -> None:
    derived = case("received=2025-03-03", "withdrawn=2025-03-05")
    assert {clock.state for clock in derived.clocks} == {ClockState.ENDED}


def test_looking_from_before_an_event_is_an_error() -> None:
    with pytest.raises(EventOrderError, match="晚于所看之日 2025-03-04"):
        case("received=2025-03-03", "withdrawn=2025-03-05", as_of=date(2025, 3, 4))


def test_an_application_of_2018_keeps_the_old_regulation() -> None:
    derived = case("received=2018-06-01")
    assert [(clock.key, due(derived, clock.key)) for clock in derived.clocks] == [("answer", "2018-06-25")]


def test_a_due_date_in_a_year_without_notice_is_provisional() -> None:
    assert case("received=2026-12-14").clock("answer").provisional
    assert not case("received=2026-11-02").clock("answer").provisional


def test_a_region_is_named_where_its_notice_was_not_checked() -> None:
    received = [Event(EventKind.RECEIVED, date(2021, 5, 6))]
    answer = timeline(received, calendar=calendar_for(region="宁夏")).clock("answer")
    assert answer.due == date(2021, 6, 4)
    assert answer.unverified == ("《自治区人民政府办公厅关于2021年部分节假日安排的通知》",)


def test_a_notice_that_came_later_moves_the_clock() -> None:
    received = [Event(EventKind.RECEIVED, date(2020, 1, 20))]
    known_then = timeline(received, calendar=calendar_for(known_on=date(2020, 1, 20)))
    assert known_then.clock("answer").due == date(2020, 2, 21)
    assert timeline(received).clock("answer").due == date(2020, 2, 25)


def test_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(CalendarRangeError):
        case("received=2100-12-20")


def test_no_events_no_clocks() -> None:
    with pytest.raises(EventOrderError, match="没有收到申请的日期"):
        timeline([])


def test_a_correction_has_the_period_that_the_notice_set() -> None:
    received = Event(EventKind.RECEIVED, date(2025, 1, 20))
    asked = Event(EventKind.CORRECTION_ASKED, date(2025, 1, 22), until=date(2025, 2, 14))
    clock = timeline([received, asked], as_of=date(2025, 2, 17)).clock("correction")
    assert (clock.due, clock.limit, clock.state) == (date(2025, 2, 14), 13, ClockState.SILENT)


def delayed(until: date | None) -> Timeline:
    events = [Event(EventKind(name), date(2025, 3, 3)) for name in ("received", "reasons-asked", "reasons-given")]
    return timeline([*events, Event(EventKind.DELAYED, date(2025, 3, 10), until=until)])


def test_an_answer_may_be_delayed_until_the_day_the_agency_sets() -> None:
    answer = delayed(date(2025, 5, 31)).clock("answer")  # a Saturday and a holiday: the day stands
    assert (answer.due, answer.limit) == (date(2025, 5, 31), 61)
    assert answer.citation == "条例第三十三条第二款；条例第三十五条"


def test_a_delay_names_a_day_after_the_ordinary_period() -> None:
    with pytest.raises(LawError, match="没有给出其后的期限之日"):
        delayed(None)
    with pytest.raises(EventOrderError, match="答复期限 2025-03-31 届满前确定，且晚于该日（条例第三十五条）"):
        delayed(date(2025, 3, 31))


def ordered_again(*, until: date | None, as_of: date | None = None, answered: date | None = None) -> Timeline:
    names = ("received", "answered", "served", "remedy-filed", "remedy-decided")
    events = [Event(EventKind(name), date(2025, 3, 3)) for name in names]
    events.append(Event(EventKind.REANSWER_ORDERED, date(2025, 6, 9), until=until))
    events += [Event(EventKind.ANSWERED_AGAIN, answered)] if answered else []
    return timeline(events, as_of=as_of)


def test_an_answer_ordered_anew_has_its_own_clock() -> None:
    assert due(ordered_again(until=None), "reanswer") == "2025-07-07"
    assert due(ordered_again(until=date(2025, 6, 23)), "reanswer") == "2025-06-23"
    assert ordered_again(until=None, as_of=date(2025, 7, 8)).clock("reanswer").state is ClockState.OVERDUE
    assert ordered_again(until=None, answered=date(2025, 7, 7)).clock("reanswer").state is ClockState.MET
    assert ordered_again(until=None).clock("answer").state is ClockState.MET


def test_an_opinion_belongs_to_the_party_that_gave_it() -> None:
    asked = [Event(EventKind.THIRD_PARTY_ASKED, date(2025, 3, day), party=name) for day, name in ((5, "甲"), (7, "乙"))]
    answered = Event(EventKind.THIRD_PARTY_ANSWERED, date(2025, 3, 10), party="乙")
    clocks = timeline([Event(EventKind.RECEIVED, date(2025, 3, 3)), *asked, answered]).clocks
    assert [(c.start.party, c.done_on) for c in clocks if c.key == "third_party"] == [
        ("甲", None),
        ("乙", date(2025, 3, 10)),
    ]


def test_each_extension_has_its_own_length() -> None:
    events = [
        Event(EventKind.RECEIVED, date(2025, 1, 20)),
        Event(EventKind.EXTENDED, date(2025, 2, 18), days=5),
    ]
    assert timeline(events).clock("answer").due == date(2025, 2, 28)


@given(st.dates(date(2019, 5, 15), date(2026, 6, 30)), st.integers(0, 10), st.integers(0, 30))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_consulting_adds_exactly_the_workdays_it_took(received: date, asked_after: int, took: int) -> None:
    calendar = calendar_for()
    asked = calendar.add_workdays(received, asked_after)
    answered = calendar.add_workdays(asked, took)
    events = [
        Event(EventKind.RECEIVED, received),
        Event(EventKind.THIRD_PARTY_ASKED, asked),
        Event(EventKind.THIRD_PARTY_ANSWERED, answered),
    ]
    assert timeline(events).clock("answer").due == calendar.add_workdays(received, 20 + min(took, 15))


@given(st.dates(date(2019, 5, 15), date(2026, 6, 30)), st.integers(1, 20))
@settings(deadline=None)  # the first example loads the calendar or the register
def test_the_numbers_of_a_derivation_run_from_one_to_the_limit(received: date, extended_by: int) -> None:
    answer = timeline([Event(EventKind.RECEIVED, received)], extended_by=extended_by).clock("answer")
    assert [step.number for step in answer.steps if step.number] == list(range(1, 21 + extended_by))
    assert answer.steps[-1].day.date == answer.due
