"""What an applicant can do against a decision: by the outcome and the day on which it was made.

The law changed on 2024-01-01 (复议前置 for refusals) and on 2025-06-01 (法释〔2025〕8号): a letter follows its date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.deadlines import litigation_due, reconsideration_due
from gongkai.law.outcomes import outcome as outcome_of
from gongkai.law.provisions import Provision, in_force


class Way(StrEnum):
    CHOICE = "choice"
    RECONSIDERATION_FIRST = "reconsideration_first"
    UNSETTLED = "unsettled"
    APPLY_FIRST = "apply_first"

    @property
    def label(self) -> str:
        return _WAYS[self]


_WAYS = {
    Way.CHOICE: "可以申请行政复议，也可以直接提起行政诉讼",
    Way.RECONSIDERATION_FIRST: "应当先申请行政复议，对复议决定不服的再提起行政诉讼",
    Way.UNSETTLED: "规定尚不明确，由法制机构确定救济途径",
    Way.APPLY_FIRST: "应当先申请获取相关政府信息",
}


class AgencyKind(StrEnum):
    """Who decided; it settles who hears the reconsideration."""

    DEPARTMENT = "department"
    GOVERNMENT = "government"
    VERTICAL = "vertical"


@dataclass(frozen=True, slots=True)
class Remedy:
    """The remedy against a decision of one day. `must_tell`: the letter has to say that reconsideration comes first."""

    way: Way
    body: str
    must_tell: bool
    note: str
    provision: Provision

    @property
    def confirmed(self) -> bool:
        """Whether every part of it was found in the text; if not, `note` or `unverified` say what is open."""
        return self.provision.confirmed


@dataclass(frozen=True, slots=True)
class RemedyDates:
    """The last days, counted from the day the decision reached the applicant."""

    reconsideration: date
    litigation: date | None


def remedy(outcome: str, *, decided_on: date, agency: AgencyKind = AgencyKind.DEPARTMENT) -> Remedy:
    """The remedy that a decision with that outcome, made on that day, has to name.

    >>> remedy("refused.deliberative", decided_on=date(2023, 12, 29)).way.value
    'choice'
    >>> remedy("refused.deliberative", decided_on=date(2024, 1, 2)).way.value
    'reconsideration_first'

    Raises: NotInForceError for an unknown outcome or a decision before 2019-05-15.
    """
    return remedy_of_class(outcome_of(outcome, on=decided_on).remedy, decided_on=decided_on, agency=agency)


def remedy_of_class(key: str, *, decided_on: date, agency: AgencyKind = AgencyKind.DEPARTMENT) -> Remedy:
    """The remedy of a class in `remedies.toml`, e.g. `no_answer`, `proactive_duty`. Raises: NotInForceError."""
    provision = in_force(f"remedy.{key}", on=decided_on)
    terms = provision.terms
    body = terms.get("body", {}).get(agency.value, "")
    return Remedy(Way(str(provision.value)), body, terms.get("must_tell", False), provision.note, provision)


def remedy_dates(way: Way, *, served_on: date) -> RemedyDates:
    """The last day for reconsideration and, where a suit is open at once, for litigation.

    >>> remedy_dates(Way.CHOICE, served_on=date(2025, 3, 3)).litigation
    datetime.date(2025, 9, 3)
    """
    direct = litigation_due(served_on) if way is Way.CHOICE else None
    return RemedyDates(reconsideration_due(served_on), direct)
