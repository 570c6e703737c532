"""The 21 outcomes of an application, the exemptions behind the refusals, and what has to be published unasked.

Source: 条例 §14–16, §19–21, §36–39; the form of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.provisions import Provision, in_force, provisions, versions


class Finality(StrEnum):
    """How the case ends: with an answer, or without one because the applicant is taken to have given it up."""

    ANSWERED = "answered"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {"answered": "作出答复", "ended": "不再处理"}[self.value]


class Duty(StrEnum):
    """Whether information must not or need not be disclosed."""

    SHALL = "shall"
    MAY = "may"

    @property
    def label(self) -> str:
        return {"shall": "不予公开", "may": "可以不予公开"}[self.value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the 21 outcomes; `key` is its row in 表三, e.g. `refused.state_secret`."""

    key: str
    label: str
    ordinal: str
    group: str
    finality: Finality
    remedy: str
    provision: Provision

    def row(self, form: str) -> str:
        """Its row in the form `2019` or `2021`: the older one has a single row for （六）其他处理.

        >>> outcome("other_outcome.fee_unpaid", on=date(2025, 1, 1)).row("2019")
        'other_outcome'
        """
        return "other_outcome" if form == "2019" and self.key.startswith("other_outcome.") else self.key


@dataclass(frozen=True, slots=True)
class Exemption:
    """A reason of Art 14–16; `exception` says when the information is disclosed all the same."""

    key: str
    label: str
    duty: Duty
    scope: str
    exception: str
    outcome: str
    provision: Provision


@dataclass(frozen=True, slots=True)
class Obligation:
    """What is published on one's own initiative; `who` is `all`, `city_county` or `township`."""

    key: str
    label: str
    scope: str
    who: str
    provision: Provision


def outcome(key: str, *, on: date) -> Outcome:
    """The outcome as the law had it on that day. Raises: NotInForceError."""
    return _outcome(in_force(f"outcome.{key}", on=on))


def outcomes(*, on: date) -> tuple[Outcome, ...]:
    """Every outcome in force on that day, in the order of the form.

    >>> len(outcomes(on=date(2025, 1, 1)))
    21
    """
    return tuple(_outcome(one) for one in _holding("outcome", on))


def exemptions(*, on: date) -> tuple[Exemption, ...]:
    """Every exemption in force on that day, by article."""
    return tuple(_exemption(one) for one in _holding("exemption", on))


def obligations(*, on: date, who: str | None = None) -> tuple[Obligation, ...]:
    """What has to be published on one's own initiative on that day, by all and by `who` in particular.

    >>> len(obligations(on=date(2025, 1, 1), who="township"))
    22
    """
    found = (_obligation(one) for one in _holding("obligation", on))
    return tuple(one for one in found if who is None or one.who in ("all", who))


def outcome_keys() -> tuple[str, ...]:
    """The keys of all outcomes, in the order of the form."""
    names = dict.fromkeys(one.name for one in provisions("outcome"))
    return tuple(versions(name)[0].key for name in names)


def _holding(register: str, on: date) -> list[Provision]:
    return [one for one in provisions(register) if one.holds(on)]


def _outcome(provision: Provision) -> Outcome:
    terms = provision.terms
    return Outcome(
        provision.key,
        provision.label,
        str(provision.value),
        terms.get("group", ""),
        Finality(terms["finality"]),
        terms["remedy"],
        provision,
    )


def _exemption(provision: Provision) -> Exemption:
    terms = provision.terms
    return Exemption(
        provision.key,
        provision.label,
        Duty(terms["duty"]),
        str(provision.value),
        terms.get("exception", ""),
        terms["outcome"],
        provision,
    )


def _obligation(provision: Provision) -> Obligation:
    return Obligation(provision.key, provision.label, str(provision.value), provision.terms["who"], provision)
