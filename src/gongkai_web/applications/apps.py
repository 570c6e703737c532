"""The applications app."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Cases from the counter to the court; the law of them is `gongkai.applications`."""

    name = "gongkai_web.applications"
    label = "applications"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """Chinese names for the log; the command `daily` gives reminders and throws expired drafts away."""
        from gongkai_web.applications import labels  # noqa: PLC0415  # models must be loaded first
        from gongkai_web.applications.public import drafts  # noqa: PLC0415  # as above
        from gongkai_web.applications.services import notices  # noqa: PLC0415  # as above
        from gongkai_web.information import signals  # noqa: PLC0415  # as above

        labels.register()
        signals.daily.connect(notices.run_daily, dispatch_uid="applications.reminders")
        signals.daily.connect(drafts.run_daily, dispatch_uid="applications.drafts")
