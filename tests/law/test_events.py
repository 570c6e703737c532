"""The order of events that the law knows, and the refusals with their article."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from itertools import product

import pytest

from gongkai.law import EventOrderError
from gongkai.law.events import Event, EventKind, Phase, Standing, in_order

FIRST = date(2025, 3, 3)
PUT_RIGHT = ("received", "answered", "remedy-filed", "remedy-decided", "reanswer-ordered")
AFTER_THE_ANSWER = {
    EventKind.REMEDY_FILED,
    EventKind.REMEDY_DECIDED,
    EventKind.REMEDY_APPEALED,
    EventKind.REANSWER_ORDERED,
    EventKind.ANSWERED_AGAIN,
    EventKind.SERVED_AGAIN,
}


def events(*names: str) -> list[Event]:
    """One event a day, in that order."""
    return [Event(EventKind(name), FIRST + timedelta(days=n)) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "phase"),
    [
        (["received"], Phase.RUNNING),
        (["received", "correction-asked"], Phase.AWAITING_CORRECTION),
        (["received", "correction-asked", "corrected"], Phase.RUNNING),
        (["received", "correction-asked", "answered"], Phase.ANSWERED),
        (["received", "fee-notified"], Phase.AWAITING_PAYMENT),
        (["received", "fee-notified", "paid", "answered", "served"], Phase.SERVED),
        (["received", "third-party-asked", "fee-notified", "third-party-answered", "paid"], Phase.RUNNING),
        (["received", "extended", "withdrawn"], Phase.WITHDRAWN),
        (["received", "reasons-asked", "reasons-given", "delayed"], Phase.RUNNING),
        (["received", "fee-notified", "ended", "served"], Phase.SERVED),
        (["received", "split", "transferred"], Phase.TRANSFERRED),
        (["received", "remedy-filed", "answered"], Phase.ANSWERED),
        (["received", "answered", "remedy-filed", "answered-again"], Phase.ANSWERED_AGAIN),
        (
            [*PUT_RIGHT, "answered-again", "served-again"],
            Phase.SERVED,
        ),
    ],
)
def test_where_an_application_stands(names: list[str], phase: Phase) -> None:
    assert in_order(events(*names))[1].phase is phase


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["corrected"], "2025-03-03 的“收到补正的申请”与此前的经过不符：须先告知补正（条例第三十条）。"),
        (
            ["answered"],
            "2025-03-03 的“作出答复”与此前的经过不符：须先收到申请，且一件申请只答复一次（条例第三十三条第二款）。",
        ),
        (
            ["received", "received"],
            (
                "2025-03-04 的“收到申请”与此前的经过不符："
                "一件申请只有一个收到之日，且先于其他事件（条例第三十三条第二款）。"
            ),
        ),
        (
            ["received", "correction-asked", "corrected", "correction-asked"],
            "2025-03-06 的“告知补正”与此前的经过不符：补正应当在办理中一次性告知（条例第三十条）。",
        ),
        (
            ["received", "third-party-answered"],
            "2025-03-04 的“收到第三方意见”与此前的经过不符：须先征求第三方意见（条例第三十二条）。",
        ),
        (
            ["received", "coauthor-answered"],
            "2025-03-04 的“收到共同制作机关意见”与此前的经过不符：须先征求共同制作机关意见（条例第三十四条）。",
        ),
        (
            ["received", "ended"],
            "2025-03-04 的“决定不再处理”与此前的经过不符：只有不补正或者不缴费的申请可以不再处理（条例第三十条）。",
        ),
        (
            ["received", "delayed"],
            (
                "2025-03-04 的“确定并告知延迟答复的期限”与此前的经过不符："
                "须先收到申请人说明的理由，且只确定一次（条例第三十五条）。"
            ),
        ),
        (
            ["received", "answered", "answered-again"],
            (
                "2025-03-05 的“重新作出答复”与此前的经过不符："
                "须先办结，并且被责令重新答复或者复议、诉讼尚未审结（行政诉讼法第七十条；条例第三十三条第二款）。"
            ),
        ),
        (
            ["received", "extended", "extended"],
            "2025-03-05 的“决定并告知延期”与此前的经过不符：只能在办理中延期一次（条例第三十三条第二款）。",
        ),
        (
            ["received", "paid"],
            (
                "2025-03-04 的“缴清信息处理费”与此前的经过不符："
                "须先送达收费通知（信息处理费管理办法第六条；四川信息处理费通知）。"
            ),
        ),
        (
            ["received", "served"],
            "2025-03-04 的“送达答复”与此前的经过不符：须先作出答复（条例第三十三条第二款）。",
        ),
        (
            ["received", "answered", "withdrawn"],
            "2025-03-05 的“撤回申请”与此前的经过不符：只能在收到申请之后、答复之前撤回（条例第三十三条第二款）。",
        ),
    ],
)
def test_an_event_out_of_order_is_refused_with_its_article(names: list[str], message: str) -> None:
    with pytest.raises(EventOrderError) as caught:
        in_order(events(*names))
    assert caught.value.message == message


def test_a_refusal_says_what_could_come_instead() -> None:
    with pytest.raises(EventOrderError) as caught:
        in_order(events("received", "fee-notified", "extended"))
    assert caught.value.hint == (
        "此时可以登记：缴清信息处理费（paid）、作出答复（answered）、决定不再处理（ended）、撤回申请（withdrawn）、"
        "被申请复议、起诉或者投诉举报（remedy-filed）。"
    )


def test_only_a_remedy_follows_a_served_answer() -> None:
    with pytest.raises(EventOrderError) as caught:
        in_order(events("received", "answered", "served", "paid"))
    assert caught.value.hint == "此时可以登记：被申请复议、起诉或者投诉举报（remedy-filed）。"


def test_nothing_follows_a_merger() -> None:
    with pytest.raises(EventOrderError) as caught:
        in_order(events("received", "merged", "answered"))
    assert caught.value.hint == "申请已经办结，不再登记新的事件。"


def test_events_are_put_in_order_by_date_and_within_a_day_by_course() -> None:
    told = [Event(EventKind.SERVED, FIRST), Event(EventKind.ANSWERED, FIRST), Event(EventKind.RECEIVED, FIRST)]
    ordered, standing = in_order(told)
    assert [event.kind.value for event in ordered] == ["received", "answered", "served"]
    assert standing.phase is Phase.SERVED


def test_a_new_application_can_only_be_received() -> None:
    assert Standing().allowed == (EventKind.RECEIVED,)


def told_histories() -> list[tuple[EventKind, ...]]:
    """Every course of three further events that is not refused."""
    found = []
    for names in product(EventKind, repeat=3):
        with suppress(EventOrderError):
            in_order(events("received", *names))
            found.append(names)
    return found


def test_no_course_of_events_gets_round_the_law() -> None:
    told = told_histories()
    assert (EventKind.FEE_NOTIFIED, EventKind.PAID, EventKind.ANSWERED) in told
    for names in told:
        assert names.count(EventKind.CORRECTION_ASKED) <= 1
        assert names.count(EventKind.CORRECTED) <= names.count(EventKind.CORRECTION_ASKED)
        assert names.count(EventKind.PAID) <= names.count(EventKind.FEE_NOTIFIED) <= 1
        after_withdrawal = names[names.index(EventKind.WITHDRAWN) + 1 :] if EventKind.WITHDRAWN in names else ()
        assert set(after_withdrawal) <= AFTER_THE_ANSWER
        assert EventKind.MERGED not in names[:-1]
        after_answer = names[names.index(EventKind.ANSWERED) + 1 :] if EventKind.ANSWERED in names else ()
        assert set(after_answer) <= {EventKind.SERVED, *AFTER_THE_ANSWER}
        assert EventKind.SERVED not in names or {EventKind.ANSWERED, EventKind.ENDED} & set(names)
