"""The error of every writer of documents."""

from __future__ import annotations

from gongkai.errors import GongkaiError


class WritingError(GongkaiError):
    """The document cannot be written in the wanted format, e.g. a character for which no font has a glyph."""
