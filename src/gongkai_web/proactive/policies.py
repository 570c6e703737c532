"""Who may reach columns in the back office."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.policies import Actions, AgencyPermissionPolicy
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.models import Column

MANAGE = Capability.MANAGE_COLUMNS


def register() -> None:
    """Readers of an agency see its columns; whoever manages columns changes them."""
    actions = Actions(add=MANAGE, change=MANAGE, delete=MANAGE)
    register_permission_policy(Column, AgencyPermissionPolicy(Column, actions=actions))
    drafting = Actions(add=Capability.DRAFT, change=Capability.DRAFT, delete=Capability.DRAFT)
    for model in (PeriodFigure, Decision):
        register_permission_policy(model, AgencyPermissionPolicy(model, actions=drafting))
