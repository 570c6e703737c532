"""Keeping the register of normative documents."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record as record_event
from gongkai_web.information import signals
from gongkai_web.information.models import InformationItem, NormativeEvent, NormativeRecord


class RegisterRefused(GongkaiError):  # noqa: N818  # names the event
    """The entry contradicts the register."""


@transaction.atomic
def save_record(entry: NormativeRecord, *, by: User | None) -> NormativeRecord:
    """Store a new or changed entry. Raises: `NotAllowed`, `ValidationError`."""
    require(by, Capability.MANAGE_REGISTER, entry.agency)
    entry.full_clean()
    entry.validity = entry.validity or ""
    entry.save()
    refresh_validity(entry)
    record_event("information.register_saved", obj=entry, actor=by)
    return entry


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
    """Automatic expiry: run daily. Returns how many entries changed."""
    return sum(refresh_validity(entry, today=today) for entry in NormativeRecord.objects.iterator(chunk_size=500))
