"""What the applicant reads, from ledgers written down here: days, articles, the bar, whose turn it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gongkai.applications import ApplicantType, Application, Entry, derive, replay
from gongkai.applications import details as d
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.applications.service import Channel, Service
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.public.bar import bar
from gongkai_web.applications.public.next_step import next_step
from gongkai_web.applications.public.remedies import recourses
from gongkai_web.applications.public.timeline import ENDED, TO_COME, answer_clock, timeline
from gongkai_web.demo.applications_answers import answer

DEPARTMENT = Agency(kind="department")
RECEIVED = Entry(
    EventKind.RECEIVED,
    date(2025, 3, 3),
    d.Received(Arrival(Entrance.IN_PERSON, submitted_on=date(2025, 3, 3)), ApplicantType.NATURAL_PERSON),
)


def _seen(on: date, *entries: Entry) -> Application:
    return derive(replay("1", (RECEIVED, *entries)), as_of=on)


def _third_party(on: date) -> Entry:
    return Entry(EventKind.THIRD_PARTY_ASKED, on, d.Asked("第三方甲"))


def test_the_seventh_of_twenty_workdays() -> None:
    found = bar(answer_clock(_seen(date(2025, 3, 12))), today=date(2025, 3, 12))
    assert found is not None
    assert found.sentence == "第 7/20 个工作日，还有 13 个工作日"
    assert [cell.kind for cell in found.cells] == ["past"] * 6 + ["today"] + ["ahead"] * 13


def test_days_that_do_not_count_are_a_band() -> None:
    seen = _seen(
        date(2025, 3, 20),
        _third_party(date(2025, 3, 5)),
        Entry(EventKind.THIRD_PARTY_ANSWERED, date(2025, 3, 12), d.Opinion("第三方甲", agrees=True)),
    )
    found = bar(answer_clock(seen), today=date(2025, 3, 20))
    assert found is not None
    assert (found.number, found.limit, found.paused) == (8, 20, 5)
    assert "".join(cell.kind[0] for cell in found.cells) == "pp" + "ppppp" + "ppppp" + "t" + "a" * 12
    assert (
        found.description
        == "答复期限共 20 个工作日，已计算 8 个，另有 5 个工作日因征求意见不计入，到 2025-04-08 为止。"
    )


def test_a_clock_that_waits_for_the_applicant_has_no_bar() -> None:
    asked = Entry(EventKind.CORRECTION_ASKED, date(2025, 3, 5), d.CorrectionAsked("请写明年度", date(2025, 3, 26)))
    assert bar(answer_clock(_seen(date(2025, 3, 6), asked)), today=date(2025, 3, 6)) is None


def test_every_event_has_its_day_and_its_article_and_what_is_due_follows() -> None:
    steps = timeline(_seen(date(2025, 3, 6), _third_party(date(2025, 3, 5))), today=date(2025, 3, 6))
    assert [(step.day, step.label, step.state) for step in steps] == [
        (date(2025, 3, 3), "机关收到您的申请", "done"),
        (date(2025, 3, 5), "第三方收到征求意见书", "done"),
        (date(2025, 3, 26), "第三方提出意见的最后一天", TO_COME),
        (date(2025, 4, 22), "机关最迟在这一天答复", TO_COME),
    ]
    assert steps[1].text == "征求第三方甲的意见，其间不计入答复期限（条例第三十二条）。"


def test_a_struck_record_and_who_consented_are_not_told() -> None:
    extended = Entry(EventKind.EXTENDED, date(2025, 3, 24), d.Extended(20, "某主任"))
    steps = timeline(_seen(date(2025, 3, 25), extended), today=date(2025, 3, 25))
    assert steps[1].text == "答复期限延长 20 个工作日（条例第三十三条第二款）。"
    assert not any("某主任" in step.text for step in steps)


def test_an_overdue_answer_is_marked_and_the_way_out_is_named() -> None:
    seen = _seen(date(2025, 4, 8))
    assert [(step.label, step.state) for step in timeline(seen, today=date(2025, 4, 8))][-1] == (
        "机关最迟在这一天答复（已过期限）", ENDED,
    )  # fmt: skip
    told = next_step(seen, today=date(2025, 4, 8))
    assert (told.what, told.serious) == ("应当在 2025年3月31日 前答复，期限已过。", True)
    assert told.otherwise.startswith("机关逾期不答复的")


def test_whose_turn_it_is() -> None:
    asked = Entry(EventKind.CORRECTION_ASKED, date(2025, 3, 5), d.CorrectionAsked("请写明年度", date(2025, 3, 26)))
    fee = Entry(EventKind.FEE_NOTIFIED, date(2025, 3, 5), d.FeeNotified("pages", 68, Decimal(380)))
    answered = Entry(EventKind.ANSWERED, date(2025, 3, 5), answer("granted"))
    today = date(2025, 3, 6)
    said = [next_step(_seen(today, *entries), today=today) for entries in ((), (asked,), (fee,), (answered,))]
    assert [(one.who, one.what) for one in said] == [
        ("机关", "正在办理，最迟 2025年3月31日 答复。"),
        ("您", "请补正申请，最迟 2025年3月26日。"),
        ("您", "请缴纳信息处理费，最迟 2025年4月2日。"),
        ("机关", "已作出处理，正在按您选择的方式送达。"),
    ]
    third = next_step(_seen(today, _third_party(date(2025, 3, 5))), today=today)
    assert (third.who, third.what) == ("第三方甲", "正在征求意见，最迟 2025年3月26日 提出；其间不计入答复期限。")


def test_an_answer_in_parts_names_each_part_and_its_article() -> None:
    said = answer("granted", "refused.deliberative")
    seen = _seen(date(2025, 3, 12), Entry(EventKind.ANSWERED, date(2025, 3, 10), said))
    step = timeline(seen, today=date(2025, 3, 12))[1]
    assert step.text.startswith("第一项：予以公开；第二项：不予公开（属于四类过程性信息）（")
    assert "条例第十六条第二款" in step.text


def test_remedies_follow_the_law_of_the_day_and_the_day_of_knowing() -> None:
    served = Entry(
        EventKind.SERVED,
        date(2025, 3, 11),
        d.Served(Service(Channel.POST, date(2025, 3, 11), received_on=date(2025, 3, 14))),
    )
    answered = Entry(EventKind.ANSWERED, date(2025, 3, 10), answer("refused.deliberative", "not_processed.petition"))
    first, second = recourses(_seen(date(2025, 3, 20), answered, served), DEPARTMENT)
    assert (first.against, first.body, first.reconsideration) == (
        "属于四类过程性信息",
        "本级人民政府",
        date(2025, 5, 13),
    )
    assert first.litigation is None
    assert second.against == "信访举报投诉类申请"


def test_without_an_answer_there_is_no_remedy_yet() -> None:
    assert recourses(_seen(date(2025, 3, 6)), DEPARTMENT) == []
