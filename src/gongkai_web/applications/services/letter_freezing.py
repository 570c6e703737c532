"""Fixing a letter: number, text and digest, which never change again; and reading what was fixed."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.applications.letters import Composed, LetterFacts, compose
from gongkai.applications.letters.frozen import facts_from_json, facts_to_json, from_json, to_json
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import Letter, LetterSettings, LetterState
from gongkai_web.applications.services import letter_events
from gongkai_web.applications.services.letter_facts import facts_for
from gongkai_web.applications.services.letter_sources import said
from gongkai_web.applications.services.numbers import next_number

SERIES = "letter"


class LetterRefused(CaseRefused):
    """The letter cannot do this as it stands."""


def fix(held: Letter, on: date, *, numbered: bool) -> None:
    """Number, text, digest and law of a letter, as of a day. Raises: LetterRefused, LetterError, LawError."""
    if on > timezone.localdate():
        raise LetterRefused("LETTER-DAY", f"落款日期 {on.isoformat()} 晚于今天。", "请改正落款日期。")
    facts = facts_for(held)
    if numbered and held.told.numbered:
        held.year, held.serial = on.year, next_number(held.agency, on.year, SERIES)
        held.number = f"{_prefix(held)}〔{held.year}〕{held.serial}号"
    composed = compose(held.letter_kind, facts, on=on, number=held.number)
    require_complete(composed)
    if numbered:
        letter_events.rehearse(held, facts, counted_as=said(held).get("counted_as", ""))
    kept = {
        "salt": secrets.token_hex(16),
        "letter": to_json(composed),
        "facts": facts_to_json(facts),
        "counted_as": said(held).get("counted_as", ""),
    }
    held.frozen = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    held.digest, held.law, held.dated = digest(held.frozen), list(composed.provisions), on
    held.state = LetterState.SIGNED
    held.save(
        update_fields=[
            "signed_by", "signed_at", "year", "serial", "number", "frozen", "digest", "law", "dated", "state",
        ]
    )  # fmt: skip


def unfrozen(letter: Letter) -> tuple[Composed, dict[str, Any]]:
    """What was signed, and what was kept with it. Raises: LetterRefused where it was erased or changed."""
    if not letter.frozen:
        raise LetterRefused("LETTER-ERASED", f"{letter}的内容已随申请人信息清除。", "可以查看台账中的办理记录。")
    if digest(letter.frozen) != letter.digest:
        raise LetterRefused("LETTER-DIGEST", f"{letter}的内容与签发时的摘要不符，被改动过。", "请报告系统管理员。")
    kept = json.loads(letter.frozen)
    return from_json(kept["letter"]), kept


def signed_facts(letter: Letter) -> tuple[LetterFacts, str]:
    """The facts it was signed with, and the outcome chosen for the report. Raises: LetterRefused."""
    kept = unfrozen(letter)[1]
    return facts_from_json(kept["facts"]), kept["counted_as"]


def digest(text: str) -> str:
    """SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def _prefix(letter: Letter) -> str:
    settings = LetterSettings.objects.filter(agency=letter.agency).first()
    return settings.prefix if settings and settings.prefix else f"{letter.agency.short_name}公开"


def require_complete(composed: Composed) -> None:
    """Raises: LetterRefused naming what is missing and where it is filled in."""
    if composed.missing:
        lacking = "；".join(f"{one.label}（在“{one.place}”填写）" for one in composed.missing)
        raise LetterRefused("LETTER-MISSING", f"文书缺少：{lacking}。", "请补充后再办。")
