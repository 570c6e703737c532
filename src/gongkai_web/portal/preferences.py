"""How a reader wants pages shown: large text, light or dark. One cookie, set by a plain link, no script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from django.http import HttpRequest

COOKIE = "gongkai_display"
COOKIE_AGE = 365 * 24 * 3600
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Display:
    """`theme` is empty where the reader's system decides."""

    large: bool = False
    theme: str = ""

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read the cookie; whatever it says wrongly is ignored.

        >>> Display.parse("large-dark"), Display.parse("<script>")
        (Display(large=True, theme='dark'), Display(large=False, theme=''))
        """
        parts = value.split("-")
        return cls("large" in parts, next((theme for theme in THEMES if theme in parts), ""))

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """What the request's cookie says."""
        return cls.parse(request.COOKIES.get(COOKIE, ""))

    def __str__(self) -> str:
        return "-".join(part for part in ("large" if self.large else "", self.theme) if part)

    def with_choice(self, choice: str) -> Display:
        """The preferences after one of the links: `large`, `normal`, `light`, `dark` or `auto`; others change nothing.

        >>> str(Display(large=True).with_choice("dark"))
        'large-dark'
        """
        changes: dict[str, Display] = {
            "large": replace(self, large=True),
            "normal": replace(self, large=False),
            "auto": replace(self, theme=""),
            **{theme: replace(self, theme=theme) for theme in THEMES},
        }
        return changes.get(choice, self)
