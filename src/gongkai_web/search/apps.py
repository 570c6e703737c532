"""The search app."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Full-text search over what is public."""

    name = "gongkai_web.search"
    label = "search"
    verbose_name = "检索"

    def ready(self) -> None:
        """The index listens to publication and withdrawal."""
        from gongkai_web.search import receivers  # noqa: PLC0415  # models must be loaded first

        receivers.connect()
