"""What is known when a letter is written: facts as text, and what is decided on each item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.applications.applicants import ApplicantType
from gongkai.applications.details import Decision
from gongkai.applications.letters.kinds import Fact, Kind
from gongkai.documents.text import chinese_date, clean
from gongkai.law.remedies import AgencyKind

_STOPS = "。；;，,、．. 　"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Facts by their key in `data/kinds.toml`; days as 2025-03-01. `person`: somebody else addressed is a person."""

    values: Mapping[str, str]
    decisions: tuple[Decision, ...] = ()
    agency_kind: AgencyKind = AgencyKind.DEPARTMENT
    person: bool = False

    def stated(self, key: str) -> bool:
        return bool(self.values.get(key, "").strip())

    def you(self, kind: Kind) -> str:
        """How the addressee is spoken to."""
        natural = self.values.get("applicant_type") == ApplicantType.NATURAL_PERSON
        return "你" if (natural if kind.to == "applicant" else self.person) else "你单位"


def printed(fact: Fact, value: str) -> str:
    """The fact as a letter prints it; nothing where it is not stated or no such day, number or choice.

    Lines become one, joined by “；”, and a stop at the end goes: the clause brings its own.
    """
    text = in_one_line(value)
    if fact.form == "date":
        return chinese_date(day_of(text))
    if fact.form == "number":
        return text if text.isascii() and text.isdigit() else ""
    if fact.form == "choice":
        return fact.choices.get(text, "")
    if fact.key == "applicant_type":
        return ApplicantType(text).label if text in set(ApplicantType) else text
    return text


def in_one_line(value: str) -> str:
    """Lines joined by “；”, without the stop at the end of each.

    >>> in_one_line("检索了档案系统。\\n检索了办公系统。")
    '检索了档案系统；检索了办公系统'
    """
    lines = (clean(line).strip().rstrip(_STOPS) for line in value.splitlines())
    return "；".join(line for line in lines if line)


def day_of(text: str) -> date | None:
    """The day, or None for what is no day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
