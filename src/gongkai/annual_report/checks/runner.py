"""Runs every rule over one report: the public entry of the check engine."""

from __future__ import annotations

from datetime import date

from gongkai.annual_report.checks import across_years, arithmetic, filling, form, plausibility, timing
from gongkai.annual_report.checks.across_years import is_year_before
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.registry import RULES, Subject
from gongkai.annual_report.model import Report
from gongkai.annual_report.naming import place_rank

# Importing a module registers its rules; a test walks the package and compares.
MODULES = (arithmetic, filling, plausibility, across_years, form, timing)
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def check(report: Report, *, previous: Report | None = None, on: date | None = None) -> list[Finding]:
    """Every finding about `report`: errors first, then warnings and notes, each in the order of the form.

    `previous` adds the comparison with the year before (if it is another agency's or year's report, a note says so and
    nothing is compared); `on`, the day of the check, adds what a report that is not yet published has to heed.
    """
    paired = previous is not None and is_year_before(previous, report)
    subject = Subject(report, previous if paired else None, None if paired else previous, on)
    findings = [finding for rule in RULES for finding in rule(subject)]
    findings += _narrative_findings(report, subject.previous)
    if len(findings) > 1:
        findings.sort(key=lambda finding: (_GRAVITY[finding.severity], place_rank(finding.place, report.format)))
    return findings


def _narrative_findings(report: Report, previous: Report | None) -> list[Finding]:
    """The audit of the text; without text its module is not even imported."""
    if not report.sections:
        return []
    from gongkai.annual_report.checks.narrative import audit  # noqa: PLC0415 — figures alone need no audit of text

    return audit(report, previous=previous)
