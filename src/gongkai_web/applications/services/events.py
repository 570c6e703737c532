"""Writing into a ledger: one record at a time, under the lock of its case."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from gongkai.applications import Entry, Ledger, Strike, append, validate
from gongkai.applications.details import Received
from gongkai.applications.ledger import Record
from gongkai.applications.serialisation import record_to_json
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import STRIKE, Case, LedgerRecord
from gongkai_web.applications.selectors.cases import ledger_of
from gongkai_web.applications.services.cache import rewrite
from gongkai_web.applications.services.parties import with_labels
from gongkai_web.audit.services import record as log


@transaction.atomic
def record(case: Case, entry: Entry, *, by: User | None, expected: int | None = None, key: str = "") -> LedgerRecord:
    """Record that something happened. `by=None`: the applicant himself on the public site, or the system.

    `expected` is the number of records that the screen showed. With a `key` that the case already knows nothing is
    written and the former record is given back. A third party is named in the entry by his name or by his label; the
    ledger keeps the label. Raises: NotAllowed, CaseRefused, LedgerError, EventOrderError, LawError.
    """
    locked = lock(case, by=by)
    if known := _known(locked, key):
        return known
    _check_seen(locked, expected)
    _check_day(entry)
    ledger = ledger_of(locked)
    entry = with_labels(locked, entry)
    stored = store(locked, ledger, append(ledger, entry), by=by, key=key)
    log("applications.recorded", obj=locked, actor=by, details={"number": stored.number, "kind": stored.kind})
    _repeat(case, locked)
    return stored


@transaction.atomic
def strike(  # noqa: PLR0913  # the act, its reason, and the two guards of every act
    case: Case, number: int, reason: str, *, by: User | None, expected: int | None = None, key: str = ""
) -> LedgerRecord:
    """Strike out record `number` (from 0). Raises: as `record`; LedgerError where what is left would be unlawful."""
    locked = lock(case, by=by)
    if known := _known(locked, key):
        return known
    _check_seen(locked, expected)
    ledger = ledger_of(locked)
    _check_no_receipt(ledger, number)
    grown = append(ledger, Strike(number, timezone.localdate(), reason.strip()))
    stored = store(locked, ledger, grown, by=by, key=key)
    log("applications.struck", obj=locked, actor=by, details={"number": number, "reason": reason.strip()})
    _repeat(case, locked)
    return stored


@transaction.atomic
def correct(  # noqa: PLR0913  # the act, its reason, and the guard of every act
    case: Case, number: int, entry: Entry, reason: str, *, by: User | None, expected: int | None = None
) -> LedgerRecord:
    """Replace record `number` by another entry in one step; the only way to correct a receipt.

    A changed kind of applicant is an event of its own in the log. Raises: as `strike`.
    """
    locked = lock(case, by=by)
    _check_seen(locked, expected)
    _check_day(entry)
    ledger = ledger_of(locked)
    struck = Strike(number, timezone.localdate(), reason.strip())
    grown = replace(ledger, records=(*ledger.records, struck, with_labels(locked, entry)))
    _check_strike(ledger, struck)
    validate(grown)
    stored = store(locked, ledger, grown, by=by)
    log("applications.corrected", obj=locked, actor=by, details={"number": number, "reason": struck.reason})
    _log_type(locked, ledger.records[number], entry, by)
    _repeat(case, locked)
    return stored


def lock(case: Case, *, by: User | None) -> Case:
    """The case as it stands, its row locked until the transaction ends. Raises: NotAllowed."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("agency").get(pk=case.pk)
    require(by, Capability.HANDLE_APPLICATIONS, locked)
    return locked


def store(case: Case, ledger: Ledger, grown: Ledger, *, by: User | None, key: str = "") -> LedgerRecord:
    """Write the records by which `grown` is longer, and what the case repeats of them; gives the last one."""
    first = len(ledger.records)
    rows = [_row(case, first + place, one, by) for place, one in enumerate(grown.records[first:])]
    rows[-1].key = key
    for row in rows:
        row.save()
    rewrite(case, ledger=grown)
    return rows[-1]


def _row(case: Case, number: int, one: Record, by: User | None) -> LedgerRecord:
    kind = one.kind.value if isinstance(one, Entry) else STRIKE
    return LedgerRecord(
        case=case, number=number, kind=kind, on=one.on, data=record_to_json(one), by=by, at=timezone.now()
    )


def _known(case: Case, key: str) -> LedgerRecord | None:
    return LedgerRecord.objects.filter(case=case, key=key).first() if key else None


def _check_seen(case: Case, expected: int | None) -> None:
    if expected is not None and expected != case.records:
        raise CaseRefused(
            "CASE-CHANGED",
            f"受理编号 {case.number} 的台账已有 {case.records} 条记录，您的页面上是 {expected} 条：别人刚刚办理过。",
            "请刷新页面，核对最新情况后再办理。",
        )


def _check_day(entry: Entry) -> None:
    today = timezone.localdate()
    if entry.on > today:
        raise CaseRefused(
            "DAY-TO-COME",
            f"“{entry.kind.label}”的日期 {entry.on.isoformat()} 晚于今天（{today.isoformat()}）。",
            "尚未发生的事项不能登记，请改正日期。",
        )


def _check_no_receipt(ledger: Ledger, number: int) -> None:
    struck = ledger.records[number] if 0 <= number < len(ledger.records) else None
    if isinstance(struck, Entry) and isinstance(struck.details, Received):
        raise CaseRefused(
            "STRIKE-RECEIPT",
            "“收到申请”的记录不能单独作废，否则申请就不存在了。",
            "收到之日、申请方式或者申请人类别有误的，请更正这条记录。",
        )


def _check_strike(ledger: Ledger, struck: Strike) -> None:
    """What `append` checks of a strike, against the ledger before: alone it might leave nothing lawful behind."""
    records = ledger.records
    already = {one.number for one in records if isinstance(one, Strike)}
    if not 0 <= struck.number < len(records) or isinstance(records[struck.number], Strike) or struck.number in already:
        raise CaseRefused("CORRECT-NOTHING", f"台账没有可以更正的第 {struck.number + 1} 条记录。", "请核对记录的序号。")
    if not struck.reason:
        raise CaseRefused("CORRECT-REASON", "更正一条记录须写明理由。", "请填写更正的理由，原记录会保留备查。")


def _log_type(case: Case, before: Record, after: Entry, by: User | None) -> None:
    was = before.details.applicant if isinstance(before, Entry) and isinstance(before.details, Received) else None
    now = after.details.applicant if isinstance(after.details, Received) else None
    if was is not None and now is not None and was is not now:
        log("applications.type_changed", obj=case, actor=by, details={"from": was.value, "to": now.value})


def _repeat(case: Case, locked: Case) -> None:
    """The caller's object says what the stored one says."""
    for name in Case.CACHED:
        setattr(case, name, getattr(locked, name))
