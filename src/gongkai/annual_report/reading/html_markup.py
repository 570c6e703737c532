"""Markup of tables that has been met before: only the numbers in it are new.

The pages of one publishing system, and the pages of one agency over the years, print their tables with the same tags
around the same words, down to the byte. Cutting such a table into cells comes to the same each time, so it is done once
per markup; then the numbers are put where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from gongkai.annual_report.reading.html_table import PrintedTable

_NUMBER = re.compile(rb">([0-9]{1,12}(?:\.[0-9]{1,6})?)<")
_AMOUNT = re.compile(r"\d{1,12}\.\d{1,6}", re.ASCII)
_ANY = b">0<"  # stands for every number in what is compared
_NEVER_PRINTED = 10**12  # has a digit more than any number that is taken out
_KEPT = 128  # markups
_LONGEST = 60_000  # bytes of a markup that is kept


class Kind:
    """What tables have in common that differ in the digits of their numbers only.

    One is kept with each markup and looked up with every table, so that its hash is worked out once.
    """

    __slots__ = ("_hash", "_parts")

    def __init__(self, table: PrintedTable) -> None:
        texts = ["0" if text.isdecimal() else text if not text.isascii() else _masked(text) for text in table.texts]
        self._parts = (*texts, *table.lengths, *table.spans)
        self._hash = hash(self._parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kind) and self._parts == other._parts


def _masked(text: str) -> str:
    return "0.0" if _AMOUNT.fullmatch(text) else text


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """A table as its markup prints it; `at` names, for each number in turn, the cell that it is the whole text of."""

    table: PrintedTable
    at: tuple[int, ...]
    kind: Kind

    def with_numbers(self, numbers: list[bytes]) -> PrintedTable:
        """The table that prints these numbers."""
        texts = self.table.texts.copy()
        stated = b" ".join(numbers).decode()
        for index, number in zip(self.at, stated.split(), strict=True):
            texts[index] = number
        return PrintedTable(texts, self.table.spans, self.table.lengths, (self.kind, _amounts(stated)))


_MARKUPS: dict[bytes, Markup | None] = {}


def printed_as_before(source: bytes, cut: Callable[[bytes], PrintedTable]) -> PrintedTable:
    """The cells of a table's source; `cut` finds them in markup that is new. Raises: whatever `cut` raises."""
    if len(source) > _LONGEST:
        return cut(source)
    parts = _NUMBER.split(source)
    key = _ANY.join(parts[::2])
    try:
        markup = _MARKUPS[key]
    except KeyError:
        if len(_MARKUPS) >= _KEPT:
            _MARKUPS.clear()
        markup = _MARKUPS[key] = _learned(parts[::2], cut)
    return cut(source) if markup is None else markup.with_numbers(parts[1::2])


def _learned(between: list[bytes], cut: Callable[[bytes], PrintedTable]) -> Markup | None:
    """What stands `between` the numbers, as a table; None where a number is not the whole of a cell's text."""
    numbers = [b">%d<" % number for number in range(_NEVER_PRINTED, _NEVER_PRINTED + len(between) - 1)]
    table = cut(b"".join(chain.from_iterable(zip(between, [*numbers, b""], strict=True))))
    at = {text: index for index, text in enumerate(table.texts)}
    found = [at.get(number[1:-1].decode()) for number in numbers]
    places = tuple(index for index in found if index is not None)
    return Markup(table, places, Kind(table)) if len(places) == len(numbers) else None


def _amounts(stated: str) -> tuple[int, ...]:
    """Which of the numbers, parted by blanks, have decimals: their cells are not read as counts are."""
    if "." not in stated:
        return ()
    return tuple(index for index, number in enumerate(stated.split()) if "." in number)
