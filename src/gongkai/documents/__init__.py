"""Official documents on the page of GB/T 9704-2012 as DOCX and PDF: what reports and letters share of their paper."""

from __future__ import annotations

from gongkai.documents.errors import WritingError

__all__ = ["WritingError"]
