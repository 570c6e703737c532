"""Writing the figures of table 2; each change leaves the value before and after in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.proactive.figures_models import Decision, PeriodFigure

_FIGURE = ("kind", "year", "first_month", "last_month", "decisions", "unpublished", "amount_wan", "basis")
_DECISION = (
    "kind", "document_number", "subject", "decided_on", "is_open", "closed_basis", "published_on", "item_id",
    "revoked_on",
)  # fmt: skip
_DECISION_COLUMNS = [name.removesuffix("_id") for name in _DECISION]
_BATCH = 80


@transaction.atomic
def save_figure(figure: PeriodFigure, *, by: User | None) -> PeriodFigure:
    """Store a new or changed figure. Raises: `NotAllowed`, `ValidationError`."""
    _store(figure, _FIGURE, "proactive.figure_saved", by=by)
    return figure


@transaction.atomic
def save_decision(decision: Decision, *, by: User | None) -> Decision:
    """Store a new or changed decision. Raises: `NotAllowed`, `ValidationError`."""
    _store(decision, _DECISION, "proactive.decision_saved", by=by)
    return decision


@transaction.atomic
def save_decisions(decisions: Sequence[Decision], *, by: User | None) -> None:
    """Store many at once that have been checked (`full_clean`) before; an event for each. Raises: `NotAllowed`."""
    for agency in {decision.agency for decision in decisions}:
        require(by, Capability.DRAFT, agency)
    now = timezone.now()
    for decision in decisions:
        decision.entered_by, decision.entered_at = by, now
    known = [decision for decision in decisions if decision.pk]
    before = Decision.objects.in_bulk([decision.pk for decision in known])
    Decision.objects.bulk_update(known, [*_DECISION_COLUMNS, "entered_by", "entered_at"], batch_size=_BATCH)
    Decision.objects.bulk_create([decision for decision in decisions if not decision.pk], batch_size=_BATCH)
    for decision in decisions:
        old = before.get(decision.pk)
        details = {"after": _values(decision, _DECISION), "before": _values(old, _DECISION) if old else None}
        record("proactive.decision_saved", obj=decision, actor=by, details=details)


@transaction.atomic
def delete_figure(figure: PeriodFigure | Decision, *, by: User | None) -> None:
    """Remove what was entered by mistake; what it said stays in the log. Raises: `NotAllowed`."""
    require(by, Capability.DRAFT, figure.agency)
    names = _FIGURE if isinstance(figure, PeriodFigure) else _DECISION
    record("proactive.figure_deleted", obj=figure, actor=by, details={"before": _values(figure, names)})
    figure.delete()


def _store(row: PeriodFigure | Decision, names: Iterable[str], action: str, *, by: User | None) -> None:
    require(by, Capability.DRAFT, row.agency)
    before = type(row)._default_manager.select_related("agency").filter(pk=row.pk).first()
    if before is not None:
        require(by, Capability.DRAFT, before.agency)
    row.entered_by, row.entered_at = by, timezone.now()
    row.full_clean()
    row.save()
    details = {"after": _values(row, names), "before": _values(before, names) if before else None}
    record(action, obj=row, actor=by, details=details)


def _values(row: Any, names: Iterable[str]) -> dict[str, str]:
    return {name: str(value) for name in names if (value := getattr(row, name)) not in (None, "")}
