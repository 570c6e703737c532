"""Reading the audit log, within the reader's agencies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet

from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for, may_somewhere
from gongkai_web.audit.labels import matching
from gongkai_web.audit.models import AuditEvent

_RECENT = 10


@dataclass(frozen=True)
class LogFilter:
    """`who` and `object` are parts of names, `action` a part of its Chinese name; `kind` and `key` name one object."""

    who: str = ""
    action: str = ""
    object: str = ""
    agency: int | None = None
    since: date | None = None
    until: date | None = None
    personal: bool = False
    kind: str = ""
    key: str = ""

    def apply(self, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events that pass."""
        conditions = {
            "actor_name__icontains": self.who,
            "object_label__icontains": self.object,
            "agency": self.agency,
            "at__date__gte": self.since,
            "at__date__lte": self.until,
            "personal_data": self.personal or None,
            "object_type": self.kind,
            "object_id": self.key,
        }
        found = events.filter(**{name: value for name, value in conditions.items() if value not in (None, "")})
        return found.filter(action__in=matching(self.action)) if self.action else found


def visible_events(user: User) -> QuerySet[AuditEvent]:
    """The events a person may read: those of agencies where he reads the log; without agency only platform-wide."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.select_related("agency")
    if user.is_active and user.is_superuser:
        return events
    return events.filter(Q(agency__in=agencies_for(user, Capability.READ_AUDIT)))


def readable_agencies(user: User) -> QuerySet[Agency]:
    """The agencies whose events the person may read."""
    return agencies_for(user, Capability.READ_AUDIT)


def history_of(obj: Model) -> QuerySet[AuditEvent]:
    """What happened to one object, newest first."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))
    return events


def recent_of(obj: Model, user: User) -> Sequence[AuditEvent]:
    """The newest events of an object for whoever reads the log; `()` for everybody else."""
    if not may_somewhere(user, Capability.READ_AUDIT):
        return ()
    of_object = {"object_type": obj._meta.label_lower, "object_id": str(obj.pk)}
    return list(visible_events(user).filter(**of_object)[:_RECENT])
