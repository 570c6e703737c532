"""What a ledger takes and what it refuses, by article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.applications import Entry, Ledger, LedgerError, Strike, append, derive, replay
from gongkai.applications import details as d
from gongkai.applications.serialisation import from_json, to_json
from gongkai.law import EventOrderError, LawError
from gongkai.law.events import EventKind as K
from gongkai.law.events import Phase

from .telling import answered, day, decided, decision, filed, random_ledger, received, served, told


def refused(*entries: Entry) -> str:
    *before, last = entries
    with pytest.raises(LawError) as caught:
        append(told(*before), last)
    return caught.value.message


def test_a_ledger_gives_the_state_the_clocks_and_what_comes_next() -> None:
    found = derive(told(received("2025-03-03")))
    assert found.phase is Phase.RUNNING
    assert found.clocks[-1].due == date(2025, 3, 31)
    assert [one.label for one in found.next][:2] == ["拆分为多件申请", "告知补正"]
    effect = next(one for one in found.next if one.kind is K.THIRD_PARTY_ASKED)
    assert (effect.citation, effect.details) == ("条例第三十二条", d.Asked)
    assert "15 个工作日，其间不计入答复期限" in effect.effect


def test_an_event_out_of_order_is_refused_with_its_article() -> None:
    message = refused(received("2025-03-03"), served("2025-03-04"))
    assert message == "2025-03-04 的“送达答复”与此前的经过不符：须先作出答复（条例第三十三条第二款）。"


def test_the_receipt_day_is_that_of_the_entrance() -> None:
    wrong = replace(received("2025-03-03"), on=date(2025, 3, 4))
    with pytest.raises(LedgerError, match="收到申请之日应为 2025-03-03"):
        append(Ledger("1"), wrong)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Entry(K.EXTENDED, day("2025-03-10"), d.Extended(20, " ")), "工作机构负责人同意"),
        (Entry(K.EXTENDED, day("2025-03-10"), d.Extended(21, "科长")), "最长不得超过20个工作日"),
        (Entry(K.CORRECTION_ASKED, day("2025-03-10"), d.CorrectionAsked("", day("2025-03-20"))), "需要补正的事项"),
        (Entry(K.CORRECTION_ASKED, day("2025-03-10"), d.CorrectionAsked("名称", day("2025-03-10"))), "没有给出其后"),
        (Entry(K.FEE_NOTIFIED, day("2025-03-10"), d.FeeNotified("pages", 68, Decimal(381))), "应收 380 元"),
        (Entry(K.FEE_NOTIFIED, day("2025-03-10"), d.FeeNotified("pages", 30, Decimal(0))), "应收 0 元"),
        (Entry(K.TRANSFERRED, day("2025-03-10"), d.Transferred("市档案局", "")), "接收机关的联系方式"),
        (Entry(K.MERGED, day("2025-03-10"), d.MergedInto("1")), "并案须写明并入的另一件申请"),
        (Entry(K.SPLIT, day("2025-03-10"), d.SplitInto(("2", "2"))), "拆分须写明拆出的各件申请"),
        (Entry(K.SPLIT, day("2025-03-10"), None), "所载事项不全或者不符"),
        (answered("2025-03-10", decision("granted", text="甲")), "缺少：提供的方式"),
        (
            answered("2025-03-10", decision("unavailable.not_held", reason="不属于本机关")),
            "检索记录.*，或者负责公开的机关名称",
        ),
        (answered("2025-03-10", decision("not_processed.abusive", reason="频次")), "之前须有“要求说明理由”"),
        (answered("2025-03-10", decision("other_outcome.fee_unpaid")), "不以答复办结"),
        (answered("2025-03-10", decision("nothing")), "没有名为“nothing”的办理结果"),
    ],
)
def test_what_the_law_requires_of_an_entry(entry: Entry, message: str) -> None:
    with pytest.raises(LawError, match=message):
        append(told(received("2025-03-03")), entry)


def test_an_answer_that_names_the_other_body_is_complete() -> None:
    facts = {"reason": "不由本机关制作", "other_body": "市统计局", "other_contact": "0000-000"}
    ledger = told(received("2025-03-03"), answered("2025-03-10", decision("unavailable.not_held", **facts)))
    assert derive(ledger).phase is Phase.ANSWERED


def test_items_charge_only_what_the_month_adds() -> None:
    notice = d.FeeNotified("items", 2, Decimal(100), before=9)
    assert derive(told(received("2025-03-03"), Entry(K.FEE_NOTIFIED, day("2025-03-10"), notice))).phase is (
        Phase.AWAITING_PAYMENT
    )


def asked(*, coauthor: bool = False) -> tuple[Entry, Entry]:
    kind = K.COAUTHOR_ASKED if coauthor else K.THIRD_PARTY_ASKED
    return received("2025-03-03"), Entry(kind, day("2025-03-05"), d.Asked("某公司"))


GRANTED = decision("granted", how="电子邮件")


def test_nothing_is_disclosed_while_a_third_party_may_still_speak() -> None:
    assert "意见期限到 2025-03-26，此前不能决定公开（条例第三十二条）" in refused(
        *asked(), answered("2025-03-26", GRANTED)
    )
    assert derive(told(*asked(), answered("2025-03-27", GRANTED))).phase is Phase.ANSWERED


@pytest.mark.parametrize(("coauthor", "position"), [(False, "silent_agency_decides"), (True, "silent_agreed")])
def test_silence_has_opposite_meanings(coauthor: bool, position: str) -> None:  # noqa: FBT001 - a parameter of the test
    found = derive(told(*asked(coauthor=coauthor)), as_of=date(2025, 3, 27))
    assert found.consultations[0].position.value == position


def test_a_reasonable_objection_yields_only_to_public_interest() -> None:
    opinion = Entry(K.THIRD_PARTY_ANSWERED, day("2025-03-10"), d.Opinion("某公司", agrees=False))
    assert "公共利益" in refused(*asked(), opinion, answered("2025-03-11", GRANTED))
    told(*asked(), opinion, answered("2025-03-11", GRANTED, public_interest="涉及公共安全，已书面告知"))


def test_an_opinion_of_nobody_asked_is_refused() -> None:
    opinion = Entry(K.THIRD_PARTY_ANSWERED, day("2025-03-10"), d.Opinion("别人", agrees=True))
    assert refused(*asked(), opinion) == "没有征求过“别人”的意见（条例第三十二条）。"


def test_an_application_ends_only_after_the_applicants_period() -> None:
    notice = Entry(K.CORRECTION_ASKED, day("2025-03-05"), d.CorrectionAsked("名称", day("2025-03-20")))
    ending = d.Ended("other_outcome.not_corrected")
    assert "2025-03-20 才届满" in refused(received("2025-03-03"), notice, Entry(K.ENDED, day("2025-03-20"), ending))
    found = derive(told(received("2025-03-03"), notice, Entry(K.ENDED, day("2025-03-21"), ending)))
    assert (found.phase, found.course.outcome) == (Phase.ENDED, "other_outcome.not_corrected")
    assert [(key, one.way.value) for key, one in found.remedies()] == [("other_outcome.not_corrected", "choice")]
    unpaid = Entry(K.ENDED, day("2025-03-21"), d.Ended("other_outcome.fee_unpaid"))
    assert "与经过不符" in refused(received("2025-03-03"), notice, unpaid)


def test_a_remedy_leads_to_a_new_answer_with_its_clock() -> None:
    order = Entry(K.REANSWER_ORDERED, day("2025-07-02"), d.ReanswerOrdered("复1", day("2025-07-20")))
    ledger = told(
        received("2025-03-03"),
        answered("2025-03-10"),
        served("2025-03-11"),
        filed("2025-04-01"),
        decided("2025-07-01", result=d.RemedyResult.CORRECTED),
        order,
    )
    found = derive(ledger, as_of=date(2025, 7, 3))
    assert [(clock.key, clock.due) for clock in found.to_do] == [("reanswer", date(2025, 7, 20))]
    again = derive(append(ledger, answered("2025-07-10", GRANTED, again=True)))
    assert (again.phase, again.course.outcome) == (Phase.ANSWERED_AGAIN, "not_processed.publication")


def test_a_suit_after_reconsideration_needs_its_result() -> None:
    suit = filed("2025-05-01", "诉1", d.RemedyGroup.LITIGATION_AFTER_RECONSIDERATION)
    assert "须有已经审结的行政复议（行政诉讼法第四十五条）" in refused(
        received("2025-03-03"), filed("2025-04-01"), suit
    )
    assert refused(received("2025-03-03"), filed("2025-04-01"), filed("2025-04-02")).startswith("案号“复1”")
    assert "没有登记过“复2”" in refused(received("2025-03-03"), filed("2025-04-01"), decided("2025-04-02", "复2"))


def test_the_remedy_follows_the_date_of_the_decision_and_the_service() -> None:
    secret = decision("refused.state_secret", reason="定密", classification="秘密")
    found = derive(told(received("2025-06-03"), answered("2025-06-10", secret), served("2025-06-11")))
    assert [(key, one.way.value) for key, one in found.remedies()] == [
        ("refused.state_secret", "reconsideration_first")
    ]
    assert found.remedy_periods()[0][1].reconsideration == date(2025, 8, 11)


def test_a_struck_entry_stays_on_record_and_counts_no_more() -> None:
    ledger = told(received("2025-03-03"), answered("2025-03-10"))
    open_again = append(ledger, Strike(1, date(2025, 3, 11), "误登"))
    assert (len(open_again.records), derive(open_again).phase) == (3, Phase.RUNNING)
    with pytest.raises(LedgerError, match="须写明理由"):
        append(ledger, Strike(1, date(2025, 3, 11), " "))
    with pytest.raises(EventOrderError):
        append(ledger, Strike(0, date(2025, 3, 11), "误登"))


def test_appending_leaves_the_former_ledger_alone() -> None:
    before = told(received("2025-03-03"))
    append(before, answered("2025-03-10"))
    assert len(before.records) == 1


def test_a_ledger_survives_json() -> None:
    for seed in range(100):
        ledger = random_ledger(seed)
        assert from_json(to_json(ledger)) == ledger
    struck = append(told(received("2025-03-03"), answered("2025-03-10")), Strike(1, date(2025, 3, 11), "误登"))
    assert replay("1", from_json(to_json(struck)).records) == struck


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "nothing", "on": "2025-03-03"},
        {"kind": "ended", "on": "x"},
        {"kind": "ended", "on": "2025-03-03", "details": {"a": 1}},
        {"kind": "extended", "on": "2025-03-03", "details": {"days": "3", "approved_by": "科长"}},
        {"kind": "fee-notified", "on": "2025-03-03", "details": {"basis": "hours", "quantity": 1, "amount": "1"}},
    ],
)
def test_what_is_no_record_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(LedgerError, match="台账的记录无法读取"):
        from_json({"schema": "gongkai/ledger/1", "case": "1", "records": [record]})


def test_a_ledger_without_records_or_of_another_schema_is_refused() -> None:
    with pytest.raises(LedgerError, match="缺少编号"):
        from_json({"schema": "gongkai/ledger/1"})
    with pytest.raises(LedgerError, match="不是本系统的台账"):
        from_json({"schema": "other"})
