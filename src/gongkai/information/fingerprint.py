"""The fingerprint of what was signed: any change of what the public would see gives another one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
"""What JSON can hold, without binary floats."""


def plain(value: object) -> Plain:
    """Dates become ISO text and decimals their digits, so that the same content gives the same bytes anywhere.

    Raises: `TypeError` for anything else, because a guess would weaken the fingerprint.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def fingerprint(content: Mapping[str, object]) -> str:
    """SHA-256 over canonical JSON, 64 hexadecimal digits.

    >>> fingerprint({"title": "甲", "body": "乙"}) == fingerprint({"body": "乙", "title": "甲"})
    True
    """
    text = json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
