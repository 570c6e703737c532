"""Narratives for the tests of the narrative audit: a report of zeros, the figures that matter, and the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from check_cases import report

from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative import audit
from gongkai.annual_report.model import Report

# What every complete narrative says, so that only the text of the test is looked at.
COMPLETE = {
    "problems": "一是解读形式单一，更新不够及时。下一步，将继续充实公开内容。",
    "other_matters": "本年度未收取信息处理费。",
}

Figures = Mapping[str, int | Decimal]


def natural(rows: Mapping[str, int]) -> dict[str, int]:
    """Applications of natural persons only: the same number in their column and in the total."""
    return {
        f"applications.{row}.{column}": value for row, value in rows.items() for column in ("natural_person", "total")
    }


def told(text: str, figures: Figures | None = None, *, section: str = "overview", **members: Any) -> Report:
    """A report whose section `section` reads `text`; the other sections say what they have to."""
    members.setdefault("year", 2020 if members.get("form") == "2019" else 2023)
    return report(dict(figures or {}), sections={**COMPLETE, section: text}, **members)


def findings(text: str, figures: Figures | None = None, **members: Any) -> list[Finding]:
    return audit(told(text, figures, **members))


def brief(found: list[Finding]) -> list[tuple[str, Severity, object, object]]:
    """Code, severity and the two values: what the tests compare."""
    return [(finding.code, finding.severity, finding.left, finding.right) for finding in found]


_HEADING = re.compile(r"^#*\s*([一二三四五六])、\s*(.*)$")
_KEYS = dict(
    zip("一二三四五六", ("overview", "proactive", "applications", "remedies", "problems", "other_matters"), strict=True)
)
_TABLE_LINE = re.compile(r"^[|\s\d]*$|\t|\|")


def published_sections(text: str) -> dict[str, str]:
    """The narrative of a published text, cut at its six headings, without the lines of its tables."""
    sections: dict[str, list[str]] = {"preamble": []}
    current = "preamble"
    for line in text.splitlines():
        heading = _HEADING.match(line.strip())
        wanted = _KEYS[heading[1]] if heading else ""
        if heading and wanted in (*_following(current), "preamble") and "，" not in heading[2]:
            current = wanted
            sections[current] = []
        elif not _TABLE_LINE.search(line):
            sections[current].append(line)
    return {key: "\n".join(lines) for key, lines in sections.items()}


def _following(key: str) -> tuple[str, ...]:
    order = ("preamble", *_KEYS.values())
    return order[order.index(key) + 1 : order.index(key) + 2]
