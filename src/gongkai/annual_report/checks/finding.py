"""A finding: what was *published* breaks a rule. Severities follow LAW: error, warning, note."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

Side = int | Decimal | str | None


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "警告", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule.

    `place` is a cell path, a pattern of cell paths (`applications.*.natural_person`) or a narrative place
    (`sections.overview`); `left` and `right` are the two values that disagree; `quote` is the sentence concerned.
    """

    code: str
    severity: Severity
    place: str
    rule: str
    left: Side
    right: Side
    message: str
    hint: str
    citation: str
    quote: str = ""

    @property
    def fingerprint(self) -> str:
        """16 hex digits that stay the same while the same rule is broken in the same place by the same values."""
        identity = "\x1f".join((self.code, self.place, str(self.left), str(self.right)))
        return hashlib.sha256(identity.encode()).hexdigest()[:16]

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place,
            "rule": self.rule,
            "left": _plain(self.left),
            "right": _plain(self.right),
            "message": self.message,
            "hint": self.hint,
            "citation": self.citation,
            "fingerprint": self.fingerprint,
        }
        if self.quote:
            data["quote"] = self.quote
        return data


def _plain(side: Side) -> int | str | None:
    return str(side) if isinstance(side, Decimal) else side
