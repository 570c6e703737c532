"""Making columns from the ready-made sets."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from gongkai.errors import GongkaiError
from gongkai.proactive.columns import COLUMN_SETS, ColumnTemplate
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.differences import differences
from gongkai_web.audit.services import record
from gongkai_web.proactive.models import Column

_CHILDREN_START = 100
_STATUTORY = frozenset(template.code for template in COLUMN_SETS["statutory"].columns)


class ColumnKept(GongkaiError):  # noqa: N818  # names the event
    """The column has to stay as it is."""


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
    """Store a new or changed column. Raises: `NotAllowed`, `ColumnKept`, `ValidationError`."""
    require(by, Capability.MANAGE_COLUMNS, column.agency)
    before = Column.objects.filter(pk=column.pk).first()
    if before is not None:
        _require_kept(before, column)
    column.full_clean()
    column.save()
    record("proactive.column_saved", obj=column, actor=by, details=differences(before, column))
    return column


def why_kept(column: Column) -> str:
    """Why the column can neither be hidden nor removed; empty when it can."""
    return f"“{column.name}”是法定栏目，{column.basis}要求统一设置。" if column.code in _STATUTORY else ""


def _require_kept(before: Column, column: Column) -> None:
    """An agency's items stay in its columns; the block of the notice stays as the notice has it."""
    if before.agency_id != column.agency_id:
        raise ColumnKept("COLUMN-MOVED", "栏目不能改到另一个机构。", "请在另一个机构新建栏目。")
    as_ordered = (column.is_shown, column.kind, column.parent_id) == (True, before.kind, None)
    if why_kept(before) and not as_ordered:
        raise ColumnKept("COLUMN-STATUTORY", f"{why_kept(before)}不能隐藏、改类别或放到其他栏目之下。", "请改回。")


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
