"""Making columns from the ready-made sets."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from gongkai.errors import GongkaiError
from gongkai.proactive.columns import COLUMN_SETS, ColumnTemplate
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.proactive.models import Column

_CHILDREN_START = 100


def create_statutory_columns(agency: Agency) -> list[Column]:
    """The block of 国办公开办函〔2019〕61号; every agency has it from its first day."""
    return _create(agency, COLUMN_SETS["statutory"].columns)


@transaction.atomic
def take_set(agency: Agency, code: str, *, by: User | None = None) -> list[Column]:
    """Create the columns of a ready-made set that the agency does not have yet.

    Raises: `NotAllowed`; `GongkaiError` for a set that does not exist.
    """
    require(by, Capability.MANAGE_COLUMNS, agency)
    if code not in COLUMN_SETS:
        raise GongkaiError("COLUMN-SET", f"没有名为“{code}”的栏目集。", f"可选：{'、'.join(COLUMN_SETS)}。")
    created = _create(agency, COLUMN_SETS[code].columns)
    record("proactive.column_set_taken", obj=agency, actor=by, details={"set": code, "created": len(created)})
    return created


@transaction.atomic
def save_column(column: Column, *, by: User | None = None) -> Column:
    """Store a new or changed column. Raises: `NotAllowed`, `ValidationError`."""
    require(by, Capability.MANAGE_COLUMNS, column.agency)
    column.full_clean()
    column.save()
    record("proactive.column_saved", obj=column, actor=by)
    return column


def _last_position(agency: Agency) -> int:
    """Behind the columns below others that the agency has: each set stays together, in the order of taking."""
    last = agency.columns.exclude(parent=None).aggregate(last=Max("position"))["last"]
    return _CHILDREN_START if last is None else last + 1


def _create(agency: Agency, templates: tuple[ColumnTemplate, ...]) -> list[Column]:
    existing = {column.code: column for column in agency.columns.exclude(code="")}
    after = _last_position(agency)
    created = []
    for number, template in enumerate(templates):
        if template.code in existing:
            continue
        parent = existing.get(template.parent or "")
        column = Column.objects.create(
            agency=agency,
            parent=parent,
            kind=template.kind.value,
            code=template.code,
            name=template.name,
            slug=template.code,
            description=template.description,
            basis=template.basis,
            update_interval_days=template.interval_days,
            position=after + number if parent else number,
        )
        existing[template.code] = column
        created.append(column)
    return created
