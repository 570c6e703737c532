"""Glued 表四 one of whose groups does not add up, by an error or for a lost cell: the others are told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from gongkai.annual_report.reading.glued_splits import LIMIT, Effort, Reading, SummingGroups, UndecidableError

_GROUPS = 3
_SIZE = 5  # four results and their sum
_LEAST = _SIZE - 1  # characters of the group that does not add up: a cell of it may be lost


@dataclass(frozen=True, slots=True)
class Torn:
    """One way to cut the digits: the three groups, None for the one that does not add up, and that one's digits."""

    groups: tuple[Reading | None, ...]
    digits: tuple[str, ...]


def torn_readings(text: str, walls: frozenset[int], effort: Effort) -> list[Torn]:
    """Every way to cut `text` into three groups of which two add up; none where there are too many to try.

    >>> [torn.digits for torn in torn_readings("120013" + "10203" + "00000", frozenset(), Effort())]
    [('120013',)]
    """
    if not text.isdecimal() or len(text) < _GROUPS * _SIZE - 1:
        return []
    try:
        found = list(islice(_Cuts(text, walls, effort).all(), LIMIT + 1))
    except UndecidableError:
        return []
    return found if len(found) <= LIMIT else []


class _Cuts:
    def __init__(self, text: str, walls: frozenset[int], effort: Effort) -> None:
        self.text, self.walls = text, walls
        self._one = SummingGroups(_SIZE, effort)

    def all(self) -> Iterator[Torn]:
        size = len(self.text)
        for at in range(_LEAST, size - _LEAST + 1):
            for end in range(at + _LEAST, size - _LEAST + 1):
                yield from self._torn((0, at), (at, end), (end, size))

    def _torn(self, *spans: tuple[int, int]) -> Iterator[Torn]:
        for wrong in range(_GROUPS):
            right = [span for n, span in enumerate(spans) if n != wrong]
            if any(end - start < _SIZE for start, end in right):
                continue
            for first in self._readings(*right[0]):
                for second in self._readings(*right[1]):
                    groups: list[Reading | None] = [first, second]
                    groups.insert(wrong, None)
                    yield Torn(tuple(groups), self._pieces(*spans[wrong]))

    def _readings(self, start: int, end: int) -> list[Reading]:
        walls = frozenset(wall - start for wall in self.walls if start < wall < end)
        return self._one.readings(self.text[start:end], walls)

    def _pieces(self, start: int, end: int) -> tuple[str, ...]:
        """The digits of a span, parted where white space parts them."""
        edges = [start, *sorted(wall for wall in self.walls if start < wall < end), end]
        return tuple(self.text[one:other] for one, other in pairwise(edges))


def settled_groups(readings: Sequence[Torn]) -> list[Reading | None]:
    """For each group the numbers that all ways agree on; None where one of them holds that it does not add up."""
    settled: list[Reading | None] = []
    for group in zip(*[torn.groups for torn in readings], strict=True):
        settled.append(group[0] if len(set(group)) == 1 else None)
    return settled
