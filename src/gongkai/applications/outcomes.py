"""What each of the 21 outcomes requires, and the one row of 表三 in which an application counts.

Source: 条例 §36–40; the form's instruction “区分处理的，只计这一情形，不计其他情形”.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.applications.details import Answered, Decision
from gongkai.applications.errors import LedgerError
from gongkai.law.events import EventKind
from gongkai.law.outcomes import Finality, outcome, outcome_keys

PARTLY = "partly_granted"
_DISCLOSED = ("granted", PARTLY)


@dataclass(frozen=True, slots=True)
class Fact:
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What an outcome cannot do without: all `facts`, one whole list of `either`, and an event on record."""

    facts: tuple[Fact, ...]
    either: tuple[tuple[Fact, ...], ...]
    needs: EventKind | None


def requirement(key: str) -> Requirement:
    """What an outcome requires.

    >>> [fact.label for fact in requirement("not_processed.publication").facts]
    ['获取公开出版物的途径']

    Raises: LedgerError for an unknown outcome.
    """
    told = _data()["outcomes"].get(key)
    if told is None:
        raise LedgerError(
            "unknown-outcome", f"没有名为“{key}”的办理结果。", f"可用的名称：{'、'.join(outcome_keys())}。"
        )
    needs = told.get("needs")
    return Requirement(
        _facts(told["facts"]),
        tuple(_facts(names) for names in told.get("either", [])),
        EventKind(needs) if needs else None,
    )


def missing_facts(decision: Decision) -> tuple[str, ...]:
    """The labels of the facts that a decision still lacks; alternatives are joined by “或者”."""
    required = requirement(decision.outcome)
    lacking = [fact.label for fact in required.facts if not _stated(decision, fact)]
    if required.either and not any(all(_stated(decision, f) for f in facts) for facts in required.either):
        lacking.append("，或者".join("和".join(fact.label for fact in facts) for facts in required.either))
    return tuple(lacking)


def check_decisions(answered: Answered, *, on: date, happened: frozenset[EventKind]) -> None:
    """Every item with a lawful outcome and its facts. Raises: LedgerError, NotInForceError."""
    if not answered.decisions:
        raise LedgerError("no-decision", "答复没有对任何一项内容作出处理（条例第三十六条）。", "请逐项选择办理结果。")
    for decision in answered.decisions:
        _check_decision(decision, on, happened)
    counted_outcome(answered)


def counted_outcome(answered: Answered) -> str:
    """The one outcome in which the application counts: items told apart count once, as partly granted.

    >>> items = (Decision("一", "granted"), Decision("二", "unavailable.not_held"))
    >>> counted_outcome(Answered(items))
    'partly_granted'

    Where items end differently and nothing is disclosed the form has no rule: the officer's choice among them, else
    the first in the order of the form. Raises: LedgerError where the choice is not among them.
    """
    found = {decision.outcome for decision in answered.decisions}
    if found & set(_DISCLOSED):
        derived = "granted" if found == {"granted"} else PARTLY
        return _chosen(answered, {derived}) or derived
    return _chosen(answered, found) or next(key for key in outcome_keys() if key in found)


def mixed_without_disclosure(answered: Answered) -> bool:
    """Whether the form leaves open in which row the application counts."""
    found = {decision.outcome for decision in answered.decisions}
    return len(found) > 1 and not found & set(_DISCLOSED)


def _chosen(answered: Answered, among: Iterable[str]) -> str:
    if answered.counted_as and answered.counted_as not in among:
        raise LedgerError(
            "counted-elsewhere",
            f"计入年度报告的办理结果“{answered.counted_as}”不是各项的处理结果，或者应当计为部分公开（条例第三十七条）。",
            "请改选，或者留空由系统确定。",
        )
    return answered.counted_as


def _check_decision(decision: Decision, on: date, happened: frozenset[EventKind]) -> None:
    lacking = missing_facts(decision)
    held = outcome(decision.outcome, on=on)
    if held.finality is Finality.ENDED and decision.outcome != "other_outcome.other":
        raise LedgerError(
            "ends-without-answer",
            f"“{held.label}”不以答复办结（{held.provision.citation}）。",
            f"请登记“{EventKind.ENDED.label}”。",
        )
    if lacking:
        raise LedgerError(
            "facts-missing",
            f"第“{decision.item}”项的“{held.label}”缺少：{'；'.join(lacking)}（{held.provision.citation}）。",
            "请补充后再答复。",
        )
    needs = requirement(decision.outcome).needs
    if needs is not None and needs not in happened:
        raise LedgerError(
            "step-missing",
            f"“{held.label}”之前须有“{needs.label}”（{held.provision.citation}）。",
            f"请先登记“{needs.label}”，或者改选办理结果。",
        )


def _stated(decision: Decision, fact: Fact) -> bool:
    return bool(decision.facts.get(fact.key, "").strip())


def _facts(keys: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(Fact(key, _data()["facts"][key]) for key in keys)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.applications") / "data" / "outcomes.toml").read_text("utf-8"))
