"""The portal app."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "gongkai_web.portal"
    label = "portal"
    verbose_name = "公开门户"

    def ready(self) -> None:
        """The caches listen to every change of what is public."""
        from gongkai_web.portal import invalidation  # noqa: PLC0415  # models must be loaded first

        invalidation.connect()
