"""Answering: the seven questions, outcomes item by item, the facts that each requires."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from office_screens import address_of, confirm, text_of

from gongkai_web.applications.models import Case

pytestmark = pytest.mark.django_db


def test_the_facts_of_the_chosen_outcome_are_asked_for(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    page = desk.get(address_of(case, "answer/answered/?outcome=refused.deliberative"))
    assert list(page.context["form"].items[0].fields) == ["item", "outcome", "fact-reason", "fact-category"]


def test_several_items_with_different_outcomes_are_answered_with_severance(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    case = make_case()
    said = {
        "on": "2025-03-20", "items": "2",
        "item0-item": "招标公告", "item0-outcome": "granted", "item0-fact-how": "随函寄送复印件",
        "item1-item": "评标报告", "item1-outcome": "refused.deliberative",
        "item1-fact-reason": "属于内部讨论记录", "item1-fact-category": "讨论记录",
    }  # fmt: skip
    confirm(desk, case, "answer/answered/", **said)
    case.refresh_from_db()
    assert (case.outcome, case.phase) == ("partly_granted", "answered")
    page = text_of(desk.get(address_of(case)))
    assert "应当先申请行政复议" in page


def test_a_fact_that_the_outcome_requires_is_missed(desk: Client, make_case: Callable[..., Case]) -> None:
    said = {"on": "2025-03-20", "items": "1", "item0-item": "一", "item0-outcome": "unavailable.not_held",
            "item0-fact-reason": "没有制作过", "seen": 1, "key": "k", "act": "preview"}  # fmt: skip
    answer = desk.post(address_of(make_case(), "answer/answered/"), said)
    assert answer.status_code == 422
    assert "缺少：检索记录（检索的范围、方法和经过），或者负责公开的机关名称" in text_of(answer)


def test_items_are_added_and_taken_away_without_losing_what_was_written(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    case = make_case()
    said = {"items": "1", "item0-item": "招标公告", "item0-outcome": "granted", "seen": 1, "key": "k"}
    more = desk.post(address_of(case, "answer/answered/"), {**said, "act": "more"})
    assert len(more.context["form"].items) == 2
    assert "招标公告" in text_of(more)
    fewer = desk.post(address_of(case, "answer/answered/"), {**said, "items": "2", "act": "fewer"})
    assert len(fewer.context["form"].items) == 1


def test_the_seven_questions_lead_to_an_outcome_and_its_form(desk: Client, make_case: Callable[..., Case]) -> None:
    case = make_case()
    first = desk.get(address_of(case, "questions/"))
    assert first.context["question"].name == "补不补"
    answers = "complete=complete&is_application=yes&whose=ours&exists=not_found"
    page = desk.get(address_of(case, f"questions/?{answers}"))
    assert [one["outcome"].key for one in page.context["outcomes"]] == ["unavailable.not_held"]
    last = desk.get(address_of(case, f"questions/?{answers}&answer=ready"))
    assert f"{address_of(case, 'answer/answered/')}?outcome=unavailable.not_held" in text_of(last)


def test_an_answer_that_a_question_does_not_have_is_not_found(desk: Client, make_case: Callable[..., Case]) -> None:
    assert desk.get(address_of(make_case(), "questions/?complete=nonsense")).status_code == 404
