"""Tables read by a layout that was met before state exactly what they state when they are read cell by cell."""

from __future__ import annotations

import re
from random import Random

import pytest
from table_layouts import consistent_values

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Report
from gongkai.annual_report.reading.document import Grid, Paragraph
from gongkai.annual_report.reading.html import read_html
from gongkai.annual_report.reading.tables import TablesRead, read_tables
from gongkai.annual_report.writing import write

_NUMBER = re.compile(r"(?<=>)\d+(?:\.\d+)?(?=</t[dh]>)")
_PRINTED_FOR_NUMBERS = ("", "/", "—", "无", "1,143", "１２", "3 0", "2件", "12345678901234567890", "0.5", "旧")


def numbers(seed: int) -> Random:
    return Random(seed)  # noqa: S311 — the same pages in every run


def page(random: Random, *, strange: float = 0.0) -> str:
    """A page with the three tables and other numbers each time; a share of the cells prints something `strange`."""
    form = formats.load(random.choice(formats.IDS))
    cells = {path: Cell(value=0) for path in form.cells}
    html = write(Report("洛阳市卫生健康委员会", 2022, form, cells), to="html").decode()
    following = iter(consistent_values(form, random).values())

    def other(match: re.Match[str]) -> str:
        return random.choice(_PRINTED_FOR_NUMBERS) if random.random() < strange else next(following, "0")

    return _NUMBER.sub(other, html)


def one_by_one(html: str) -> TablesRead:
    """The tables read as other kinds of files have them: without knowing any layout."""
    return read_tables(
        [Grid(block.rows, block.aligned, block.locate) if isinstance(block, Grid) else block for block in blocks(html)]
    )


def blocks(html: str) -> list[Paragraph | Grid]:
    return read_html(html.encode()).blocks


def all_of(read: TablesRead) -> tuple[object, ...]:
    cells = {p: (c.value, c.state, c.raw, c.place, c.identities) for p, c in read.cells.items()}
    return (read.format, cells, read.labels, read.doubts, read.used, read.narrative)


@pytest.mark.parametrize("seed", range(40))
def test_other_numbers_in_a_known_layout(seed: int) -> None:
    random = numbers(seed)
    html = page(random)
    assert all_of(read_tables(blocks(html))) == all_of(one_by_one(html))


@pytest.mark.parametrize("seed", range(60))
def test_strange_cells_in_a_layout(seed: int) -> None:
    random = numbers(seed)
    html = page(random, strange=random.choice((0.005, 0.02, 0.2)))
    expected = all_of(one_by_one(html))
    assert all_of(read_tables(blocks(html))) == expected
    assert all_of(read_tables(blocks(html))) == expected


def test_a_table_printed_twice_with_other_numbers_is_doubted() -> None:
    html = page(numbers(1))
    changed = re.sub(r"(?<=>)\d+(?=</td>)", lambda match: str(int(match[0]) + 1), html)
    both = html.replace("</body>", "") + changed.partition("<body")[2].partition(">")[2]
    assert {doubt.code for doubt in read_tables(blocks(both)).doubts} >= {"conflicting-values"}
    assert all_of(read_tables(blocks(both))) == all_of(one_by_one(both))


def test_the_parts_of_a_table_below_each_other() -> None:
    html = page(numbers(2))
    apart = html.replace("</tr>", "</tr></table><table>", 60)
    assert all_of(read_tables(blocks(apart))) == all_of(one_by_one(apart))


def test_tags_in_capitals_read_like_others() -> None:
    html = page(numbers(3))
    capitals = re.sub(r"</?[a-z]+", lambda tag: tag[0].upper(), html)
    assert all_of(read_tables(blocks(capitals))) == all_of(read_tables(blocks(html)))
    assert read_tables(blocks(capitals)).cells["applications.received.total"].value is not None
