"""Whether a text holds what was asked for, where an index of pairs of characters cannot tell."""

from __future__ import annotations

import re

from gongkai_web.search.backend import Hit, Query
from gongkai_web.search.text import folded

CHECKED = 100
"""Up to so many candidates all are compared with their text, so that the count is exact; a reader leafs no further."""
_HAN = re.compile("[\u3400-\u9fff]+")  # folding leaves such a term as it is


def is_exact(query: Query) -> bool:
    """Can the index alone answer? A pair or a character is one entry of its dictionary; more is several."""
    return all(len(term) <= 2 for term in query.terms)


def answers(query: Query, hit: Hit) -> bool:
    """Does the text really hold every term? All pairs of a longer term may be there without the term itself."""
    if query.key and query.key in hit.keys:
        return True
    text = hit.display[: hit.title_length] if query.title_only else hit.display
    return all(term in text or (not _HAN.fullmatch(term) and term in folded(text)) for term in query.terms)
