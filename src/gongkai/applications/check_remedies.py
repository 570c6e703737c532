"""What entries about remedies have to refer to. Who files where is not for the agency to refuse, only to record."""

from __future__ import annotations

from gongkai.applications.details import ReanswerOrdered, RemedyAppealed, RemedyDecided, RemedyFiled, RemedyGroup
from gongkai.applications.entry import Entry
from gongkai.applications.errors import LedgerError
from gongkai.applications.proceedings import Proceeding, proceedings
from gongkai.law.provisions import in_force

_SUITS = (RemedyGroup.LITIGATION_DIRECT, RemedyGroup.LITIGATION_AFTER_RECONSIDERATION)


def check_filed(before: tuple[Entry, ...], entry: Entry, said: RemedyFiled) -> None:
    """Raises: LedgerError for a number twice, or a suit after a reconsideration that has no result."""
    known = proceedings(before)
    if not said.number.strip() or any(one.number == said.number for one in known):
        raise LedgerError("remedy-number", f"案号“{said.number}”为空或者已经登记。", "请填写本案的案号。")
    decided = any(one.group is RemedyGroup.RECONSIDERATION and not one.pending for one in known)
    if said.group is RemedyGroup.LITIGATION_AFTER_RECONSIDERATION and not decided:
        cited = in_force("deadline.litigation_after_reconsideration", on=entry.on).citation
        raise LedgerError(
            "no-reconsideration",
            f"复议后起诉之前须有已经审结的行政复议（{cited}）。",
            "请先登记复议结果，或者改为“未经复议直接起诉”。",
        )


def check_decided(before: tuple[Entry, ...], entry: Entry, said: RemedyDecided) -> None:
    """Raises: LedgerError where no such proceeding is pending."""
    if not _named(before, entry, said.number).pending:
        raise LedgerError("remedy-closed", f"“{said.number}”已经有结果。", "有上诉的，请先登记提起上诉。")


def check_appealed(before: tuple[Entry, ...], entry: Entry, said: RemedyAppealed) -> None:
    """Raises: LedgerError where the proceeding is no suit, or has no result yet."""
    found = _named(before, entry, said.number)
    if found.pending or found.group not in _SUITS:
        cited = in_force("deadline.appeal", on=entry.on).citation
        raise LedgerError("no-appeal", f"“{said.number}”不是已有一审结果的行政诉讼（{cited}）。", "请核对案号。")


def check_ordered(before: tuple[Entry, ...], entry: Entry, said: ReanswerOrdered) -> None:
    """Raises: LedgerError where the proceeding has no result yet."""
    if _named(before, entry, said.number).pending:
        cited = in_force("deadline.reanswer", on=entry.on).citation
        raise LedgerError("no-result", f"“{said.number}”尚无结果，不能责令重新答复（{cited}）。", "请先登记结果。")


def _named(before: tuple[Entry, ...], entry: Entry, number: str) -> Proceeding:
    found = next((one for one in proceedings(before) if one.number == number), None)
    if found is None:
        cited = in_force("deadline.remedy_right", on=entry.on).citation
        raise LedgerError("unknown-remedy", f"没有登记过“{number}”（{cited}）。", "请先登记被申请复议或者起诉。")
    return found
