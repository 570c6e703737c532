"""The kinds of letters as data: title, clauses, rows of the forms, and the facts that each of them needs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.provisions import versions

DECISIONS = "decisions"
FEE_BASIS = "fee_basis"
SLOT = re.compile(r"\{(\w+)\}")
# What every letter that names a remedy asks besides its clauses.
REMEDY_FACTS = ("service_channel", "reconsideration_body", "court", "online_channel")


class LetterKind(StrEnum):
    """In the order of the course of an application; labels stand in `data/kinds.toml`."""

    REGISTRATION = "registration"
    RECEIPT = "receipt"
    CORRECTION_NOTICE = "correction_notice"
    REASONS_NOTICE = "reasons_notice"
    EXTENSION_NOTICE = "extension_notice"
    DELAY_NOTICE = "delay_notice"
    THIRD_PARTY_CONSULTATION = "third_party_consultation"
    THIRD_PARTY_OPINION = "third_party_opinion"
    CONSULTATION_NOTICE = "consultation_notice"
    THIRD_PARTY_DISCLOSURE = "third_party_disclosure"
    COAUTHOR_CONSULTATION = "coauthor_consultation"
    ASSISTANCE = "assistance"
    TRANSFER_NOTICE = "transfer_notice"
    TRANSFER_LIST = "transfer_list"
    FEE_NOTICE = "fee_notice"
    REPLY = "reply"
    ENDING_NOTICE = "ending_notice"
    SERVICE_RECORD = "service_record"
    APPROVAL_SHEET = "approval_sheet"

    @property
    def label(self) -> str:
        return kind_of(self).label


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a letter states. `where`: in which place a missing one is filled in; `form`: how it is read."""

    key: str
    label: str
    where: str
    form: Literal["text", "long", "date", "number", "choice"]
    choices: Mapping[str, str]

    @property
    def place(self) -> str:
        return _PLACES[self.where]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the law's register `letter`; with `when` it stands only where that fact is stated."""

    name: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A label of a form with the fact, the fixed text, or the blank beside it."""

    label: str
    fact: str = ""
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One slot over the whole width, or two beside each other; at least `lines` lines high."""

    slots: tuple[Slot, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Kind:
    """`to`: applicant, other (somebody else) or none (a form of the file). `numbered`: it has a 文号.

    `remedy`: the outcome whose remedy it names although it decides nothing on an item; `matter`: against what.
    """

    key: LetterKind
    label: str
    title: str
    short: str
    to: Literal["applicant", "other", "none"]
    numbered: bool
    clauses: tuple[Clause, ...]
    rows: tuple[Row, ...]
    optional: frozenset[str]
    also: tuple[str, ...]
    remedy: str
    matter: str
    attached: tuple[str, ...]

    @property
    def decides(self) -> bool:
        """Whether it states what is decided on each item."""
        return any(clause.name == DECISIONS for clause in self.clauses)

    @property
    def names_remedy(self) -> bool:
        return self.decides or bool(self.remedy)


_PLACES = {"agency": "机构资料", "case": "申请登记", "ledger": "办理台账", "letter": "本文书"}


def kind_of(key: LetterKind) -> Kind:
    """What a kind consists of.

    >>> kind_of(LetterKind.REPLY).title
    '政府信息公开申请答复书'
    """
    return _kinds()[key]


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the course of an application."""
    return tuple(_kinds()[key] for key in LetterKind)


def fact(key: str) -> Fact:
    """A fact by its key. Raises: KeyError."""
    return _facts()[key]


def is_fact(key: str) -> bool:
    """Whether a slot is filled with a fact of the letter, not with what is worked out or stands in a decision."""
    return key in _facts()


@cache
def facts_of(key: LetterKind) -> tuple[Fact, ...]:
    """The facts that a letter of that kind may state, in the order in which it states them.

    >>> [one.label for one in facts_of(LetterKind.CORRECTION_NOTICE) if one.where == "letter"]
    ['需要补正的事项', '补正的指导和释明', '补正的期限', '联系人', '行政机关联系电话', '附件']
    """
    kind = kind_of(key)
    ends = () if kind.to == "none" else ("contact_person", "agency_phone", "attachments")
    named = [
        *_addressee(kind),
        *(name for clause in kind.clauses for name in (*_slots(clause), clause.when)),
        *(slot.fact for row in kind.rows for slot in row.slots),
        *kind.also,
        *(REMEDY_FACTS if kind.names_remedy else ()),
        *(("query_way",) if kind.decides else ()),
        *ends,
    ]
    return tuple(_facts()[name] for name in dict.fromkeys(["agency", *named]) if is_fact(name))


def _addressee(kind: Kind) -> tuple[str, ...]:
    return {"applicant": ("applicant", "applicant_type"), "other": ("addressee",), "none": ()}[kind.to]


def _slots(clause: Clause) -> Iterator[str]:
    names = {DECISIONS: (), FEE_BASIS: ("fee_items", "fee_pages")}.get(clause.name, (clause.name,))
    if clause.name == FEE_BASIS:
        yield "fee_basis"
    for name in names:
        yield from SLOT.findall(str(versions(f"letter.{name}")[-1].value))


@cache
def _facts() -> dict[str, Fact]:
    return {
        key: Fact(key, told["label"], told["where"], told.get("form", "text"), told.get("choices", {}))
        for key, told in _data()["facts"].items()
    }


@cache
def _kinds() -> dict[LetterKind, Kind]:
    return {LetterKind(key): _kind(LetterKind(key), told) for key, told in _data()["kinds"].items()}


def _kind(key: LetterKind, told: Mapping[str, Any]) -> Kind:
    return Kind(
        key,
        told["label"],
        told["title"],
        told.get("short", ""),
        told["to"],
        told.get("numbered", False),
        tuple(Clause(one) if isinstance(one, str) else Clause(**one) for one in told.get("clauses", [])),
        tuple(map(_row, told.get("rows", []))),
        frozenset(told.get("optional", [])),
        tuple(told.get("also", [])),
        told.get("remedy", ""),
        told.get("matter", ""),
        tuple(told.get("attached", [])),
    )


def _row(told: Sequence[str | int]) -> Row:
    """Labels and facts by turns, then the height in lines; `=` begins a fixed text."""
    words = [str(one) for one in told if not isinstance(one, int)]
    lines = next((one for one in told if isinstance(one, int)), 1)
    slots = (
        Slot(label, fixed=filled[1:]) if filled.startswith("=") else Slot(label, filled)
        for label, filled in zip(words[::2], words[1::2], strict=True)
    )
    return Row(tuple(slots), lines)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.applications.letters") / "data" / "kinds.toml").read_text("utf-8"))
