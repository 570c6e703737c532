"""Which state of the public content a page shows: two tokens, read by one small query at the start of a request.

A withdrawn item has to vanish from every worker's cache at once, so the tokens live in the database and change in
the very transaction of the change. `STRUCTURE` is agencies and columns, `CONTENT` everything else that is public.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.http import HttpRequest

from gongkai_web.portal.models import Mark
from gongkai_web.portal.selectors.prepared import Statement

CONTENT = "content"
STRUCTURE = "structure"
_TOKEN_BITS = 62  # fits a signed 64-bit column
_ATTRIBUTE = "_portal_versions"
_TOKENS = Statement.of("SELECT name, token FROM portal_mark")


@dataclass(frozen=True, slots=True)
class Versions:
    """The tokens in force; 0 before anything has changed."""

    content: int
    structure: int


def read() -> Versions:
    """The tokens as the database has them now. Plain SQL: this is the whole cost of a page from the cache."""
    found = dict(_TOKENS.rows())
    return Versions(found.get(CONTENT, 0), found.get(STRUCTURE, 0))


def of_request(request: HttpRequest) -> Versions:
    """The tokens as this request found them first; asked once."""
    known: Versions | None = getattr(request, _ATTRIBUTE, None)
    if known is None:
        known = read()
        setattr(request, _ATTRIBUTE, known)
    return known


def bump(name: str) -> None:
    """Make every page that was built before this transaction's end out of date.

    Call it inside the transaction of the change. Needed by hand only after statements that go past the models.
    """
    token = secrets.randbits(_TOKEN_BITS)
    if not Mark.objects.filter(name=name).update(token=token):
        Mark.objects.update_or_create(name=name, defaults={"token": token})
