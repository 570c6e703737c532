"""Reading the audit log, within the reader's agencies."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.audit.models import AuditEvent


def visible_events(user: User) -> QuerySet[AuditEvent]:
    """The events a person may read: those of agencies where he reads the log; without agency only platform-wide."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.select_related("agency")
    if user.is_active and user.is_superuser:
        return events
    return events.filter(Q(agency__in=agencies_for(user, Capability.READ_AUDIT)))


def history_of(obj: Model) -> QuerySet[AuditEvent]:
    """What happened to one object, newest first."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))
    return events
