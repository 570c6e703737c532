"""The part of a reply that states what is decided on each item, with its article, facts and reasons."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.applications.details import Decision
from gongkai.applications.letters.composed import Missing, Paragraph
from gongkai.applications.letters.drafting import Drafting
from gongkai.applications.letters.errors import LetterError
from gongkai.applications.letters.facts import in_one_line
from gongkai.applications.letters.kinds import SLOT, LetterKind, is_fact
from gongkai.applications.letters.numbering import in_chinese
from gongkai.applications.outcomes import Fact, requirement
from gongkai.law.outcomes import Finality, outcome
from gongkai.law.provisions import in_force

ALREADY_PUBLIC = "already_public"
"""Of a decision `granted`: the information was published before (条例 §36(1)), not provided now (§36(2))."""


def decided(drafting: Drafting) -> Iterator[Paragraph]:
    """A paragraph for each decision; several stand under numbered headings.

    Raises: LetterError where an outcome does not belong into this kind of letter.
    """
    decisions = drafting.facts.decisions
    if not decisions:
        yield Paragraph(drafting.lack(Missing("decisions", "办理结果", "本文书")))
    for number, decision in enumerate(decisions, 1):
        _check_kind(drafting, decision)
        if len(decisions) > 1:
            yield Paragraph(f"{in_chinese(number)}、关于{_item(drafting, decision, number)}", heading=True)
        yield Paragraph(_finding(drafting, decision, number))


def clause_of(decision: Decision) -> str:
    """The clause of a decision: two outcomes have two each, by 条例 §36(1) or (2), (4) or (5)."""
    if decision.outcome == "granted" and decision.facts.get(ALREADY_PUBLIC, "").strip():
        return "granted_already_public"
    elsewhere = decision.facts.get("other_body", "").strip() and not decision.facts.get("search_record", "").strip()
    if decision.outcome == "unavailable.not_held" and elsewhere:
        return "unavailable.not_held_elsewhere"
    return decision.outcome


def _finding(drafting: Drafting, decision: Decision, number: int) -> str:
    name = clause_of(decision)
    slots = SLOT.findall(str(in_force(f"letter.{name}", on=drafting.on).value))
    labels = _labels(decision.outcome)
    drafting.use(outcome(decision.outcome, on=drafting.on).provision)
    known = {key: _stated(drafting, decision, labels[key], number) for key in slots if key in labels}
    return drafting.clause(name, known)


def _stated(drafting: Drafting, decision: Decision, fact: Fact, number: int) -> str:
    text = in_one_line(decision.facts.get(fact.key, ""))
    item = f"（第{number}项）" if len(drafting.facts.decisions) > 1 else ""
    return text or drafting.lack(Missing(f"decisions.{number}.{fact.key}", f"{fact.label}{item}", "本文书"))


def _item(drafting: Drafting, decision: Decision, number: int) -> str:
    text = in_one_line(decision.item)
    return text or drafting.lack(Missing(f"decisions.{number}.item", f"第{number}项的名称", "本文书"))


def _labels(key: str) -> dict[str, Fact]:
    required = requirement(key)
    alternatives = (fact for facts in required.either for fact in facts)
    return {fact.key: fact for fact in (*required.facts, *alternatives) if not is_fact(fact.key)}


def _check_kind(drafting: Drafting, decision: Decision) -> None:
    held = outcome(decision.outcome, on=drafting.on)
    ends = held.finality is Finality.ENDED and decision.outcome != "other_outcome.other"
    wanted = LetterKind.ENDING_NOTICE if ends else LetterKind.REPLY
    if drafting.kind.key is not wanted:
        raise LetterError(
            "wrong-letter",
            f"“{held.label}”不用{drafting.kind.label}办结（{held.provision.citation}）。",
            f"请改用{wanted.label}，或者改选办理结果。",
        )
