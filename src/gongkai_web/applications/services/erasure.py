"""Erasing an applicant's data when they are no longer needed. The ledger stays: it names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.files import directory, path_of
from gongkai_web.applications.models import Case, CaseFile
from gongkai_web.applications.selectors.cases import derived
from gongkai_web.applications.services import events, sealed
from gongkai_web.audit.services import record as log


@transaction.atomic
def erase(case: Case, *, by: User | None, reason: str) -> bool:
    """Blank all that is sealed in the case and delete its files; False where that was done before.

    By the agency's administrator or the system. Raises: NotAllowed; CaseRefused for a case that is open, is being
    contested, or without a reason.
    """
    locked = events.lock(case, by=None)
    require(by, Capability.ADMINISTER, locked)
    if locked.erased_at is not None:
        return False
    _check_done(locked, reason)
    stored = list(CaseFile.objects.filter(case=locked).values_list("stored", flat=True))
    sealed.empty(locked)
    locked.refresh_from_db(fields=["description"])
    locked.erased_at = case.erased_at = timezone.now()
    locked.save(update_fields=["erased_at"])
    log("applications.erased", obj=locked, actor=by, personal_data=True, details={"reason": reason.strip()})
    transaction.on_commit(partial(_delete_files, stored))
    return True


def due_for_erasure(closed_before: date) -> Iterator[Case]:
    """Cases closed before that day and not contested, whose data are still there."""
    closed = Case.objects.filter(is_open=False, answered_on__lt=closed_before, erased_at=None).order_by("pk")
    for pk in list(closed.values_list("pk", flat=True)):
        case = Case.objects.get(pk=pk)
        if not _contested(case) and _last_day(case) < closed_before:
            yield case


def delete_strays() -> int:
    """Delete sealed files that belong to no row: of erased cases, or of transactions that were broken off.

    Only files older than a day, for a younger one's transaction may still be under way.
    """
    known = set(CaseFile.objects.values_list("stored", flat=True))
    known -= set(CaseFile.objects.filter(case__erased_at__isnull=False).values_list("stored", flat=True))
    yesterday = timezone.now().timestamp() - 24 * 3600
    strays = [path for path in directory().glob("*/*") if path.name not in known and path.stat().st_mtime < yesterday]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _check_done(case: Case, reason: str) -> None:
    if not reason.strip():
        raise CaseRefused("ERASE-REASON", "清除申请人信息须写明理由。", "例如：保存期限届满。")
    if case.is_open or _contested(case):
        raise CaseRefused(
            "ERASE-OPEN",
            f"受理编号 {case.number} 尚未办结，或者正在复议、诉讼、重新答复，不能清除申请人信息。",
            "请待办结后再清除。",
        )


def _contested(case: Case) -> bool:
    return case.due_on is not None or any(one.pending for one in derived(case).proceedings)


def _last_day(case: Case) -> date:
    return max(case.ledger_records.values_list("on", flat=True))


def _delete_files(stored: list[str]) -> None:
    for name in stored:
        path_of(name).unlink(missing_ok=True)
