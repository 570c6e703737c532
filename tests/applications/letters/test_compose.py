"""What letters say: complete or marked, by the law of their day, each outcome with its article and remedy."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_facts import ENDINGS, VERSIONS, complete, decision

from gongkai.applications.details import Decision
from gongkai.applications.letters import (
    Composed,
    LetterError,
    LetterFacts,
    LetterKind,
    compose,
    facts_of,
    kind_of,
    kinds,
)
from gongkai.applications.letters.drafting import cited
from gongkai.applications.letters.frozen import facts_from_json, facts_to_json, from_json, to_json
from gongkai.applications.letters.kinds import DECISIONS, FEE_BASIS, SLOT
from gongkai.law.errors import NotInForceError
from gongkai.law.outcomes import outcome, outcome_keys, outcomes
from gongkai.law.provisions import provisions, versions

BAD = ("{", "}", "None", "（）", "〔〕", "《》", "【", "。。", "；。", "：。", "，。", "  ")
REFUSALS = [key for key in outcome_keys() if key.startswith("refused.") and key != "refused.administrative_query"]
CHOICES = [key for key in outcome_keys() if not key.startswith("refused.") and key not in ("partly_granted", *ENDINGS)]


def letter(outcome_key: str, on: date, **values: str) -> Composed:
    kind = LetterKind.ENDING_NOTICE if outcome_key in ENDINGS else LetterKind.REPLY
    facts = complete(kind, outcome_key)
    return compose(kind, replace(facts, values={**facts.values, **values}), on=on, number="云卫公开〔2025〕1号")


def first_day(kind: LetterKind) -> date:
    return date(2021, 1, 1) if kind is LetterKind.FEE_NOTICE else date(2019, 5, 15)


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("on", VERSIONS)
def test_every_kind_of_every_version_is_whole_or_says_what_it_lacks(kind: LetterKind, on: date) -> None:
    if on < first_day(kind):
        with pytest.raises(NotInForceError):
            compose(kind, complete(kind), on=on)
        return
    whole = compose(kind, complete(kind), on=on, number="云卫公开〔2025〕1号")
    assert whole.missing == ()
    assert [bad for bad in BAD if bad in whole.text] == []
    bare = compose(kind, LetterFacts({}), on=on)
    assert not bare.complete
    assert all(one.mark in bare.text for one in bare.missing if one.key != "approved_by")
    assert [bad for bad in ("{", "}", "None") if bad in bare.text] == []


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(list(LetterKind)), on=st.sampled_from(VERSIONS), data=st.data())
def test_a_letter_is_complete_exactly_when_nothing_is_marked(kind: LetterKind, on: date, data: st.DataObject) -> None:
    if on < first_day(kind):
        return
    facts = complete(kind)
    kept = data.draw(st.sets(st.sampled_from(sorted(facts.values)), max_size=len(facts.values)))
    made = compose(kind, replace(facts, values={key: facts.values[key] for key in kept}), on=on)
    # Who consented to an extension is recorded and not told.
    marks = made.text.count("【待填：")
    assert made.complete == (marks == 0 and not any(one.key == "approved_by" for one in made.missing))
    assert all(one.label and one.place for one in made.missing)


@pytest.mark.parametrize("key", outcome_keys())
@pytest.mark.parametrize("on", [date(2023, 12, 29), date(2024, 1, 2), date(2025, 5, 30), date(2025, 6, 3)])
def test_each_outcome_names_its_article(key: str, on: date) -> None:
    made = letter(key, on)
    articles = {cite.place or cite.source.title for cite in outcome(key, on=on).provision.cites}
    assert any(article in made.text for article in articles), articles
    assert made.complete


@pytest.mark.parametrize("key", REFUSALS)
def test_refusals_go_to_reconsideration_first_since_2024(key: str) -> None:
    before, after, since_2025 = (letter(key, on) for on in (date(2023, 12, 29), date(2024, 1, 2), date(2025, 6, 3)))
    assert "也可以自收到本答复书之日起6个月内直接向某项内容提起行政诉讼" in before.remedy[0]
    assert "应当先申请行政复议：自收到本答复书之日起60日内" in after.remedy[0]
    assert "直接" not in "".join(after.remedy)
    assert "适用法律若干问题的解释》第一条" not in after.remedy[0]
    assert "适用法律若干问题的解释》第一条" in since_2025.remedy[0]
    assert "第二十三条" in since_2025.remedy[0]


@pytest.mark.parametrize("key", [*CHOICES, *ENDINGS])
@pytest.mark.parametrize("on", [date(2023, 12, 29), date(2024, 1, 2), date(2025, 6, 3)])
def test_the_other_outcomes_leave_the_choice(key: str, on: date) -> None:
    assert "提起行政诉讼" in letter(key, on).remedy[0]
    assert "应当先" not in "".join(letter(key, on).remedy)


def test_what_is_withheld_in_part_goes_to_reconsideration_first_and_the_rest_does_not() -> None:
    first, choice, _ = letter("partly_granted", date(2025, 6, 3)).remedy
    assert first.startswith("你对本答复中不予公开的部分不服的")
    assert "应当先申请行政复议" in first
    assert choice.startswith("你对本答复中其他部分不服的")
    assert "也可以" in choice
    assert len(letter("partly_granted", date(2023, 12, 29)).remedy) == 1


def test_several_items_stand_under_headings_and_their_remedies_apart() -> None:
    decided = (
        decision("granted", "甲"),
        decision("refused.deliberative", "乙"),
        decision("unavailable.not_held", "丙"),
    )
    facts = replace(complete(LetterKind.REPLY), decisions=decided)
    made = compose(LetterKind.REPLY, facts, on=date(2025, 6, 3))
    assert [one.text for one in made.paragraphs if one.heading] == ["一、关于甲", "二、关于乙", "三、关于丙"]
    assert made.remedy[0].startswith("你对本答复第一项、第三项不服的")
    assert made.remedy[1].startswith("你对本答复第二项不服的")
    assert "应当先申请行政复议" in made.remedy[1]


def test_where_the_law_is_unsettled_a_lawyer_chooses() -> None:
    open_ = letter("refused.administrative_query", date(2025, 6, 3), query_way="")
    assert [one.key for one in open_.missing] == ["query_way"]
    assert any("由法制机构确定" in note for note in open_.notes)
    told = letter("refused.administrative_query", date(2025, 6, 3), query_way="reconsideration_first")
    assert "应当先申请行政复议" in told.remedy[0]
    assert letter("refused.administrative_query", date(2023, 12, 29), query_way="").complete


@pytest.mark.parametrize(("on", "named"), [(date(2023, 12, 29), False), (date(2024, 1, 2), True)])
def test_served_over_the_net_the_way_to_reconsideration_there_is_named_since_2024(on: date, named: bool) -> None:  # noqa: FBT001
    made = letter("granted", on, online_channel="省行政复议服务平台")
    assert ("省行政复议服务平台" in "".join(made.remedy)) is named
    by_post = letter("granted", on, service_channel="post", online_channel="")
    assert by_post.complete


def test_already_published_information_is_told_by_another_article_than_what_is_provided_now() -> None:
    published = Decision("全部", "granted", {"how": "见本机关网站", "already_public": "on"})
    facts = replace(complete(LetterKind.REPLY), decisions=(published,))
    made = compose(LetterKind.REPLY, facts, on=date(2025, 6, 3))
    assert "第三十六条第（一）项" in made.text
    assert "第三十六条第（二）项" in letter("granted", date(2025, 6, 3)).text


def test_no_such_information_states_the_search_and_not_ours_names_the_other_body() -> None:
    searched = Decision("全部", "unavailable.not_held", {"reason": "未制作", "search_record": "检索了档案系统。"})
    theirs = Decision(
        "全部", "unavailable.not_held", {"reason": "属于其职责", "other_body": "市水务局", "other_contact": "0000-1"}
    )
    told = [
        compose(LetterKind.REPLY, replace(complete(LetterKind.REPLY), decisions=(one,)), on=date(2025, 6, 3)).text
        for one in (searched, theirs)
    ]
    assert "检索情况：检索了档案系统。根据《中华人民共和国政府信息公开条例》第三十六条第（四）项" in told[0]
    assert "第（五）项的规定，现告知负责公开该信息的机关：市水务局；联系方式：0000-1。" in told[1]


def test_a_reply_is_no_ending_and_an_ending_no_reply() -> None:
    with pytest.raises(LetterError, match="不用答复书办结"):
        compose(LetterKind.REPLY, LetterFacts({}, (decision(ENDINGS[0]),)), on=date(2025, 6, 3))
    with pytest.raises(LetterError, match="不用不再处理告知书办结"):
        compose(LetterKind.ENDING_NOTICE, LetterFacts({}, (decision("granted"),)), on=date(2025, 6, 3))


def test_an_organisation_is_spoken_to_as_one() -> None:
    assert "收到你单位提交的" in letter("granted", date(2025, 6, 3), applicant_type="enterprise").text
    assert "收到你提交的" in letter("granted", date(2025, 6, 3)).text


@pytest.mark.parametrize(
    ("basis", "before", "quantity", "bands", "total"),
    [
        (
            "items",
            "8",
            "25",
            "第11至第30件，共20件，每件100元，计2000元；第31至第33件，共3件，每件200元，计600元",
            "2600",
        ),
        ("items", "40", "1", "第41件，每件300元，计300元", "300"),
        ("pages", "", "68", "第1至第30页，共30页，不收取费用；第31至第68页，共38页，每页10元，计380元", "380"),
    ],
)
def test_a_fee_notice_adds_up_the_bands(basis: str, before: str, quantity: str, bands: str, total: str) -> None:
    facts = complete(LetterKind.FEE_NOTICE)
    values = {**facts.values, "fee_basis": basis, "fee_before": before, "fee_quantity": quantity}
    text = compose(LetterKind.FEE_NOTICE, LetterFacts(values), on=date(2025, 6, 3)).text
    assert f"{bands}。应缴信息处理费{total}元。" in text


def test_a_fee_of_nothing_is_not_notified() -> None:
    values = {**complete(LetterKind.FEE_NOTICE).values, "fee_basis": "pages", "fee_quantity": "30"}
    with pytest.raises(LetterError, match="不发收费通知书"):
        compose(LetterKind.FEE_NOTICE, LetterFacts(values), on=date(2025, 6, 3))


@pytest.mark.parametrize("kind", [LetterKind.THIRD_PARTY_CONSULTATION, LetterKind.THIRD_PARTY_OPINION])
def test_a_third_party_does_not_learn_who_applies(kind: LetterKind) -> None:
    assert not {fact.key for fact in facts_of(kind)} & {"applicant", "applicant_contact", "case_number", "subject"}


def test_braces_in_a_fact_stay_text() -> None:
    made = letter("granted", date(2025, 6, 3), subject="{law} {court} 文件")
    assert "申请公开：{law} {court} 文件。" in made.text


@pytest.mark.parametrize(("value", "missing"), [("2025-02-30", True), ("下周", True), ("2025-02-28", False)])
def test_what_is_no_day_is_missing(value: str, missing: bool) -> None:  # noqa: FBT001 - of one row
    facts = {**complete(LetterKind.CORRECTION_NOTICE).values, "correction_until": value}
    made = compose(LetterKind.CORRECTION_NOTICE, LetterFacts(facts), on=date(2025, 2, 20))
    assert made.complete is not missing


@pytest.mark.parametrize("kind", list(LetterKind))
def test_frozen_and_thawed_it_is_the_same_letter(kind: LetterKind) -> None:
    made, facts = compose(kind, complete(kind), on=date(2025, 6, 3)), complete(kind)
    assert from_json(json.loads(json.dumps(to_json(made)))) == made
    assert facts_from_json(json.loads(json.dumps(facts_to_json(facts)))) == facts


def test_every_clause_is_used_by_a_kind() -> None:
    named = {clause.name for kind in kinds() for clause in kind.clauses} - {DECISIONS, FEE_BASIS}
    decided = {*outcome_keys(), "granted_already_public", "unavailable.not_held_elsewhere"}
    worked_out = {"fee_items", "fee_pages", "remedy_choice", "remedy_first", "remedy_online"}
    assert {one.key for one in provisions("letter")} == named | decided | worked_out


def test_every_outcome_of_every_version_has_its_clause_in_force() -> None:
    lacking = [
        (one.key, on) for on in VERSIONS for one in outcomes(on=on) if not versions(f"letter.{one.key}")[0].holds(on)
        and not any(value.holds(on) for value in versions(f"letter.{one.key}"))
    ]  # fmt: skip
    assert lacking == []


def test_a_clause_never_names_an_article_beside_its_citation() -> None:
    named = [one.name for one in provisions("letter") if "第" in SLOT.sub("", str(one.value)).replace("第三方", "")]
    assert named == []
    silent = {one.key for one in provisions("letter") if "{law}" not in str(one.value)}
    assert silent == {
        "received", "receipt_tracking", "correction_guidance", "transfer_done", "third_party_told", "assistance_until",
    }  # fmt: skip


@pytest.mark.parametrize("edition", ["2017", "2023"])
def test_a_letter_cites_a_law_without_its_edition(edition: str) -> None:
    on = date(2023, 6, 1) if edition == "2017" else date(2024, 6, 1)
    text = cited(next(one for one in versions("letter.remedy_choice") if one.holds(on)).cites)
    assert "《中华人民共和国行政复议法》第" in text
    assert edition not in text


def test_the_kinds_are_those_of_the_document_set() -> None:
    labels = "、".join(kind_of(kind).label for kind in LetterKind)
    assert labels == (
        "登记表、接收回执、补正告知书、说明理由告知书、延期答复告知书、延迟答复告知书、征求意见书（第三方）、征求意见确认函、"
        "征求意见告知书（申请人）、依申请公开告知书（第三方）、征求意见书（共同制作机关）、协办函、移送告知书、移送明细表、"
        "收费通知书、答复书、不再处理告知书、送达回证、审查呈批单"
    )
