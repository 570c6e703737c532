"""The annual report of government information disclosure: read, check and write it.

>>> from gongkai import annual_report
>>> sorted(annual_report.__all__)
['Report', 'UnreadableReportError', 'check', 'from_json', 'read', 'to_json']
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongkai.annual_report.checks import check
    from gongkai.annual_report.model import Report
    from gongkai.annual_report.reading import read
    from gongkai.annual_report.serialisation import from_json, to_json
    from gongkai.errors import UnreadableReportError

__all__ = ["Report", "UnreadableReportError", "check", "from_json", "read", "to_json"]

# Loaded when first asked for: a command that only writes does not import what reads.
_HOMES = {
    "Report": "gongkai.annual_report.model",
    "UnreadableReportError": "gongkai.errors",
    "check": "gongkai.annual_report.checks",
    "from_json": "gongkai.annual_report.serialisation",
    "read": "gongkai.annual_report.reading",
    "to_json": "gongkai.annual_report.serialisation",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
