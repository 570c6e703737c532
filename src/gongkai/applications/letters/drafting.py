"""Filling clauses with facts, keeping account of what is missing and of the law that is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from gongkai.applications.letters.composed import Missing
from gongkai.applications.letters.facts import LetterFacts, printed
from gongkai.applications.letters.kinds import SLOT, Kind, fact
from gongkai.law.provisions import Citation, Provision, in_force

_EDITION = re.compile(r"（\d{4}年[^）]*）$")
# Lengths of periods that a text may quote, and where the law's register has them.
_PERIODS = {
    "answer_days": "answer",
    "third_party_days": "third_party",
    "coauthor_days": "coauthor",
    "fee_days": "fee_payment",
    "reconsideration_days": "reconsideration",
    "litigation_months": "litigation",
    "after_reconsideration_days": "litigation_after_reconsideration",
}


class Drafting:
    """One letter being written. It only grows: `missing` and `used` in the order of the text."""

    def __init__(self, kind: Kind, facts: LetterFacts, *, on: date) -> None:
        self.kind, self.facts, self.on = kind, facts, on
        self.missing: dict[str, Missing] = {}
        self.used: dict[str, Provision] = {}
        self.notes: list[str] = []

    def clause(self, name: str, known: Mapping[str, str] | None = None) -> str:
        """The clause in force on the day of the letter; `known` is what the caller has worked out.

        Raises: NotInForceError where the law had no such clause on that day.
        """
        provision = in_force(f"letter.{name}", on=self.on)
        self.use(provision)
        given = {"law": cited(provision.cites), "you": self.facts.you(self.kind), **(known or {})}
        return SLOT.sub(lambda slot: given[slot[1]] if slot[1] in given else self.slot(slot[1]), str(provision.value))

    def slot(self, name: str) -> str:
        """A period of the law, or a fact."""
        if name in _PERIODS:
            rule = in_force(f"deadline.{_PERIODS[name]}", on=self.on)
            self.use(rule)
            return str(rule.days)
        return self.fact(name)

    def fact(self, name: str, *, optional: bool = False) -> str:
        """The fact as it is printed; where it is not stated, its mark, and an entry in `missing`."""
        told = fact(name)
        text = printed(told, self.facts.values.get(name, ""))
        if text or optional:
            return text
        return self.lack(Missing(name, told.label, told.place))

    def lack(self, one: Missing) -> str:
        """Note what is missing; gives the mark that stands for it."""
        self.missing.setdefault(one.key, one)
        return one.mark

    def use(self, provision: Provision) -> None:
        """Note that the letter rests on a value of the law."""
        self.used.setdefault(provision.name, provision)

    def unconfirmed(self) -> tuple[str, ...]:
        """What nobody has confirmed among the law that is used, for the officer who signs."""
        open_ = (one for one in self.used.values() if not one.confirmed)
        said = (
            f"{one.label}（{one.citation}）未经核对{'：' if one.unverified else ''}{one.unverified}" for one in open_
        )
        return tuple(dict.fromkeys((*self.notes, *said)))

    def provisions(self) -> tuple[str, ...]:
        return tuple(f"{name} {one.since.isoformat()}" for name, one in self.used.items())


def cited(cites: Iterable[Citation]) -> str:
    """Citations as a letter names them: each text once, its articles behind it.

    >>> cited(in_force("outcome.granted", on=date(2025, 1, 1)).cites)
    '《中华人民共和国政府信息公开条例》第三十六条第（一）项、第（二）项'
    """
    places: dict[str, list[str]] = {}
    for cite in cites:
        named = places.setdefault(f"《{_EDITION.sub('', cite.source.title)}》", [])
        said = f"第{cite.article}条"
        repeated = any(place.startswith(said) for place in named)
        named.append(cite.place.removeprefix(said) if repeated else cite.place)
    return "、".join(f"{title}{'、'.join(filter(None, named))}" for title, named in places.items())
