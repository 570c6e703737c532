"""What this app refuses, beyond what the law's own rules refuse."""

from __future__ import annotations

from gongkai.errors import GongkaiError


class CaseRefused(GongkaiError):  # noqa: N818  # names the event
    """The act does not fit the case as it stands; nothing was stored."""
