"""What a ledger refuses: each message says what, by which article, and the next step, in Chinese."""

from __future__ import annotations

from gongkai.law.errors import LawError


class LedgerError(LawError):
    """An entry lacks what the law requires of it, or contradicts the ledger."""
