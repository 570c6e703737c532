"""Who may reach items, the register and the chains in the back office. Nobody holds "publish": see the guard."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.policies import Actions, AgencyPermissionPolicy
from gongkai_web.information.models import (
    InformationItem,
    Interpretation,
    MediaPost,
    NormativeEvent,
    NormativeRecord,
    ReviewCase,
    ReviewChain,
)

DRAFT = Capability.DRAFT
REGISTER = Capability.MANAGE_REGISTER
ADMIN = Capability.ADMINISTER


def register() -> None:
    """One line per model."""
    drafting = Actions(add=DRAFT, change=DRAFT, delete=DRAFT, more={"lock": DRAFT, "unlock": DRAFT})
    register_permission_policy(InformationItem, AgencyPermissionPolicy(InformationItem, actions=drafting))
    register_permission_policy(MediaPost, AgencyPermissionPolicy(MediaPost, actions=drafting))
    register_permission_policy(
        Interpretation, AgencyPermissionPolicy(Interpretation, actions=drafting, by="interpreting__agency")
    )
    keeping = Actions(add=REGISTER, change=REGISTER, delete=REGISTER)
    register_permission_policy(NormativeRecord, AgencyPermissionPolicy(NormativeRecord, actions=keeping))
    register_permission_policy(
        NormativeEvent, AgencyPermissionPolicy(NormativeEvent, actions=Actions(add=REGISTER), by="record__agency")
    )
    register_permission_policy(ReviewCase, AgencyPermissionPolicy(ReviewCase, actions=Actions()))
    register_permission_policy(
        ReviewChain, AgencyPermissionPolicy(ReviewChain, actions=Actions(add=ADMIN, change=ADMIN, delete=ADMIN))
    )
