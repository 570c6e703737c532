"""The information app."""

from __future__ import annotations

from django.apps import AppConfig


class InformationConfig(AppConfig):
    """Items, review chain, register of normative documents."""

    name = "gongkai_web.information"
    label = "information"
    verbose_name = "政府信息管理"

    def ready(self) -> None:
        """Permission policies have to be registered before anything asks for one."""
        from gongkai_web.information import policies  # noqa: PLC0415  # models must be loaded first

        policies.register()
