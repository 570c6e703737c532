"""The applications app."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Cases from the counter to the court; the law of them is `gongkai.applications`."""

    name = "gongkai_web.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """The log calls the app's events by their Chinese names; the command `daily` gives its reminders."""
        from gongkai_web.applications import labels  # noqa: PLC0415  # models must be loaded first
        from gongkai_web.applications.services import notices  # noqa: PLC0415  # as above
        from gongkai_web.information import signals  # noqa: PLC0415  # as above

        labels.register()
        signals.daily.connect(notices.run_daily, dispatch_uid="applications.reminders")
