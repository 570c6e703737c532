"""The course of an application as the annual report sees it: when it came in, when and how it was closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications.applicants import ApplicantType
from gongkai.applications.details import Answered, Ended, Received
from gongkai.applications.entry import Entry
from gongkai.applications.outcomes import counted_outcome, mixed_without_disclosure
from gongkai.law.events import EventKind

_OTHER = "other_outcome.other"
_CLOSING = (
    EventKind.ANSWERED,
    EventKind.ENDED,
    EventKind.WITHDRAWN,
    EventKind.TRANSFERRED,
    EventKind.MERGED,
)
# Rules of counting that no text which was read confirms; the screens and the report say so.
UNVERIFIED = {
    "year_of_receipt": "申请按收到之日所在年度计入新收，按作出答复之日所在年度计入办理结果",
    "year_of_split": "拆分而来的申请按拆分之日所在年度计入新收，原申请照计一件",
    "merged": "收到当年并案的不计数；以后年度并案的计入其他处理的“其他”",
    "transferred": "移送其他机关的计入其他处理的“其他”",
    "withdrawn": "撤回的计入其他处理的“其他”",
    "mixed": "各项结果不同且均未公开的，只计一种结果",
    "reanswer": "复议、诉讼后重新答复的不再计入新收和办理结果",
    "pending": "尚未审结以12月31日的状态为准，上诉后重新计为尚未审结",
}


@dataclass(frozen=True, slots=True)
class Course:
    """`entered_on`: the day by which it counts as new; `closed_on` None while open; `outcome` its row of 表三.

    `counted` is False for an application that was merged in the year in which it came: it is counted where it went.
    `unverified` names the rules of counting that it rests on.
    """

    applicant: ApplicantType
    entered_on: date
    closed_on: date | None
    outcome: str | None
    counted: bool
    unverified: tuple[str, ...]


def course(entries: tuple[Entry, ...]) -> Course | None:
    """The course that the entries tell; None before the receipt."""
    if not entries or not isinstance(entries[0].details, Received):
        return None
    received = entries[0].details
    entered = received.split_on or entries[0].on
    closing = next((entry for entry in entries if entry.kind in _CLOSING), None)
    merged = closing is not None and closing.kind is EventKind.MERGED and closing.on.year == entered.year
    return Course(
        received.applicant,
        entered,
        closing.on if closing else None,
        _outcome(closing) if closing else None,
        not merged,
        tuple(UNVERIFIED[key] for key in _rules(entries, received, closing)),
    )


def _outcome(closing: Entry) -> str:
    if isinstance(closing.details, Answered):
        return counted_outcome(closing.details)
    return closing.details.outcome if isinstance(closing.details, Ended) else _OTHER


def _rules(entries: tuple[Entry, ...], received: Received, closing: Entry | None) -> list[str]:
    kinds = {entry.kind for entry in entries}
    found = ["year_of_receipt"]
    found += ["year_of_split"] if received.split_from or EventKind.SPLIT in kinds else []
    found += [closing.kind.value] if closing is not None and closing.kind.value in UNVERIFIED else []
    if closing is not None and isinstance(closing.details, Answered) and mixed_without_disclosure(closing.details):
        found.append("mixed")
    found += ["reanswer"] if EventKind.ANSWERED_AGAIN in kinds else []
    found += ["pending"] if EventKind.REMEDY_FILED in kinds else []
    return found
