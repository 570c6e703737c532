"""Reports with their drafts, frozen versions, explanations and what happened to them."""

from gongkai_web.annual_report.models.draft import (
    TABLE_CHOICES,
    Explanation,
    ManualCell,
    ManualFigure,
    ManualTable,
    Narrative,
)
from gongkai_web.annual_report.models.report import AnnualReport, EventKind, ReportEvent, ReportState
from gongkai_web.annual_report.models.version import ReportVersion, VersionFile

__all__ = [
    "TABLE_CHOICES",
    "AnnualReport",
    "EventKind",
    "Explanation",
    "ManualCell",
    "ManualFigure",
    "ManualTable",
    "Narrative",
    "ReportEvent",
    "ReportState",
    "ReportVersion",
    "VersionFile",
]
