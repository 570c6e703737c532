"""Letters to third parties and co-author agencies as sub-ledgers, with the opposite meanings of their silence.

Source: 条例 §32 (the agency decides), §34 (consent to disclose).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.applications.details import Answered, Asked, Opinion
from gongkai.applications.entry import Entry, said_by
from gongkai.applications.errors import LedgerError
from gongkai.law.calendar import Calendar, calendar_for
from gongkai.law.events import EventKind
from gongkai.law.provisions import Provision, in_force


class Position(StrEnum):
    PENDING = "pending"
    AGREED = "agreed"
    OBJECTED = "objected"
    OBJECTED_WITHOUT_GROUNDS = "objected_without_grounds"
    SILENT_AGENCY_DECIDES = "silent_agency_decides"
    SILENT_AGREED = "silent_agreed"

    @property
    def label(self) -> str:
        return {
            "pending": "等待意见",
            "agreed": "同意公开",
            "objected": "不同意公开且有合理理由",
            "objected_without_grounds": "不同意公开但没有合理理由",
            "silent_agency_decides": "逾期未提出意见，由行政机关决定",
            "silent_agreed": "逾期未提出意见，视为同意公开",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Consultation:
    """One letter. `coauthor`: to an agency that made the information together with this one."""

    party: str
    coauthor: bool
    asked_on: date
    due: date
    answered_on: date | None
    position: Position
    rule: Provision


_KINDS = {
    EventKind.THIRD_PARTY_ASKED: (EventKind.THIRD_PARTY_ANSWERED, "third_party"),
    EventKind.COAUTHOR_ASKED: (EventKind.COAUTHOR_ANSWERED, "coauthor"),
}


def consultations(
    entries: tuple[Entry, ...], *, as_of: date | None, calendar: Calendar | None = None
) -> tuple[Consultation, ...]:
    """Every letter with where it stands on `as_of`; without that day silence is not assumed."""
    return tuple(
        _consultation(entries, entry, said, as_of, calendar or calendar_for())
        for entry, said in said_by(entries, Asked)
    )


def check_asked(before: tuple[Entry, ...], entry: Entry, said: Asked) -> None:
    """Raises: LedgerError for a letter to nobody, or a second one to the same party."""
    cited = in_force(f"deadline.{_KINDS[entry.kind][1]}", on=entry.on).citation
    if not said.party.strip():
        raise LedgerError("party-missing", f"征求意见须写明征求的对象（{cited}）。", "请填写名称。")
    if any(one.kind is entry.kind and asked.party == said.party for one, asked in said_by(before, Asked)):
        raise LedgerError("asked-twice", f"已经征求过“{said.party}”的意见（{cited}）。", "请核对征求的对象。")


def check_opinion(before: tuple[Entry, ...], entry: Entry, said: Opinion) -> None:
    """Raises: LedgerError for an opinion of a party that was not asked, or a second one."""
    asking = next(kind for kind, (answered, _) in _KINDS.items() if answered is entry.kind)
    cited = in_force(f"deadline.{_KINDS[asking][1]}", on=entry.on).citation
    if not any(one.kind is asking and asked.party == said.party for one, asked in said_by(before, Asked)):
        raise LedgerError("not-asked", f"没有征求过“{said.party}”的意见（{cited}）。", "请先登记征求意见。")
    if any(one.kind is entry.kind and given.party == said.party for one, given in said_by(before, Opinion)):
        raise LedgerError("opined-twice", f"“{said.party}”的意见已经登记（{cited}）。", "登记有误的，请先作废原记录。")


def check_disclosure(before: tuple[Entry, ...], said: Answered, *, on: date, calendar: Calendar | None) -> None:
    """条例 §32, §34: nothing is disclosed before the others could speak, nor against grounds without public interest.

    Raises: LedgerError.
    """
    if not any(decision.outcome in ("granted", "partly_granted") for decision in said.decisions):
        return
    for one in consultations(before, as_of=on, calendar=calendar):
        if one.position is Position.PENDING:
            raise LedgerError(
                "opinion-pending",
                f"“{one.party}”的意见期限到 {one.due.isoformat()}，此前不能决定公开（{one.rule.citation}）。",
                "请等收到意见或者期限届满。",
            )
    _check_grounds(before, said, on, calendar)


def _check_grounds(before: tuple[Entry, ...], said: Answered, on: date, calendar: Calendar | None) -> None:
    against = [c for c in consultations(before, as_of=on, calendar=calendar) if c.position is Position.OBJECTED]
    whole = all(decision.outcome == "granted" for decision in said.decisions)
    third = [one for one in against if not one.coauthor]
    if whole and third and not said.public_interest.strip():
        raise LedgerError(
            "public-interest",
            f"“{third[0].party}”不同意公开且有合理理由，予以公开须认为不公开会对公共利益造成重大影响，"
            f"并书面告知第三方（{third[0].rule.citation}）。",
            "请写明公共利益的理由和告知情况，或者改为不予公开、部分公开。",
        )


def _consultation(
    entries: tuple[Entry, ...], entry: Entry, said: Asked, as_of: date | None, calendar: Calendar
) -> Consultation:
    answering, name = _KINDS[entry.kind]
    rule = in_force(f"deadline.{name}", on=entry.on)
    due = calendar.add_workdays(entry.on, rule.days)
    given = [
        (one, opinion)
        for one, opinion in said_by(entries, Opinion)
        if one.kind is answering and opinion.party == said.party
    ]
    position = _position(given[0][1]) if given else _silence(name, expired=as_of is not None and as_of > due)
    return Consultation(
        said.party, name == "coauthor", entry.on, due, given[0][0].on if given else None, position, rule
    )


def _position(opinion: Opinion) -> Position:
    if opinion.agrees:
        return Position.AGREED
    return Position.OBJECTED if opinion.reasonable else Position.OBJECTED_WITHOUT_GROUNDS


def _silence(name: str, *, expired: bool) -> Position:
    if not expired:
        return Position.PENDING
    return Position.SILENT_AGREED if name == "coauthor" else Position.SILENT_AGENCY_DECIDES
