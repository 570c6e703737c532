"""Reads about agencies and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai_web.accounts.models import Agency, Membership, Role


@dataclass(frozen=True)
class FilledRole:
    """A role of an agency with the memberships in force; `()` is a post that nobody holds."""

    role: Role
    held: Sequence[Membership]

    @property
    def is_vacant(self) -> bool:
        """Does nobody hold it? Then what waits for this role waits for ever."""
        return not self.held


def roles_filled(agency: Agency) -> list[FilledRole]:
    """Every role with who holds it in this very agency today, in the order of the work."""
    held = Membership.objects.in_force().filter(agency=agency, user__is_active=True).select_related("user", "office")
    by_role: dict[str, list[Membership]] = {}
    for membership in held.order_by("user__full_name"):
        by_role.setdefault(membership.role, []).append(membership)
    return [FilledRole(role, tuple(by_role.get(role.value, ()))) for role in Role]
