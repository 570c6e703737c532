"""Agencies, offices, people and memberships."""

from gongkai_web.accounts.models.agency import Agency, AgencyKind, AgencyQuerySet, Office
from gongkai_web.accounts.models.membership import Membership, Role
from gongkai_web.accounts.models.user import User

__all__ = ["Agency", "AgencyKind", "AgencyQuerySet", "Membership", "Office", "Role", "User"]
