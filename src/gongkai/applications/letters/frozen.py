"""A letter and its facts as JSON and back: what is kept of them when the letter is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from gongkai.applications.details import Decision
from gongkai.applications.letters.composed import Composed, FormRow, Missing, Paragraph
from gongkai.applications.letters.facts import LetterFacts
from gongkai.applications.letters.kinds import LetterKind
from gongkai.law.remedies import AgencyKind


def to_json(letter: Composed) -> dict[str, Any]:
    """The letter as plain JSON values."""
    return {**asdict(letter), "kind": letter.kind.value, "on": letter.on.isoformat()}


def from_json(data: Mapping[str, Any]) -> Composed:
    """The letter that `to_json` wrote. Raises: KeyError, ValueError, TypeError for what is none."""
    return Composed(
        **{
            **data,
            "kind": LetterKind(data["kind"]),
            "on": date.fromisoformat(data["on"]),
            "paragraphs": tuple(Paragraph(**one) for one in data["paragraphs"]),
            "rows": tuple(FormRow(tuple((a, b) for a, b in one["pairs"]), one["lines"]) for one in data["rows"]),
            "missing": tuple(Missing(**one) for one in data["missing"]),
            **{name: tuple(data[name]) for name in ("remedy", "closing", "attachments", "notes", "provisions")},
        }
    )


def facts_to_json(facts: LetterFacts) -> dict[str, Any]:
    """The facts as plain JSON values."""
    decisions = [{"item": one.item, "outcome": one.outcome, "facts": dict(one.facts)} for one in facts.decisions]
    return {
        "values": dict(facts.values),
        "decisions": decisions,
        "agency_kind": facts.agency_kind.value,
        "person": facts.person,
    }


def facts_from_json(data: Mapping[str, Any]) -> LetterFacts:
    """The facts that `facts_to_json` wrote. Raises: KeyError, ValueError, TypeError for what is none."""
    decisions = tuple(Decision(**one) for one in data["decisions"])
    return LetterFacts(data["values"], decisions, AgencyKind(data["agency_kind"]), data["person"])
