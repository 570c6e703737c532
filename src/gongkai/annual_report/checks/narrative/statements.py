"""A number of the text held against the readings of the tables: agreement, a part of the whole, or a contradiction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.figures import Figures, Reading
from gongkai.annual_report.checks.narrative.sentences import Quantity, Sentence
from gongkai.annual_report.checks.narrative.wording import Scope, is_body, names_agency, scope
from gongkai.annual_report.model import Report


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says about a figure of the tables.

    `readings` are the values that fair readings of the tables give, the plainest first. `rest` is what the sentence
    says beside neutral words: a name, or a qualifier that makes the number a part. `partial` says that the number is
    a part in any case (其中…). `ceiling` is what no part can exceed; without `part_warns` a part may be somebody
    else's and exceed it. `names_year` says that 上年 belongs to the figure's name (上年结转). `rows` are the readings
    as rows of 表三, to be counted again from their columns. `severity` is meant for a contradiction without any
    excuse; `below` for a number that is merely smaller than the table's.
    """

    subject: str
    where: str
    code: str
    readings: Sequence[int]
    ceiling: int
    rest: str = ""
    partial: bool = False
    part_warns: bool = True
    names_year: bool = False
    rows: Sequence[Reading] = ()
    severity: Severity = Severity.ERROR
    below: Severity | None = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total, the items listed after it, and what was learned on the way.

    `wholes` are all totals that the items may add up to; `certain` is False where the total stands in the sentence
    before. `closed` says that the list claims to be complete. `kin` are the numbers of all items, 件 among 条 too;
    `gap` counts the characters between the total and the list.
    """

    sentence: Sentence
    total: Quantity
    wholes: frozenset[int]
    items: tuple[Quantity, ...]
    labels: tuple[str, ...]
    kin: tuple[int, ...]
    gap: int
    certain: bool
    closed: bool
    open: bool


@dataclass(slots=True)
class Context:
    """What every audit looks at: the report, its figures and its sentences, and the report of the year before.

    `breakdowns` is filled by the first audit that looks for lists.
    """

    report: Report
    figures: Figures
    sentences: list[Sentence]
    previous: Report | None = None
    breakdowns: list[Breakdown] | None = None


def judge(context: Context, sentence: Sentence, quantity: Quantity, claim: Claim) -> Finding | None:
    """The finding, if `quantity` fits no fair reading of the tables."""
    if not claim.readings or not quantity.exact or quantity.value in claim.readings:
        return None
    if claim.rows and quantity.value in context.figures.recounted(claim.rows):
        return None
    severity = _severity(context, sentence, quantity, claim)
    return None if severity is None else _finding(context, sentence, quantity, claim, severity)


def _severity(context: Context, sentence: Sentence, quantity: Quantity, claim: Claim) -> Severity | None:
    whose = scope(sentence, quantity, context.report)
    if whose is Scope.OTHER and not claim.names_year:
        return None
    above = quantity.value > max(claim.ceiling, *claim.readings)
    named = names_agency(claim.rest, context.report)
    if claim.rest and not named and is_body(claim.rest):
        return None  # another body's number, or a name that cannot be told from one
    if whose is Scope.WIDER:
        return Severity.WARNING if quantity.value < min(claim.readings) else None
    if whose is Scope.NARROWER or claim.partial or (claim.rest and not named):
        return Severity.WARNING if above and claim.part_warns else None
    return claim.severity if above else claim.below


def _finding(context: Context, sentence: Sentence, quantity: Quantity, claim: Claim, severity: Severity) -> Finding:
    if severity is Severity.ERROR and context.figures.uncertain(claim.code):
        severity = Severity.WARNING
    return entry(_CODES[claim.code]).finding(
        sentence.place,
        left=quantity.value,
        right=claim.readings[0],
        severity=severity,
        quote=sentence.printed,
        subject=claim.subject,
        where=claim.where,
        unit=quantity.unit,
        readings="或 ".join(f"{value} " for value in claim.readings[:2]).strip(),
    )


# Tables of the form (the first part of a cell's path) and the codes that speak of them.
_CODES = {"applications": "TEXT-APPLICATIONS", "remedies": "TEXT-REMEDIES", "proactive": "TEXT-PROACTIVE"}
