"""What an entry of the ledger has to say besides its day, one class for each kind that says more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from gongkai.applications.applicants import ApplicantType
from gongkai.applications.receipt import Arrival
from gongkai.applications.service import Service
from gongkai.law.events import EventKind


class RemedyGroup(StrEnum):
    """The ways of a remedy; the first three are the groups of 表四, complaints are not reported there."""

    RECONSIDERATION = "reconsideration"
    LITIGATION_DIRECT = "litigation_direct"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration"
    COMPLAINT = "complaint"

    @property
    def label(self) -> str:
        return {
            "reconsideration": "行政复议",
            "litigation_direct": "未经复议直接起诉",
            "litigation_after_reconsideration": "复议后起诉",
            "complaint": "投诉举报",
        }[self.value]


class RemedyResult(StrEnum):
    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}[self.value]


@dataclass(frozen=True, slots=True)
class Received:
    """`split_from` and `split_on`: the case that this one was taken out of, and when."""

    arrival: Arrival
    applicant: ApplicantType
    split_from: str = ""
    split_on: date | None = None


@dataclass(frozen=True, slots=True)
class SplitInto:
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """`missing`: what has to be corrected; `until`: the reasonable period that the notice sets."""

    missing: str
    until: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter to a third party or a co-author agency."""

    party: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """`reasonable`: whether an objection gives reasonable grounds."""

    party: str
    agrees: bool
    reasonable: bool = True


@dataclass(frozen=True, slots=True)
class Extended:
    """`days` in workdays; `approved_by`: the head of the disclosure office who consented."""

    days: int
    approved_by: str


@dataclass(frozen=True, slots=True)
class Delayed:
    until: date


@dataclass(frozen=True, slots=True)
class FeeNotified:
    """`quantity` items or pages of this application; `before`: items of the applicant in the month before it."""

    basis: Literal["items", "pages"]
    quantity: int
    amount: Decimal
    before: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on one item: one of the 21 outcomes, with the facts that it requires."""

    item: str
    outcome: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """`counted_as`: the row of 表三 where items end differently and none is disclosed.

    `public_interest`: why information is disclosed against a reasonable objection, and that the third party was told.
    """

    decisions: tuple[Decision, ...]
    counted_as: str = ""
    public_interest: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    outcome: str


@dataclass(frozen=True, slots=True)
class Served:
    service: Service


@dataclass(frozen=True, slots=True)
class Transferred:
    body: str
    contact: str


@dataclass(frozen=True, slots=True)
class MergedInto:
    case: str


@dataclass(frozen=True, slots=True)
class RemedyFiled:
    """`number` tells proceedings apart; `copy_on`: the day the agency received the copy and has to defend itself."""

    number: str
    group: RemedyGroup
    body: str
    copy_on: date | None = None
    simple: bool = False


@dataclass(frozen=True, slots=True)
class RemedyDecided:
    number: str
    result: RemedyResult


@dataclass(frozen=True, slots=True)
class RemedyAppealed:
    number: str


@dataclass(frozen=True, slots=True)
class ReanswerOrdered:
    """`until`: the day that the decision sets, where it sets one."""

    number: str
    until: date | None = None


Details = (
    Received
    | SplitInto
    | CorrectionAsked
    | Asked
    | Opinion
    | Extended
    | Delayed
    | FeeNotified
    | Answered
    | Ended
    | Served
    | Transferred
    | MergedInto
    | RemedyFiled
    | RemedyDecided
    | RemedyAppealed
    | ReanswerOrdered
)

# Kinds that are not named here say nothing but their day.
DETAILS: Mapping[EventKind, type[Details]] = {
    EventKind.RECEIVED: Received,
    EventKind.SPLIT: SplitInto,
    EventKind.CORRECTION_ASKED: CorrectionAsked,
    EventKind.THIRD_PARTY_ASKED: Asked,
    EventKind.THIRD_PARTY_ANSWERED: Opinion,
    EventKind.COAUTHOR_ASKED: Asked,
    EventKind.COAUTHOR_ANSWERED: Opinion,
    EventKind.EXTENDED: Extended,
    EventKind.DELAYED: Delayed,
    EventKind.FEE_NOTIFIED: FeeNotified,
    EventKind.ANSWERED: Answered,
    EventKind.ENDED: Ended,
    EventKind.SERVED: Served,
    EventKind.TRANSFERRED: Transferred,
    EventKind.MERGED: MergedInto,
    EventKind.REMEDY_FILED: RemedyFiled,
    EventKind.REMEDY_DECIDED: RemedyDecided,
    EventKind.REMEDY_APPEALED: RemedyAppealed,
    EventKind.REANSWER_ORDERED: ReanswerOrdered,
    EventKind.ANSWERED_AGAIN: Answered,
    EventKind.SERVED_AGAIN: Served,
}
