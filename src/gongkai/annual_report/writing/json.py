"""The report as the JSON document of the public contract."""

from __future__ import annotations

import json

from gongkai.annual_report.model import Report
from gongkai.annual_report.serialisation import to_json


def write(report: Report) -> bytes:
    """UTF-8, indented, Chinese unescaped."""
    text = json.dumps(to_json(report), ensure_ascii=False, indent=2) + "\n"
    return text.encode(errors="backslashreplace")  # a lone surrogate becomes its JSON escape
