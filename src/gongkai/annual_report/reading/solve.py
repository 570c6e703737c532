"""Which readings of 表三's rows stand together: every column has to add up, and 一 + 二 = 三（七） + 四.

Rows with one reading are constants; the search asks for every other reading whether some choice for the remaining rows
completes it. What is fixed in all completions is solved; what is not stays open. Bounded in time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from time import perf_counter

Vector = tuple[int, ...]

BUDGET = 0.4  # seconds for one table
_SPECIAL = ("received", "carried_in", "total", "carried_out")
_MOST_WRONG = 2  # columns that contradict the others
_MOST_COMBINATIONS = 20_000


class OutOfTimeError(Exception):
    """The search used up its budget: what it would have decided stays open."""


@dataclass(frozen=True, slots=True)
class Table:
    """表三 as a puzzle: for each row its possible readings, one number for each column.

    `leaves` names the rows that （七）总计 adds up, among `options`. `outcome` and `balance` are the columns in which
    the sum of outcomes and 一 + 二 = 三（七） + 四 may be used.
    """

    options: Mapping[str, Sequence[Vector]]
    leaves: tuple[str, ...]
    outcome: frozenset[int]
    balance: frozenset[int]


@dataclass(slots=True)
class Solution:
    """`supported` lists for each row the readings that some completion uses; `used` is the table with the equations
    that were used, `dropped` those, as (identity, column), that no choice can satisfy. `rows_only` says that no choice
    satisfies all that were used, `exhausted` that time ran out: in both cases nothing is decided."""

    used: Table
    supported: dict[str, list[Vector]]
    dropped: list[tuple[str, int]] = field(default_factory=list)
    rows_only: bool = False
    exhausted: bool = False


def solve(table: Table, *, budget: float = BUDGET) -> Solution:
    """Narrow every row to the readings that fit all others.

    Equations that no choice of readings can satisfy are an error of the publication and are dropped, one by one; where
    the rest still contradict each other, so are those of one or two columns more. If even that leaves a contradiction
    each row stands alone.
    """
    table, dropped = _without_broken(table)
    deadline = perf_counter() + budget
    everything = {row: list(options) for row, options in table.options.items()}
    try:
        supported = _supported(table, deadline)
    except OutOfTimeError:
        return Solution(table, everything, dropped, exhausted=True)
    if supported is None:
        eased = _without_columns(table, deadline)
        if eased is None:
            return Solution(table, everything, dropped, rows_only=True)
        return Solution(eased.used, eased.supported, dropped + eased.dropped)
    return Solution(table, supported, dropped)


def _without_columns(table: Table, deadline: float) -> Solution | None:
    """The table without the fewest columns, one or two, whose equations contradict the others.

    Where several columns may be the wrong ones, a row keeps the readings that any of them leaves it, and no equation of
    theirs counts as used. None where more columns are wrong, or time runs out.
    """
    columns = sorted(table.outcome | table.balance)
    for size in range(1, _MOST_WRONG + 1):
        found: dict[tuple[int, ...], dict[str, list[Vector]]] = {}
        try:
            for left_out in combinations(columns, size):
                supported = _supported(_keeping(table, frozenset(left_out)), deadline)
                if supported is not None:
                    found[left_out] = supported
        except OutOfTimeError:
            return None
        if found:
            return _any_of(table, found)
    return None


def _keeping(table: Table, left_out: frozenset[int]) -> Table:
    return Table(table.options, table.leaves, table.outcome - left_out, table.balance - left_out)


def _any_of(table: Table, found: Mapping[tuple[int, ...], Mapping[str, Sequence[Vector]]]) -> Solution:
    left_out = frozenset(column for columns in found for column in columns)
    supported = {
        row: [option for option in options if any(option in one[row] for one in found.values())]
        for row, options in table.options.items()
    }
    dropped = [("outcome-sum", c) for c in sorted(table.outcome & left_out)]
    dropped += [("balance", c) for c in sorted(table.balance & left_out)]
    return Solution(_keeping(table, left_out), supported, dropped)


def _without_broken(table: Table) -> tuple[Table, list[tuple[str, int]]]:
    """The table without the equations whose two sides cannot meet, taken one at a time."""
    broken_sums = {c for c in table.outcome if not _can_meet(table, c, table.leaves, ("total",))}
    broken_balances = {c for c in table.balance if not _can_meet(table, c, _SPECIAL[:2], _SPECIAL[2:])}
    dropped = [("outcome-sum", c) for c in sorted(broken_sums)] + [("balance", c) for c in sorted(broken_balances)]
    kept = Table(table.options, table.leaves, table.outcome - broken_sums, table.balance - broken_balances)
    return kept, dropped


def _can_meet(table: Table, column: int, left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether both sides can be equal in a column: exactly, by the sets of sums (bounded), else by their ranges."""
    sides = [_reachable(table, column, rows) for rows in (left, right)]
    return bool(sides[0] & sides[1]) if sides[0] and sides[1] else True


def _reachable(table: Table, column: int, rows: Sequence[str]) -> set[int]:
    """The sums that some choice of readings reaches in a column; empty where there are too many to list."""
    sums = {0}
    for row in rows:
        numbers = {option[column] for option in table.options[row]}
        sums = {one + number for one in sums for number in numbers}
        if len(sums) > 5_000:
            return set()
    return sums


def _supported(table: Table, deadline: float) -> dict[str, list[Vector]] | None:
    """Each row's readings that occur in some completion; None if there is no completion at all."""
    used: dict[str, set[Vector]] = {row: set() for row in table.options}
    search = _Search(table, deadline)
    first = search.completion({})
    if first is None:
        return None
    _mark(used, first)
    for row, options in table.options.items():
        for option in options if len(options) > 1 else ():
            if option not in used[row]:
                found = search.completion({row: option})
                if found is not None:
                    _mark(used, found)
    return {row: [option for option in options if option in used[row]] for row, options in table.options.items()}


def _mark(used: dict[str, set[Vector]], completion: Mapping[str, Vector]) -> None:
    for row, option in completion.items():
        used[row].add(option)


class _Search:
    """Finds one choice of readings in which all equations hold, with some rows fixed beforehand."""

    def __init__(self, table: Table, deadline: float) -> None:
        self.table = table
        self.deadline = deadline
        self.outcome = sorted(table.outcome)
        self.balance = sorted(table.balance)

    def completion(self, fixed: Mapping[str, Vector]) -> dict[str, Vector] | None:
        options = {row: ([fixed[row]] if row in fixed else list(o)) for row, o in self.table.options.items()}
        for special in self._specials(options):
            leaves = self._leaves(options, special.get("total"))
            if leaves is not None:
                return {**special, **leaves}
        return None

    def _specials(self, options: Mapping[str, list[Vector]]) -> Iterator[dict[str, Vector]]:
        """Choices for 一, 二, 三（七）, 四 that balance, each 总计 once with one of the balances it allows."""
        names = [name for name in _SPECIAL if name in options]
        if len(names) < len(_SPECIAL) or not self.balance:
            yield from self._unbalanced(options, names)
            return
        incoming: dict[Vector, tuple[Vector, Vector]] = {}
        for received, carried in _pairs(options["received"], options["carried_in"]):
            incoming.setdefault(self._sum(received, carried), (received, carried))
        seen: set[Vector] = set()
        for total, carried_out in _pairs(options["total"], options["carried_out"]):
            self._check_time()
            found = incoming.get(self._sum(total, carried_out))
            if found is not None and total not in seen:
                seen.add(total)
                yield dict(zip(_SPECIAL, (*found, total, carried_out), strict=True))

    def _unbalanced(self, options: Mapping[str, list[Vector]], names: list[str]) -> Iterator[dict[str, Vector]]:
        rest = {name: options[name][0] for name in names if name != "total"}
        if "total" not in names:
            yield rest
            return
        for total in options["total"]:
            yield {**rest, "total": total}

    def _sum(self, one: Vector, other: Vector) -> Vector:
        return tuple(one[c] + other[c] for c in self.balance)

    def _leaves(self, options: Mapping[str, list[Vector]], total: Vector | None) -> dict[str, Vector] | None:
        """Readings of the outcome rows that add up to `total`."""
        if total is None or not self.outcome:
            return {row: options[row][0] for row in self.table.leaves}
        rows = sorted(self.table.leaves, key=lambda row: len(options[row]))
        least, most = self._ranges(rows, options)
        choice: dict[str, Vector] = {}
        dead: set[tuple[int, Vector]] = set()

        def fits(at: int, rest: Vector) -> bool:
            self._check_time()
            if any(not low <= r <= high for low, r, high in zip(least[at], rest, most[at], strict=True)):
                return False
            if at == len(rows):
                return True
            if (at, rest) in dead:
                return False
            for option in options[rows[at]]:
                choice[rows[at]] = option
                if fits(at + 1, tuple(r - option[c] for r, c in zip(rest, self.outcome, strict=True))):
                    return True
            dead.add((at, rest))
            return False

        return choice if fits(0, tuple(total[c] for c in self.outcome)) else None

    def _ranges(self, rows: list[str], options: Mapping[str, list[Vector]]) -> tuple[list[Vector], list[Vector]]:
        """For each position the least and the most that the rows from there on can add in each column."""
        least: list[Vector] = [(0,) * len(self.outcome)]
        most: list[Vector] = list(least)
        for row in reversed(rows):
            lows = tuple(min(option[c] for option in options[row]) for c in self.outcome)
            highs = tuple(max(option[c] for option in options[row]) for c in self.outcome)
            least.append(tuple(map(sum, zip(least[-1], lows, strict=True))))
            most.append(tuple(map(sum, zip(most[-1], highs, strict=True))))
        return least[::-1], most[::-1]

    def _check_time(self) -> None:
        if perf_counter() > self.deadline:
            raise OutOfTimeError


def _pairs(first: Sequence[Vector], second: Sequence[Vector]) -> Iterator[tuple[Vector, Vector]]:
    if len(first) * len(second) > _MOST_COMBINATIONS:
        raise OutOfTimeError
    return iter(product(first, second))
