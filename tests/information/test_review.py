"""三审三校: who may sign what, when, and what voids it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gongkai.information.review import DEFAULT_CHAIN, Case, CaseState, ReviewRefused, Step, check_chain

NOW = datetime(2025, 6, 3, 1, 0, tzinfo=UTC)
AUTHORS = frozenset({"author"})
ROLES = {"a": {"reviewer_1"}, "b": {"reviewer_2"}, "c": {"reviewer_3"}, "d": {"confidentiality"}}


def opened() -> Case:
    return Case(steps=DEFAULT_CHAIN, authors=AUTHORS, fingerprint="f1")


def signed(case: Case, person: str, *, seen: str = "f1") -> Case:
    step = case.next_step
    assert step is not None
    return case.sign(person, roles=ROLES[person], at=NOW, seen=seen, checked=step.checklist)


def test_a_case_is_complete_after_three_reviews_and_the_confidentiality_review() -> None:
    case = opened()
    for person in "abcd":
        assert case.state is CaseState.OPEN
        case = signed(case, person)
    assert case.state is CaseState.COMPLETE
    assert case.next_step is None
    assert [act.step for act in case.acts] == ["first", "second", "third", "confidentiality"]


def test_the_author_signs_nothing_whatever_his_roles() -> None:
    refusal = opened().refusal("author", roles={"reviewer_1"})
    assert refusal is not None
    assert refusal.code == "REV-AUTHOR"


def test_nobody_signs_two_steps() -> None:
    case = signed(opened(), "a")
    refusal = case.refusal("a", roles={"reviewer_1", "reviewer_2"})
    assert refusal is not None
    assert refusal.code == "REV-TWICE"


def test_steps_are_signed_in_their_order() -> None:
    with pytest.raises(ReviewRefused, match="现在等待一审一校"):
        signed(opened(), "b")


def test_every_point_has_to_be_confirmed() -> None:
    with pytest.raises(ReviewRefused, match="审核要点尚未逐项确认"):
        opened().sign("a", roles=ROLES["a"], at=NOW, seen="f1", checked=DEFAULT_CHAIN[0].checklist[:-1])


def test_a_signature_on_what_has_meanwhile_changed_is_void() -> None:
    with pytest.raises(ReviewRefused, match="又有变更"):
        signed(opened(), "a", seen="f0")


def test_a_change_of_content_ends_the_case_also_after_the_last_signature() -> None:
    case = opened()
    for person in "abcd":
        case = signed(case, person)
    assert case.content_changed("author", at=NOW, to="f2").state is CaseState.REOPENED
    assert case.content_changed("author", at=NOW, to="f1") is case


def test_a_return_needs_a_reason_and_ends_the_case() -> None:
    with pytest.raises(ReviewRefused, match="退回须写明理由"):
        opened().give_back("a", roles=ROLES["a"], at=NOW, seen="f1", opinion="  ")
    returned = opened().give_back("a", roles=ROLES["a"], at=NOW, seen="f1", opinion="文号有误")
    assert returned.state is CaseState.RETURNED
    assert returned.refusal("a", roles=ROLES["a"]) is not None


def test_a_referral_stops_signing_until_the_answer_is_in() -> None:
    referred = signed(opened(), "a").refer("b", roles=ROLES["b"], at=NOW, seen="f1", opinion="疑似工作秘密")
    assert referred.state is CaseState.UNDETERMINED
    with pytest.raises(ReviewRefused, match="待确定"):
        signed(referred, "b")
    allowed = referred.determine("s", at=NOW, may_open=True, opinion="某保密局复函〔2025〕3号")
    assert allowed.state is CaseState.OPEN
    assert allowed.next_step == DEFAULT_CHAIN[1]
    assert signed(allowed, "b").next_step == DEFAULT_CHAIN[2]


def test_an_answer_against_disclosure_returns_the_item() -> None:
    referred = opened().refer("a", roles=ROLES["a"], at=NOW, seen="f1", opinion="疑点")
    assert referred.determine("s", at=NOW, may_open=False, opinion="复函").state is CaseState.RETURNED


def test_an_answer_needs_its_basis_and_no_author_records_it() -> None:
    referred = opened().refer("a", roles=ROLES["a"], at=NOW, seen="f1", opinion="疑点")
    with pytest.raises(ReviewRefused, match="机关和文号"):
        referred.determine("s", at=NOW, may_open=True, opinion="")
    with pytest.raises(ReviewRefused, match="不能登记确定结果"):
        referred.determine("author", at=NOW, may_open=True, opinion="复函")


def test_only_what_was_signed_can_be_withdrawn() -> None:
    with pytest.raises(ReviewRefused, match="无从撤回"):
        opened().withdraw("c", at=NOW, reason="数据有误")
    case = opened()
    for person in "abcd":
        case = signed(case, person)
    assert case.withdraw("c", at=NOW, reason="数据有误").state is CaseState.WITHDRAWN


def test_a_chain_without_confidentiality_review_is_refused() -> None:
    codes = [
        problem.code for problem in check_chain([Step("a", "一审", "reviewer_1"), Step("a", "二审", "reviewer_2")])
    ]
    assert codes == ["CHAIN-TWICE", "CHAIN-SECRECY"]
    assert [problem.code for problem in check_chain([])] == ["CHAIN-EMPTY", "CHAIN-SECRECY"]
    assert check_chain(DEFAULT_CHAIN) == []
