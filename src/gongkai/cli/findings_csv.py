"""Findings for spreadsheets: one line each, UTF-8 without a byte order mark, under a line of column names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from gongkai.annual_report.checks import Finding
from gongkai.annual_report.model import Report
from gongkai.annual_report.naming import place_label

COLUMNS = (
    "source",
    "agency",
    "year",
    "code",
    "severity",
    "place",
    "place_label",
    "left",
    "right",
    "message",
    "rule",
    "hint",
    "citation",
    "quote",
    "fingerprint",
)


def write(out: TextIO, checked: Iterable[tuple[Report, Sequence[Finding]]]) -> None:
    """Write each report's findings as soon as it is checked."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report, findings in checked:
        writer.writerows(_row(report, finding) for finding in findings)


def _row(report: Report, finding: Finding) -> list[str]:
    data = finding.to_json() | {
        "source": report.source.name if report.source else "",
        "agency": report.agency,
        "year": report.year,
        "place_label": place_label(finding.place, report.format),
    }
    return [_field(data.get(column)) for column in COLUMNS]


def _field(value: object) -> str:
    """The value as text; what a spreadsheet would run as a formula is marked as text by an apostrophe."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in {"=", "+", "-", "@"} else text
