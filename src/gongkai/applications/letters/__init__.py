"""The letters of 依申请公开: receipt, notices, consultations, fee, reply, forms of the file; as text, DOCX and PDF.

`compose` makes the text from facts by the law of the letter's day and says what is missing; `docx.write` and
`pdf.write` put it on paper.
"""

from __future__ import annotations

from gongkai.applications.letters.compose import compose
from gongkai.applications.letters.composed import Composed, Missing, Paragraph
from gongkai.applications.letters.errors import LetterError
from gongkai.applications.letters.facts import LetterFacts
from gongkai.applications.letters.kinds import Fact, Kind, LetterKind, fact, facts_of, kind_of, kinds

__all__ = [
    "Composed",
    "Fact",
    "Kind",
    "LetterError",
    "LetterFacts",
    "LetterKind",
    "Missing",
    "Paragraph",
    "compose",
    "fact",
    "facts_of",
    "kind_of",
    "kinds",
]
