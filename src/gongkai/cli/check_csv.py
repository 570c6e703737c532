"""Findings for spreadsheets: one line each, UTF-8 without a byte order mark, under a line of column names."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from typing import IO

from gongkai.annual_report.checks import Finding
from gongkai.annual_report.model import Report
from gongkai.annual_report.naming import place_label
from gongkai.cli.check import Checked

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


def write(stream: IO[str], files: Iterator[Checked], *, single: bool) -> Iterator[Checked]:
    """Write the findings file by file; why a file cannot be read goes to stderr."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for checked in files:
        error = checked.outcome.error
        if error:
            print(f"无法读取 {checked.outcome.name}：{error.message}{error.hint}", file=sys.stderr)
        for report, findings in checked.results:
            writer.writerows(_row(report, finding) for finding in findings)
        yield checked


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
