"""From what somebody typed to a `Query`."""

from __future__ import annotations

import re

from gongkai_web.search.text import folded, number_key, tidy

LONGEST = 100
"""Characters of a question that are looked at; the longest titles of documents have about that many."""
_MOST_TERMS = 8
# A whole 文号 is one term however it is spaced: of its parts alone, 54号 stands in 154号 too.
_DOCUMENT_NUMBER = re.compile(r"([\u3400-\u9fff]{1,20})\(?((?:19|20)\d\d)\)?(第?\d{1,5})号")


def clean_question(typed: str) -> str:
    """The question on one line, cut to `LONGEST`; characters that no text can hold are dropped."""
    return " ".join(typed.replace("\0", "").split())[:LONGEST].strip()


def terms_of(question: str) -> tuple[str, ...]:
    """The folded terms, each once; what is only punctuation is no term.

    >>> terms_of("“公共卫生”  《办法》 ？")
    ('公共卫生', '办法')
    >>> terms_of("国办发 2019 54号")
    ('国办发(2019)54号',)
    """
    if number := _DOCUMENT_NUMBER.fullmatch(folded(tidy(question)).replace(" ", "")):
        return ("{}({}){}号".format(*number.groups()),)
    terms = (_trimmed(folded(tidy(word))) for word in question.split())
    return tuple(dict.fromkeys(term for term in terms if term))[:_MOST_TERMS]


def key_of(question: str) -> str:
    """The question as a 文号 or 索引号; empty where it has no digit and can be neither.

    >>> key_of("国办发 [2019] 54号"), key_of("公共卫生")
    ('国办发201954号', '')
    """
    key = number_key(question)
    return key if any(character.isdigit() for character in key) else ""


def _trimmed(term: str) -> str:
    """Without the marks around it: 《办法》 asks for 办法, whatever stands beside it in the text."""
    meant = [place for place, character in enumerate(term) if character.isalnum()]
    return term[meant[0] : meant[-1] + 1] if meant else ""
