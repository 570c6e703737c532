"""The numbers of labels glued behind the numbers of cells: `00000002.其他法律…` is a row of zeros and the label's 2."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.annual_report import formats
from gongkai.annual_report.reading.glued_splits import Effort, UndecidableError, summing_splits
from gongkai.annual_report.reading.labels import Found, ordinal_of, scan
from gongkai.annual_report.reading.locate import APPLICANTS
from gongkai.text.width import fold

ORDINAL_AT_END = re.compile(r"[0-9０-９]\s*[.．]?\s*$")
# `6175、0、13…`, `1 1／2—0`: cells go on behind a separator or a dash, so that these digits are no row by themselves.
LIST_GOES_ON = re.compile(
    r"\s*[、；;·]\s*[0-9０-９](?!\s*[.．、]\s*[\u4e00-\u9fff])"
    r"|\s*[/／—–\-－](?![->])\s*(?:[0-9０-９/／—–\-－（(]|[\u4e00-\u9fff])"
)
_AHEAD = 60  # characters in which the label behind a number is looked for
_FEW_LABELS = 5
_NUMBERED = tuple(
    (ordinal, label)
    for ordinal, label in (ordinal_of(fold(row.label)) for row in formats.load("2021", unsplit=True).rows)
    if ordinal.isdecimal()
)


def folded(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """`text[start:end]` folded, and for each folded character its offset from `start` (one more for the end)."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset in range(end - start):
        one = fold(text[start + offset])
        characters.append(one)
        offsets += [offset] * len(one)
    return "".join(characters), [*offsets, end - start]


def labels_ahead(text: str, start: int) -> list[Found]:
    """The labels in the next characters of `text`."""
    return scan(folded(text, start, min(len(text), start + _AHEAD))[0])


def end_of_values(text: str, start: int, end: int) -> int:
    """Where the values end: `00000002.` before a label are seven values and the label's number."""
    run = text[start:end]
    ordinal = ORDINAL_AT_END.search(run)
    pointed = run.rstrip().endswith((".", "．")) or (
        text[end : end + 1] in {"、", "．", "."} and not LIST_GOES_ON.match(text, end)
    )
    if ordinal is not None and pointed and text[end : end + 1].strip():
        return start + ordinal.start()
    return start + len(run.rstrip(" \t\r\n,，.．"))


def lent(text: str, end: int, digits: str, effort: Effort) -> str | None:
    """Whether the last of a row's `digits`, which end at `end`, is the number of the label behind them.

    None if it is none; else the part of it that the label has to be read with, mostly nothing.
    """
    ahead = labels_ahead(text, end)
    if not ahead or ahead[0].start:
        return None
    is_other = ahead[0].label.key == "other" and digits[-1] == "3"  # 3.其他, as which a column is called too
    is_number = ordinal_of(ahead[0].label.standard)[0] == digits[-1]
    if (is_number or is_other) and prints_bare_ordinals(text):
        return digits[-1] if is_other else ""
    return "" if is_number and _adds_up_without_last(digits, effort) else None


def is_bare_ordinal(text: str, end: int, digit: str) -> bool:
    """`（六）其他处理1申请人…`: whether a lone digit is the number of the label behind it."""
    ahead = labels_ahead(text, end)
    is_number = bool(ahead) and not ahead[0].start and ordinal_of(ahead[0].label.standard)[0] == digit
    return is_number and prints_bare_ordinals(text)


@lru_cache(maxsize=4)
def prints_bare_ordinals(text: str) -> bool:
    """Whether the labels of a glued text have their numbers without a point: `0000000` `2其他法律…`.

    Then the last digit before such a label is its number, even where the row would add up with it.
    """
    whole, bare, found = fold(text), 0, 0
    for ordinal, label in _NUMBERED:
        at = whole.find(label)
        if at > 0:
            found += 1
            bare += whole[at - 1] == ordinal
    return found > _FEW_LABELS and bare == found


def _adds_up_without_last(digits: str, effort: Effort) -> bool:
    """Whether digits can be a row of 表三 only without the last of them."""
    count = len(APPLICANTS)
    try:
        fits = summing_splits(digits, frozenset(), count, effort=effort)
        return not fits and bool(summing_splits(digits[:-1], frozenset(), count, effort=effort))
    except UndecidableError:
        return False
