"""The information app."""

from __future__ import annotations

from django.apps import AppConfig


class InformationConfig(AppConfig):
    """Items, review chain, register of normative documents."""

    name = "gongkai_web.information"
    label = "information"
    verbose_name = "政府信息管理"

    def ready(self) -> None:
        """Permission policies have to be registered before anything asks for one; Chinese names for the log."""
        from gongkai_web.audit import labels  # noqa: PLC0415  # models must be loaded first
        from gongkai_web.information import policies  # noqa: PLC0415  # as above

        policies.register()
        labels.register(
            {
                "information.found_openable": "定期评估：可以公开",
                "information.closure_interval_set": "设置不予公开评估周期",
                "information.chain_saved": "保存签审链",
            }
        )
