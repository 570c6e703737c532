"""What a letter takes over from an earlier one of the same case, so that nobody types it twice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.applications.letters import LetterKind, kind_of
from gongkai.law.outcomes import outcome
from gongkai_web.applications.models import Case, Letter, LetterState

# Kind → the kind it goes with, and which of its facts are which of that one's.
_SOURCES: dict[LetterKind, tuple[LetterKind, Mapping[str, str]]] = {
    LetterKind.THIRD_PARTY_OPINION: (
        LetterKind.THIRD_PARTY_CONSULTATION,
        {"consulted": "addressee", "consulted_content": "consulted_content"},
    ),
    LetterKind.THIRD_PARTY_DISCLOSURE: (
        LetterKind.THIRD_PARTY_CONSULTATION,
        {"addressee": "addressee", "consulted_content": "consulted_content"},
    ),
    LetterKind.TRANSFER_LIST: (
        LetterKind.TRANSFER_NOTICE,
        {name: name for name in ("transfer_reason", "transfer_body", "transfer_contact")},
    ),
}


def said(letter: Letter) -> dict[str, Any]:
    """What the officer has filled in: `values`, `decisions`, `person`, `counted_as`."""
    found: dict[str, Any] = json.loads(letter.facts) if letter.facts else {}
    return found


def from_letters(case: Case, kind: LetterKind) -> dict[str, str]:
    """The facts that an earlier letter of the case has stated."""
    letters = Letter.objects.filter(case=case).exclude(state=LetterState.VOID).order_by("-id")
    if kind is LetterKind.SERVICE_RECORD:
        return _what_is_served(letters.exclude(number="").first())
    if kind is LetterKind.APPROVAL_SHEET:
        return _what_is_proposed(letters.filter(kind=LetterKind.REPLY.value).first())
    if kind not in _SOURCES:
        return {}
    source, names = _SOURCES[kind]
    former = letters.filter(kind=source.value).first()
    if former is None:
        return {}
    values = said(former).get("values", {})
    return {"served_number": former.number, **{name: values.get(other, "") for name, other in names.items()}}


def _what_is_served(letter: Letter | None) -> dict[str, str]:
    if letter is None:
        return {}
    channel = said(letter).get("values", {}).get("service_channel", "")
    found = {"served_title": kind_of(letter.letter_kind).title, "served_number": letter.number}
    return {**found, "service_channel": channel} if channel else found


def _what_is_proposed(letter: Letter | None) -> dict[str, str]:
    decisions = said(letter).get("decisions", []) if letter is not None else []
    held = [(one["item"], outcome(one["outcome"], on=timezone.localdate())) for one in decisions]
    several = len(held) > 1
    return {
        "result": "\n".join(f"{item}：{one.label}" if several else one.label for item, one in held),
        "basis": "\n".join(dict.fromkeys(one.provision.citation for _, one in held)),
    }
