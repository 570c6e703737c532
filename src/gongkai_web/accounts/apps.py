"""The accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agencies, offices, people and their roles."""

    name = "gongkai_web.accounts"
    label = "accounts"
    verbose_name = "机构与人员"

    def ready(self) -> None:
        """Permission policies have to be registered before anything asks for one."""
        from gongkai_web.accounts import policies, sessions  # noqa: F401, PLC0415  # models must be loaded first

        policies.register()
