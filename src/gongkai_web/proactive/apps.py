"""The proactive app."""

from __future__ import annotations

from django.apps import AppConfig


class ProactiveConfig(AppConfig):
    """Columns and the duty to keep them."""

    name = "gongkai_web.proactive"
    label = "proactive"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """Permission policies have to be registered before anything asks for one."""
        from gongkai_web.proactive import policies  # noqa: PLC0415  # models must be loaded first

        policies.register()
