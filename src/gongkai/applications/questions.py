"""The seven questions of handling (七步) as data: complete? an application? whose? exists? may be given? how? answer.

Source: 条例 §10, §14–16, §29–42. Answers narrow the 21 outcomes down; the officer decides.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.applications.errors import LedgerError
from gongkai.law.events import EventKind


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: a further question, the outcomes left, an event to record; at least one of them."""

    key: str
    label: str
    next: str | None
    outcomes: tuple[str, ...]
    event: EventKind | None


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    name: str
    text: str
    article: str
    answers: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Where the answers lead: the next question to put, the outcomes left, the event to record; see `questions`."""

    next: Question | None
    outcomes: tuple[str, ...]
    event: EventKind | None


@cache
def questions() -> tuple[Question, ...]:
    """The seven, in order.

    >>> [question.name for question in questions()]
    ['补不补', '是不是', '谁负责', '有没有', '给不给', '怎么给', '怎么答']
    """
    text = (files("gongkai.applications") / "data" / "questions.toml").read_text("utf-8")
    return tuple(
        Question(one["key"], one["name"], one["text"], one["article"], tuple(map(_choice, one["answers"])))
        for one in tomllib.loads(text)["questions"]
    )


def find(answers: Mapping[str, str]) -> Findings:
    """Where the answers given so far lead; `answers` maps a question to the chosen answer.

    >>> found = find({"complete": "complete", "is_application": "yes", "whose": "theirs"})
    >>> found.outcomes, found.next.name
    (('unavailable.not_held',), '怎么答')

    Raises: LedgerError for an answer that the question does not have.
    """
    question: Question | None = questions()[0]
    outcomes: tuple[str, ...] = ()
    event = None
    while question is not None and question.key in answers:
        choice = _chosen(question, answers[question.key])
        outcomes, event = choice.outcomes or outcomes, choice.event
        question = _named(choice.next) if choice.next else None
    return Findings(question, outcomes, event)


def _chosen(question: Question, key: str) -> Choice:
    for choice in question.answers:
        if choice.key == key:
            return choice
    known = "、".join(choice.label for choice in question.answers)
    raise LedgerError("unknown-answer", f"“{question.name}”没有“{key}”这一选项。", f"可以选择：{known}。")


def _named(key: str) -> Question:
    return next(question for question in questions() if question.key == key)


def _choice(told: dict[str, object]) -> Choice:
    outcomes, event = told.get("outcomes", []), told.get("event")
    return Choice(
        str(told["key"]),
        str(told["label"]),
        str(told["next"]) if "next" in told else None,
        tuple(str(one) for one in outcomes) if isinstance(outcomes, list) else (),
        EventKind(str(event)) if event else None,
    )
