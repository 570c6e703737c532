"""The page around something that changes: written by its template once, with holes, and filled for every request.

Head, navigation, breadcrumb and footer are the same for all items of a column, and their template costs more time than
everything else of an item's page. What stands in a hole must be HTML already.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

_SECRET = secrets.token_hex(8)
"""No text of an item can name a hole: nobody knows what this process calls them."""
_HOLE = re.compile(f"hole{_SECRET}([a-z]+)x")


def hole(name: str) -> str:
    """What a template is given for something not yet known: letters and digits, so that escaping leaves it alone."""
    return f"hole{_SECRET}{name}x"


@dataclass(frozen=True, slots=True)
class Shell:
    """`parts` are by turns text and the name of the hole that follows it; the first and the last are text."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> Self:
        """The shell of a page that was written with holes."""
        return cls(tuple(_HOLE.split(written)))

    def fill(self, contents: dict[str, str]) -> str:
        """The page. Raises: `KeyError` for a hole without a content.

        >>> Shell.of(f"<h1>{hole('title')}</h1>").fill({"title": "通知"})
        '<h1>通知</h1>'
        """
        page = list(self.parts)
        page[1::2] = [contents[name] for name in page[1::2]]
        return "".join(page)


class Shells:
    """The shells in use, by what they depend on. `limit` is their number; whoever asks for more starts over."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._kept: dict[object, Shell] = {}

    def get(self, key: object, write: Callable[[], str]) -> Shell:
        """The shell for the key; `write` makes its page when it is asked for first."""
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= self._limit:
                self._kept = {}  # replaced whole: other threads go on with the old one
            found = self._kept[key] = Shell.of(write())
        return found
