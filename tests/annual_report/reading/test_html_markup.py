"""Tables in markup that was met before hold exactly what the parser finds in them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual_report.reading.html_source import take_tables
from gongkai.annual_report.reading.html_table import BREAK, PrintedGrid, PrintedTable, printed_table

_ROW = '<tr><td style="width:{width}pt"><p><span>{label}</span></p></td>{cells}</tr>'
_CELL = '<td style="border:1pt solid"><p align="center"><span>{text}</span></p></td>'
_STRANGE = ("", "/", "0.5", "12.", "1.2345678", "1,143", "007", "1234567890123", "３", "2件", "<b>1</b>2", "1<br>2")


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 — the same pages in every run


def page(text: Callable[[], str]) -> str:
    rows = "".join(
        _ROW.format(width=100 + row, label=f"第{row}行", cells="".join(_CELL.format(text=text()) for _ in range(7)))
        for row in range(12)
    )
    return f"<html><body><table><tbody>{rows}</tbody></table></body></html>"


def taken(html: str) -> list[PrintedTable]:
    return take_tables(html.encode())[1]


def as_stated(table: PrintedTable) -> tuple[object, ...]:
    return table.texts, table.spans, table.lengths


def parsed(html: str) -> list[tuple[object, ...]]:
    tables = LexborHTMLParser(html.replace("<br>", BREAK)).css("table")
    return [as_stated(printed_table(table)) for table in tables]


@pytest.mark.parametrize("seed", range(20))
def test_numbers_of_another_page_in_the_same_markup(seed: int) -> None:
    random = chance(seed)
    html = page(lambda: str(random.choice((0, 7, 1143, 25.5, 999999999999))))
    assert list(map(as_stated, taken(html))) == parsed(html)


@pytest.mark.parametrize("seed", range(40))
def test_anything_else_than_numbers_in_it(seed: int) -> None:
    random = chance(seed)
    html = page(lambda: random.choice(_STRANGE) if random.random() < 0.1 else str(random.randrange(10**6)))
    for _ in range(2):
        assert list(map(as_stated, taken(html))) == parsed(html)


def test_one_kind_for_tables_that_differ_in_digits_only() -> None:
    first, second = taken(page(lambda: "5"))[0], taken(page(lambda: "1143"))[0]
    assert first.kind is not None
    assert first.kind == second.kind
    assert second.texts[:3] == ["第0行", "1143", "1143"]


def test_an_amount_in_place_of_a_count_is_another_kind() -> None:
    numbers = iter(["25.5", *["3"] * 83])
    assert taken(page(lambda: next(numbers)))[0].kind != taken(page(lambda: "3"))[0].kind


def test_a_number_that_is_part_of_a_text_is_not_taken_for_the_cell() -> None:
    assert taken(page(lambda: "<b>1</b>件"))[0].texts[1] == "1件"
    assert taken(page(lambda: "<b>2</b>件"))[0].texts[1] == "2件"


def test_kind_is_unknown_once_the_texts_are_others() -> None:
    grid = PrintedGrid(taken(page(lambda: "5"))[0], number=1)
    grid.put_texts("件" for _ in grid.texts())
    assert grid.printed.kind is None
