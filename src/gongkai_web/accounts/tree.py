"""Moving an agency with everything below it to another place in the tree, and what that means for people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, Membership, User
from gongkai_web.accounts.models.agency import PATH_LENGTH, PATH_STEP
from gongkai_web.accounts.permissions import REACHES_DOWN, Capability, agencies_for, ancestors
from gongkai_web.accounts.services import NotAllowed, next_path, require
from gongkai_web.audit.services import record

_DEEPEST = PATH_LENGTH // PATH_STEP


class MoveRefused(GongkaiError):  # noqa: N818  # names the event
    """The tree would not be one any more."""


@dataclass(frozen=True)
class MoveEffect:
    """`agencies`: how many move; `losing` and `gaining`: who supervises or administers them only before, only after."""

    agencies: int
    losing: tuple[Membership, ...]
    gaining: tuple[Membership, ...]


def possible_parents(agency: Agency, user: User) -> QuerySet[Agency]:
    """Agencies in force below which the person may put this one: not itself, not below it, not where it is."""
    possible = agencies_for(user, Capability.ADMINISTER).active_on(timezone.localdate())
    elsewhere = possible.exclude(path__startswith=agency.path).order_by("path")
    return elsewhere.exclude(pk=agency.parent_id) if agency.parent_id else elsewhere


def may_be_top(agency: Agency, user: User) -> bool:
    """May the person make this one a top of the tree? Whoever runs the platform: nobody above supervises it then."""
    return user.is_superuser and agency.parent_id is not None


def effect_of_move(agency: Agency, *, to: Agency | None) -> MoveEffect:
    """What the move would change for supervisors and administrators above."""
    before, after = _reaching(ancestors(agency)), _reaching(_lineage(to))
    return MoveEffect(
        agencies=Agency.objects.subtree(agency).count(),
        losing=tuple(held for key, held in before.items() if key not in after),
        gaining=tuple(held for key, held in after.items() if key not in before),
    )


@transaction.atomic
def move_agency(agency: Agency, *, to: Agency | None, reason: str, by: User | None) -> Agency:
    """Put the agency below `to`, or at the top of the tree for `None`, with everything below it.

    Raises: `NotAllowed` unless the person administers the agency, where it comes from and where it goes;
    `MoveRefused` without a reason, to where it is, into itself, or below an agency that is closed.
    """
    moved = Agency.objects.select_for_update().get(pk=agency.pk)
    _require_both_ends(moved, to=to, by=by)
    _require_a_tree(moved, to=to, reason=reason)
    details = {"from": str(moved.parent or ""), "to": str(to or ""), "reason": reason.strip()}
    before, after = moved.path, next_path(to)
    below = Agency.objects.filter(path__startswith=before).exclude(pk=moved.pk)
    below.update(path=Concat(Value(after), Substr("path", len(before) + 1)))
    moved.parent, moved.path = to, after
    moved.save()  # this row by `save`, so that whoever listens hears of it
    record("accounts.agency_moved", obj=moved, actor=by, details=details)
    agency.refresh_from_db()
    return moved


def _require_both_ends(agency: Agency, *, to: Agency | None, by: User | None) -> None:
    for place in (agency, agency.parent, to):
        if place is not None:
            require(by, Capability.ADMINISTER, place)
        elif by is not None and not by.is_superuser:
            raise NotAllowed("NOT-ALLOWED", "只有平台管理员可以移动顶级机构。", "请联系平台管理员。")


def _require_a_tree(agency: Agency, *, to: Agency | None, reason: str) -> None:
    if not reason.strip():
        raise MoveRefused("MOVE-REASON", "移动机构须写明理由。", "请填写机构改革方案或批复的名称和文号。")
    if (to.pk if to else None) == agency.parent_id:
        raise MoveRefused("MOVE-SAME", "机构已经在这个上级之下。", "请选择另一个上级机构。")
    if to is None:
        return
    if to.is_within(agency):
        raise MoveRefused("MOVE-CYCLE", "不能把机构移到它自己或它的下级之下。", "请选择另一个上级机构。")
    if not to.is_active():
        raise MoveRefused("MOVE-CLOSED", f"{to.name}已经撤销，不能再有下级机构。", "请选择存续的上级机构。")
    if to.depth + 2 + _height(agency) > _DEEPEST:
        raise MoveRefused("MOVE-DEPTH", f"机构层级最多{_DEEPEST}级，移动后会超过。", "请选择层级更高的上级机构。")


def _height(agency: Agency) -> int:
    """Levels below the agency."""
    longest = max(map(len, Agency.objects.subtree(agency).values_list("path", flat=True)))
    return (longest - len(agency.path)) // PATH_STEP


def _lineage(place: Agency | None) -> Iterable[Agency]:
    return [*ancestors(place), place] if place else []


def _reaching(agencies: Iterable[Agency]) -> dict[tuple[int, str], Membership]:
    """By person and role, the memberships in these agencies that reach down."""
    held = Membership.objects.in_force().filter(agency__in=list(agencies), role__in=REACHES_DOWN)
    return {(one.user_id, one.role): one for one in held.select_related("user", "agency").order_by("agency__path")}
