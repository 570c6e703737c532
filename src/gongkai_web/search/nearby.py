"""What could be asked instead where nothing was found: the longest parts of the question that do occur.

Who types a whole sentence gets nothing, since a term is found only as it stands. 怎样办理卫生许可证 → 卫生许可 · 办理.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from gongkai_web.search.asked import Asked
from gongkai_web.search.narrowing import Choice

Count = Callable[[tuple[str, ...]], int]
"""How many items hold all of these terms."""
_MOST_COUNTS = 40
"""Questions to the index for one page; each costs as much as a search."""
_LONGEST = 24
_OFFERED = 4
_HAN = re.compile("[\u3400-\u9fff]+")
_RUN = re.compile(f"{_HAN.pattern}|[0-9a-z]+")
_ASKING = re.compile("请问|如何|怎么样?|怎样|什么|哪里|哪些|哪个|多少|是否|能否|可以|需要|没有|关于")
"""Words that ask and name nothing: they occur in many texts and lead to none."""


def offers(asked: Asked, terms: Sequence[str], *, count: Count) -> list[Choice]:
    """Questions that are answered, the most telling first; none where nothing of the question occurs."""
    limited = _limited(count)
    parts = [part for term in terms for run in _runs(term) for part in _known_parts(run, limited)]
    parts = sorted(dict.fromkeys(parts), key=len, reverse=True)[:_OFFERED]
    questions = [tuple(parts), *((part,) for part in parts)] if len(parts) > 1 else [(part,) for part in parts]
    counted = [(" ".join(question), limited(question)) for question in questions]
    return [Choice(text, asked.address(question=text), number) for text, number in counted if number]


def _runs(term: str) -> list[str]:
    """What of the term may be looked for: 汉字 without the asking words, whole Latin words and whole numbers.

    >>> _runs("如何办理食品经营许可证2024版")
    ['办理食品经营许可证', '2024', '版']
    """
    return _RUN.findall(_ASKING.sub(" ", term[:_LONGEST]))


def _known_parts(run: str, count: Count) -> Iterator[str]:
    """From left to right the longest parts of two characters and more that occur; Latin words are not cut."""
    if not _HAN.match(run):
        yield from [run] if len(run) > 1 and count((run,)) else []
        return
    start = 0
    while start < len(run) - 1:
        length = _longest_known(run[start:], count)
        if length:
            yield run[start : start + length]
        start += length or 1


def _longest_known(text: str, count: Count) -> int:
    """The length of the longest beginning that occurs, by halving: where a text occurs, its beginnings do."""
    if not count((text[:2],)):
        return 0
    known, possible = 2, len(text)
    while known < possible:
        middle = (known + possible + 1) // 2
        if count((text[:middle],)):
            known = middle
        else:
            possible = middle - 1
    return known


def _limited(count: Count) -> Count:
    """Remembers answers; what is asked beyond the limit counts as not there."""
    answers: dict[tuple[str, ...], int] = {}

    def ask(terms: tuple[str, ...]) -> int:
        if terms not in answers:
            answers[terms] = count(terms) if len(answers) < _MOST_COUNTS else 0
        return answers[terms]

    return ask
