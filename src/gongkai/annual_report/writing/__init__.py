"""Writing the statutory form: DOCX, PDF, HTML, XLSX, Markdown and JSON.

Each writer is a module of this package with `write(report) -> bytes`; only the one that is asked for is imported.
What a writer prints is read back as the same report by `gongkai.annual_report.reading`.
"""

from __future__ import annotations

import importlib

from gongkai.annual_report.model import Report
from gongkai.documents import WritingError

__all__ = ["WRITERS", "WritingError", "write"]

WRITERS = {"docx": "docx", "pdf": "pdf", "html": "html", "xlsx": "xlsx", "md": "markdown", "json": "json"}
"""Format name, which is also the file suffix, to the module that writes it."""


def write(report: Report, *, to: str) -> bytes:
    """The report as a file of format `to`, one of `WRITERS`.

    Raises: WritingError for an unknown format, or where the format cannot hold the report.
    """
    if to not in WRITERS:
        raise WritingError("unknown-format", f"不能写成“{to}”格式。", f"可选的格式：{'、'.join(WRITERS)}。")
    written: bytes = importlib.import_module(f"{__name__}.{WRITERS[to]}").write(report)
    return written
