"""Reports with their drafts, frozen versions, explanations and what happened to them."""

from gongkai_web.annual_report.models.draft import (
    TABLE_CHOICES,
    Explanation,
    ManualCell,
    ManualFigure,
    ManualTable,
    Narrative,
)
from gongkai_web.annual_report.models.filing import FilingAct, FilingKind, JointDocument, SummaryRule
from gongkai_web.annual_report.models.imported import (
    FileState,
    ImportedCorrection,
    ImportedFile,
    ImportedReport,
    ImportedState,
)
from gongkai_web.annual_report.models.report import AnnualReport, EventKind, ReportEvent, ReportState
from gongkai_web.annual_report.models.version import ReportVersion, VersionFile

__all__ = [
    "TABLE_CHOICES",
    "AnnualReport",
    "EventKind",
    "Explanation",
    "FileState",
    "FilingAct",
    "FilingKind",
    "ImportedCorrection",
    "ImportedFile",
    "ImportedReport",
    "ImportedState",
    "JointDocument",
    "ManualCell",
    "ManualFigure",
    "ManualTable",
    "Narrative",
    "ReportEvent",
    "ReportState",
    "ReportVersion",
    "SummaryRule",
    "VersionFile",
]
