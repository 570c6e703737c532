"""Entries for tests of the index."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai_web.search.backend import Entry
from gongkai_web.search.text import number_key, tidy


def make_entry(number: int, title: str, text: str = "", **fields: Any) -> Entry:
    """An entry published on the day of January 2024 that its number names, unless told otherwise."""
    document_number = fields.pop("document_number", "")
    values = {"agency": 1, "columns": ("通知公告",), "published_on": date(2024, 1, min(number, 31)), **fields}
    body = "\n".join(part for part in (document_number, text) if part)
    return Entry(
        id=number, title=tidy(title), text=tidy(body), keys=tuple(filter(None, [number_key(document_number)])), **values
    )
