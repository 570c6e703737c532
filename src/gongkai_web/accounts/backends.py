"""What a membership is worth to Wagtail: entry into its admin. Everything else is asked of `accounts.permissions`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from gongkai_web.accounts.permissions import memberships_of

_ENTRY = "wagtailadmin.access_admin"


class MembershipBackend(ModelBackend):
    """Signs in by user name and lets everybody with a membership in force into the back office."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """`wagtailadmin.access_admin` follows from the memberships; other permissions as Django stores them."""
        if perm == _ENTRY and user_obj.is_active and memberships_of(user_obj):
            return True
        return super().has_perm(user_obj, perm, obj)
