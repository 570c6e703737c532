"""The error of the letters: a letter that cannot be this one, e.g. a reply that would end a case without an answer."""

from __future__ import annotations

from gongkai.errors import GongkaiError


class LetterError(GongkaiError):
    """What is asked for is not a lawful letter of that kind. Missing facts are no error, see `Composed.missing`."""
