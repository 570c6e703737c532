"""Sources of figures: what a report's cells and the references in its text are computed from.

An app that comes later registers its own sources here; nothing else changes. `register_all` makes the present ones
known.
"""

from __future__ import annotations

from importlib import import_module

from gongkai_web.annual_report.sources.registry import (
    Family,
    Figure,
    Member,
    RecordLine,
    Source,
    TableSource,
    families,
    register,
    register_family,
    register_table,
    source,
    sources,
    table_sources,
)

__all__ = [
    "Family",
    "Figure",
    "Member",
    "RecordLine",
    "Source",
    "TableSource",
    "families",
    "register",
    "register_all",
    "register_family",
    "register_table",
    "source",
    "sources",
    "table_sources",
]


_MODULES = ("items", "table2", "ledger", "by_hand")
"""In the order in which lists show their figures."""


def register_all() -> None:
    """Import the modules that register this installation's sources; models must be loaded first."""
    for name in _MODULES:
        import_module(f"{__name__}.{name}")
