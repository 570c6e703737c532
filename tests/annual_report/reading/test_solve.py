"""Readings that stand together: sums of columns, the balance, broken equations, and the limit in time."""

from __future__ import annotations

from gongkai.annual_report.reading.solve import Table, Vector, solve

NOTHING = (0, 0)


def table(*, balance: frozenset[int] = frozenset({0, 1}), **options: list[Vector]) -> Table:
    """Two columns; rows that are not given are zero."""
    rows = {"received": [NOTHING], "carried_in": [NOTHING], "total": [NOTHING], "carried_out": [NOTHING]}
    leaves = tuple(row for row in options if row not in rows)
    return Table(rows | options, leaves, frozenset({0, 1}), balance)


def wide(*, a: list[Vector], total: list[Vector]) -> Table:
    """One outcome and its total, over as many columns as they have."""
    return Table({"a": a, "total": total}, ("a",), frozenset(range(len(total[0]))), frozenset())


def test_the_column_sums_decide_between_readings() -> None:
    solution = solve(table(a=[(5, 0), (0, 5)], b=[(2, 1)], total=[(7, 1)], received=[(7, 1)]))
    assert solution.supported["a"] == [(5, 0)]
    assert (solution.dropped, solution.rows_only, solution.exhausted) == ([], False, False)


def test_readings_that_could_change_places_stay_open() -> None:
    solution = solve(table(a=[(5, 0), (0, 5)], b=[(5, 0), (0, 5)], total=[(5, 5)], received=[(5, 5)]))
    assert solution.supported["a"] == [(5, 0), (0, 5)]
    assert solution.supported["b"] == [(5, 0), (0, 5)]


def test_the_balance_decides_between_totals() -> None:
    solution = solve(table(a=[(1, 0), (0, 1)], total=[(1, 0), (0, 1)], received=[(0, 2)], carried_out=[(0, 1)]))
    assert solution.supported["total"] == [(0, 1)]
    assert solution.supported["a"] == [(0, 1)]


def test_an_equation_that_nothing_satisfies_is_dropped() -> None:
    solution = solve(table(a=[(5, 0), (0, 5)], total=[(9, 0)], received=[(9, 0)]))
    assert solution.dropped == [("outcome-sum", 0)]
    assert solution.supported["a"] == [(5, 0)]
    assert solution.used.outcome == {1}


def test_columns_that_contradict_each_other_are_left_out_and_what_either_allows_stays() -> None:
    solution = solve(table(a=[(5, 0), (0, 5)], total=[(5, 5)], received=[(5, 5)]))
    assert solution.supported["a"] == [(5, 0), (0, 5)]
    assert solution.used.outcome == set()
    assert solution.dropped == [("outcome-sum", 0), ("outcome-sum", 1), ("balance", 0), ("balance", 1)]


def test_one_wrong_column_is_found_by_the_others() -> None:
    solution = solve(wide(a=[(50, 1, 0), (5, 0, 10)], total=[(50, 0, 10)]))
    assert solution.supported["a"] == [(5, 0, 10)]
    assert solution.dropped == [("outcome-sum", 0)]


def test_rows_stand_alone_where_three_columns_contradict_three_others() -> None:
    readings = [(1, 1, 1, 0, 0, 0), (0, 0, 0, 1, 1, 1)]
    solution = solve(wide(a=readings, total=[(1, 1, 1, 1, 1, 1)]))
    assert solution.rows_only
    assert solution.supported["a"] == readings


def test_columns_that_may_not_be_used_decide_nothing() -> None:
    given = table(a=[(5, 0), (5, 3)], total=[(5, 0)], received=[(5, 0)])
    open_columns = Table(given.options, given.leaves, frozenset({0}), given.balance)
    assert solve(open_columns).supported["a"] == [(5, 0), (5, 3)]


def test_a_search_that_runs_out_of_time_decides_nothing() -> None:
    readings = [(n, 97 - n) for n in range(60)]
    rows = {f"row{n}": readings for n in range(20)}
    solution = solve(table(total=[(601, 20 * 97 - 601)], received=[(601, 20 * 97 - 601)], **rows), budget=0.0)
    assert solution.exhausted
    assert solution.supported["row3"] == readings
