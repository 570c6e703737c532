"""The narrative audit (N1–N8): numbers of the text against each other and the tables, and what a text has to say.

An error is reported only where no fair reading of the sentence is left; a warning where one is doubtful. What is
compared with what, and which readings are fair, is described in `docs/explanation/narrative-audit.md`.
"""

from __future__ import annotations

from gongkai.annual_report.checks.finding import Finding
from gongkai.annual_report.checks.narrative import (
    applications,
    changes,
    consistency,
    fees,
    improvement,
    lists,
    proactive,
    remedies,
    repeated,
    shares,
    zeros,
)
from gongkai.annual_report.checks.narrative.figures import Figures
from gongkai.annual_report.checks.narrative.sentences import split
from gongkai.annual_report.checks.narrative.statements import Context
from gongkai.annual_report.model import Report

__all__ = ["audit"]

_AUDITS = (
    applications.audit,
    zeros.audit,
    remedies.audit,
    proactive.audit,
    changes.audit,
    lists.audit,
    shares.audit,
    repeated.audit,
    fees.audit,
    improvement.audit,
    consistency.audit,
)


def audit(report: Report, *, previous: Report | None = None) -> list[Finding]:
    """The findings of the narrative of `report`; `previous` is the same agency's report of the year before.

    A contradiction that the text repeats is reported once.

    Source: 国办公开办函〔2021〕30号; 《政府信息公开条例》第五十条.
    """
    if not any(report.sections.values()):
        return []
    context = Context(report, Figures(report), split(report.sections), previous)
    findings: dict[str, Finding] = {}
    for run in _AUDITS:
        for finding in run(context):
            findings.setdefault(finding.fingerprint, finding)
    return list(findings.values())
