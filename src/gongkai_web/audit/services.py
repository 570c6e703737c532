"""Writing the audit log, sealing it, proving it whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from gongkai_web.accounts.models import Agency, User
from gongkai_web.audit.middleware import current
from gongkai_web.audit.models import AuditEvent, AuditSeal

SEALED_EVERY = timedelta(days=1)


def record(  # noqa: PLR0913  # an event is its facts, all but one of them optional
    action: str,
    *,
    obj: models.Model | None = None,
    actor: User | AnonymousUser | None = None,
    agency: Agency | None = None,
    personal_data: bool = False,
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Write one event. Actor, address and request id come from the request in hand unless given.

    `agency` defaults to the object's own; `personal_data=True` marks the reading or change of a person's data.
    """
    context = current()
    if actor is None and context is not None:
        actor = getattr(context.request, "user", None)
    person = actor if isinstance(actor, User) else None
    return AuditEvent.objects.create(
        at=timezone.now(),
        actor=person,
        actor_name=str(person)[:80] if person else "",
        action=action,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_label=str(obj)[:200] if obj is not None else "",
        agency=agency or _agency_of(obj),
        personal_data=personal_data,
        address=context.address if context else "",
        request_id=context.request_id if context else "",
        details=dict(details or {}),
    )


def seal() -> AuditSeal | None:
    """Chain the events since the last seal into a new one; `None` when there are none."""
    with transaction.atomic():
        last = AuditSeal.objects.order_by("-id").first()
        after = last.last_id if last else 0
        ids = AuditEvent.objects.filter(id__gt=after).aggregate(models.Min("id"), models.Max("id"), models.Count("id"))
        if not ids["id__count"]:
            return None
        digest = _digest(last.digest if last else "", ids["id__min"], ids["id__max"])
        seal_: AuditSeal = AuditSeal.objects.create(
            sealed_at=timezone.now(),
            first_id=ids["id__min"],
            last_id=ids["id__max"],
            count=ids["id__count"],
            digest=digest,
        )
        return seal_


def seal_when_due() -> AuditSeal | None:
    """Seal once a day; `None` when the last seal is younger or nothing has happened since."""
    last = AuditSeal.objects.order_by("-id").first()
    if last is not None and timezone.now() - last.sealed_at < SEALED_EVERY:
        return None
    return seal()


def verify() -> list[str]:
    """Recompute every seal; one Chinese sentence per seal that no longer fits, empty when the log is whole."""
    problems = []
    previous = ""
    for stored in AuditSeal.objects.order_by("id").iterator():
        count = AuditEvent.objects.filter(id__gte=stored.first_id, id__lte=stored.last_id).count()
        if count != stored.count:
            problems.append(f"编号{stored.first_id}至{stored.last_id}应有{stored.count}条审计记录，实有{count}条。")
        elif _digest(previous, stored.first_id, stored.last_id) != stored.digest:
            problems.append(f"编号{stored.first_id}至{stored.last_id}的审计记录与封存摘要不符，内容被改动过。")
        previous = stored.digest
    return problems


def _agency_of(obj: models.Model | None) -> Agency | None:
    if isinstance(obj, Agency):
        return obj
    agency = getattr(obj, "agency", None)
    return agency if isinstance(agency, Agency) else None


def _digest(previous: str, first: int, last: int) -> str:
    """SHA-256 over the previous digest and the rows in order of their number."""
    sha = hashlib.sha256(previous.encode())
    rows = AuditEvent.objects.filter(id__gte=first, id__lte=last).order_by("id")
    for row in rows.iterator(chunk_size=2000):
        sha.update(_canonical(row))
    return sha.hexdigest()


def _canonical(row: AuditEvent) -> bytes:
    values = [
        row.pk, row.at.isoformat(), row.actor_id, row.actor_name, row.action, row.object_type, row.object_id,
        row.object_label, row.agency_id, row.personal_data, row.address, row.request_id, row.details,
    ]  # fmt: skip
    return json.dumps(values, ensure_ascii=False, sort_keys=True).encode()
