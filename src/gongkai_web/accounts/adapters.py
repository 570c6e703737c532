"""How allauth behaves here: people are appointed, they do not sign up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):
    """Closed to the public."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the agency's administrator."""
        return False
