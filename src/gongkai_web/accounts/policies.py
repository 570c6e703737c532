"""Wagtail asks a permission policy before every view, list, chooser and file: this one asks `accounts.permissions`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from gongkai_web.accounts.models import Agency, Membership, Office, User
from gongkai_web.accounts.permissions import Capability, can, limit, may_somewhere, roles_with


@dataclass(frozen=True)
class Actions:
    """Which capability each of Wagtail's actions takes; an action that is not named is nobody's, superuser or not."""

    view: Capability | None = Capability.READ
    add: Capability | None = None
    change: Capability | None = None
    delete: Capability | None = None
    more: dict[str, Capability] = field(default_factory=dict)

    def capability(self, action: str) -> Capability | None:
        """The capability for Wagtail's word."""
        if action in {"view", "choose"}:
            return self.view
        named: dict[str, Capability | None] = {"add": self.add, "change": self.change, "delete": self.delete}
        return named.get(action) or self.more.get(action)


class AgencyPermissionPolicy(BasePermissionPolicy):
    """Limits a model to the agencies in which the person holds the capability of the action.

    `by` is the path from the model to its agency, `"pk"` for the agency itself.
    """

    def __init__(self, model: type[Model], *, actions: Actions, by: str = "agency") -> None:
        super().__init__(model)
        self.actions = actions
        self.by = by

    def user_has_permission(self, user: Any, action: str) -> bool:
        """May he do it to some row?"""
        capability = self.actions.capability(action)
        return capability is not None and may_somewhere(user, capability)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """May he do it to this row?"""
        capability = self.actions.capability(action)
        if capability is None or not self.user_has_permission(user, action):
            return False
        agency = self._agency_of(instance)
        return agency is None or can(user, capability, agency)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        """The rows to which he may do any of it."""
        capabilities = {found for action in actions if (found := self.actions.capability(action))}
        rows: QuerySet[Any] = self.model._default_manager.none()
        for capability in capabilities:
            rows |= limit(self.model._default_manager.all(), user, capability, by=self.by)
        return rows

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """People who may do any of it somewhere."""
        roles = {role for action in actions if (found := self.actions.capability(action)) for role in roles_with(found)}
        return User.objects.filter(is_active=True, memberships__role__in=roles).distinct()

    def _agency_of(self, instance: Any) -> Agency | None:
        """`None` for a row that is only being made and has no agency yet."""
        for step in () if self.by == "pk" else self.by.split("__"):
            instance = getattr(instance, f"{step}_id", True) and getattr(instance, step, None)
            if instance is None:
                return None
        return instance if instance.pk else None


def register() -> None:
    """The policies of this app's own models."""
    admin = Capability.ADMINISTER
    everything = Actions(view=admin, add=admin, change=admin, delete=admin)
    keeping = Actions(view=admin, add=admin, change=admin)
    register_permission_policy(
        Agency, AgencyPermissionPolicy(Agency, actions=Actions(view=Capability.READ, add=admin, change=admin), by="pk")
    )
    register_permission_policy(Office, AgencyPermissionPolicy(Office, actions=everything))
    register_permission_policy(Membership, AgencyPermissionPolicy(Membership, actions=keeping))
    register_permission_policy(User, AgencyPermissionPolicy(User, actions=keeping, by="home"), exact_class=True)
