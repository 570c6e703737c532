"""Checking: what is published against the rules of the form, of arithmetic, of time and of its own text.

>>> from gongkai.annual_report.model import blank_report
>>> {finding.code for finding in check(blank_report())}
{'CELL-BLANK'}
"""

from __future__ import annotations

from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.runner import check

__all__ = ["Finding", "Severity", "check"]
