"""Keeping the register of normative documents."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.information.normative import Validity
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.differences import differences
from gongkai_web.audit.services import record as record_event
from gongkai_web.information import signals
from gongkai_web.information.models import InformationItem, NormativeEvent, NormativeRecord


class RegisterRefused(GongkaiError):  # noqa: N818  # names the event
    """The entry contradicts the register."""


@transaction.atomic
def save_record(entry: NormativeRecord, *, by: User | None) -> NormativeRecord:
    """Store a new or changed entry. Raises: `NotAllowed`, `ValidationError`."""
    require(by, Capability.MANAGE_REGISTER, entry.agency)
    before = NormativeRecord.objects.filter(pk=entry.pk).first()
    if before is not None and before.agency_id != entry.agency_id:
        raise RegisterRefused("REG-MOVED", "登记的制定机关不能更改。", "请在制定机关那里新建登记，再删除这一条。")
    entry.full_clean()
    entry.validity = entry.validity or ""
    entry.save()
    if before is not None and before.item_id not in (None, entry.item_id):
        InformationItem.objects.filter(pk=before.item_id).update(validity="")  # it is in no register any more
    refresh_validity(entry)
    record_event("information.register_saved", obj=entry, actor=by, details=differences(before, entry))
    return entry


def why_registered(entry: NormativeRecord) -> str:
    """Why an entry has to stay, as a Chinese sentence; empty when it may be removed as a mistake."""
    if entry.item_id and entry.item and entry.item.live:
        return "登记的文件正在门户公开，登记不能删除。请改正登记内容；文件不应公开的，请先撤回文件。"
    if entry.events.exists():
        return "这份文件已登记过变动，登记不能删除。请改正登记内容。"
    return ""


@transaction.atomic
def remove_record(entry: NormativeRecord, *, by: User | None) -> None:
    """Take an entry made by mistake out of the register. Raises: `NotAllowed`, `RegisterRefused`."""
    require(by, Capability.MANAGE_REGISTER, entry.agency)
    if reason := why_registered(entry):
        raise RegisterRefused("REG-KEPT", reason)
    if entry.item_id is not None:
        InformationItem.objects.filter(pk=entry.item_id).update(validity="")
    entry.delete()


@transaction.atomic
def add_event(event: NormativeEvent, *, by: User) -> NormativeEvent:
    """Enter 修改, 废止, 延长 or 失效. Raises: `NotAllowed`, `RegisterRefused`, `ValidationError`."""
    require(by, Capability.MANAGE_REGISTER, event.record.agency)
    event.recorded_by = by
    event.full_clean()
    ended = event.record.as_fact().ended_on()
    if ended and ended[0] < event.effective_on:
        raise RegisterRefused(
            "REG-ENDED", f"这份文件已于{ended[0]}{ended[1].label}，不能再登记之后的变动。", "请核对生效日期。"
        )
    event.save()
    refresh_validity(event.record)
    record_event("information.register_event", obj=event.record, actor=by, details={"kind": event.kind})
    return event


@transaction.atomic
def revoke_event(event: NormativeEvent, *, by: User, reason: str) -> NormativeEvent:
    """Correct a mistaken entry; it stays on record with the reason. Raises: `NotAllowed`, `RegisterRefused`."""
    require(by, Capability.MANAGE_REGISTER, event.record.agency)
    if not reason.strip():
        raise RegisterRefused("REG-REASON", "更正登记须写明理由。", "请填写理由。")
    event.revoked_at, event.revocation_reason = timezone.now(), reason.strip()
    event.save(update_fields=["revoked_at", "revocation_reason"])
    refresh_validity(event.record)
    record_event("information.register_event_revoked", obj=event.record, actor=by, details={"reason": reason})
    return event


def refresh_validity(entry: NormativeRecord, *, today: date | None = None) -> bool:
    """Rewrite the cached 有效性 of an entry and of its item from the facts; was anything stale?"""
    today = today or timezone.localdate()
    fresh = NormativeRecord.objects.prefetch_related("events").get(pk=entry.pk)
    validity = fresh.as_fact().validity(today).value
    changed = fresh.validity != validity
    if changed:
        NormativeRecord.objects.filter(pk=entry.pk).update(validity=validity)
    if fresh.item_id:
        changed |= bool(
            InformationItem.objects.filter(pk=fresh.item_id).exclude(validity=validity).update(validity=validity)
        )
    entry.validity = validity
    if changed and fresh.item_id and (item := fresh.item) and item.live:
        item.refresh_from_db()
        transaction.on_commit(lambda: signals.published.send(sender=InformationItem, instance=item))
    return changed


def refresh_all(*, today: date | None = None) -> int:
    """Automatic expiry: run daily. Returns how many entries changed.

    What has ended changes by a correction only, which refreshes it itself; so a register of any age costs a read of
    what is still in force.
    """
    today = today or timezone.localdate()
    alive = NormativeRecord.objects.filter(validity__in=_ALIVE).select_related("item").prefetch_related("events")
    stale = [entry for entry in alive.iterator(chunk_size=500) if _is_stale(entry, today)]
    for entry in stale:
        before = entry.get_validity_display()
        refresh_validity(entry, today=today)
        details = {"from": before, "to": entry.get_validity_display()}
        record_event("information.validity_changed", obj=entry, details=details)
    return len(stale)


_ALIVE = ("", Validity.NOT_YET.value, *(validity.value for validity in Validity if validity.binds))


def _is_stale(entry: NormativeRecord, today: date) -> bool:
    validity = entry.as_fact().validity(today).value
    return entry.validity != validity or (entry.item is not None and entry.item.validity != validity)
