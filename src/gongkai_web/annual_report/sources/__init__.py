"""Sources of figures: what a report's cells and the references in its text are computed from.

An app that comes later registers its own sources here; nothing else changes. `register_all` makes the present ones known.
"""

from __future__ import annotations

from gongkai_web.annual_report.sources.registry import Figure, RecordLine, Records, Source, register, source, sources

__all__ = ["Figure", "RecordLine", "Records", "Source", "register", "register_all", "source", "sources"]


def register_all() -> None:
    """Import the modules that register this installation's sources."""
    from gongkai_web.annual_report.sources import by_hand, items  # noqa: F401, PLC0415  # models must be loaded first
