"""The annual report app."""

from __future__ import annotations

from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    """Drafts, frozen versions, explanations of findings; the supervising office's work stands in `supervision`."""

    name = "gongkai_web.annual_report"
    label = "annual_report"
    verbose_name = "年度报告"

    def ready(self) -> None:
        """Names of the log's actions, sources of figures and receivers have to be there before anything runs."""
        from gongkai_web.annual_report import labels, receivers, sources  # noqa: PLC0415  # models must be loaded first
        from gongkai_web.annual_report.supervision import setup  # noqa: PLC0415  # as above

        labels.register()
        sources.register_all()
        receivers.connect()
        setup.connect()
