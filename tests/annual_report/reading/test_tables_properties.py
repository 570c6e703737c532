"""Any consistent report, in any of the layouts: a number that is read is the printed one, what is unsure is null."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from table_layouts import Values, consistent_values, glued_paragraph, statutory_grids, text_grids

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import CellState
from gongkai.annual_report.reading.document import Paragraph
from gongkai.annual_report.reading.tables import TablesRead, read_tables

FORMS = [formats.load(form_id, unsplit=unsplit) for form_id in formats.IDS for unsplit in (False, True)]
UNSURE = {CellState.AMBIGUOUS, CellState.ABSENT_COLUMN, CellState.BLANK}

forms = st.sampled_from(FORMS)
randoms = st.randoms(use_true_random=False)
sizes = st.sampled_from([9, 60, 3000])
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_nothing_is_wrong(read: TablesRead, form: Format, values: Values) -> None:
    assert read.format is not None
    assert (read.format.id, read.format.unsplit) == (form.id, form.unsplit)
    doubted = {path for doubt in read.doubts for path in doubt.cells}
    for path, text in values.items():
        cell = read.cells[path]
        if cell.value is None:
            assert cell.state in UNSURE, path
            assert cell.state is not CellState.AMBIGUOUS or path in doubted, path
        else:
            assert cell.value == Decimal(text), path


def assert_complete(read: TablesRead, form: Format, values: Values, *, tables: tuple[str, ...]) -> None:
    assert_nothing_is_wrong(read, form, values)
    assert [path for path in values if path.startswith(tables) and read.cells[path].value is None] == []


ALL = ("proactive", "applications", "remedies")


@some
@given(forms, randoms, sizes)
def test_the_statutory_layout_is_read_completely(form: Format, random: Random, largest: int) -> None:
    values = consistent_values(form, random, largest=largest)
    read = read_tables(statutory_grids(form, values))
    assert_complete(read, form, values, tables=ALL)
    assert read.doubts == []


@some
@given(forms, randoms, sizes)
def test_shifted_text_cells_are_read_completely(form: Format, random: Random, largest: int) -> None:
    def shifted(cells: list[str]) -> list[str]:
        first = next(n for n, text in enumerate(cells) if text.isdigit())
        filler = [[""] * random.randint(0, 2) for _ in range(3)]
        return [*filler[0], *cells[:first], *filler[1], *cells[first:], *filler[2]]

    values = consistent_values(form, random, largest=largest)
    assert_complete(read_tables(text_grids(form, values, change=shifted)), form, values, tables=ALL)


@some
@given(forms, randoms, sizes)
def test_lost_cells_are_solved_or_stay_null(form: Format, random: Random, largest: int) -> None:
    def short(cells: list[str]) -> list[str]:
        if random.random() > 0.3:
            return cells
        lost = random.randrange(next(n for n, text in enumerate(cells) if text.isdigit()), len(cells))
        return cells[:lost] + cells[lost + 1 :]

    values = consistent_values(form, random, largest=largest)
    assert_nothing_is_wrong(read_tables(text_grids(form, values, change=short)), form, values)


@some
@given(forms, randoms, sizes)
def test_a_missing_column_takes_nothing_else_with_it(form: Format, random: Random, largest: int) -> None:
    values = consistent_values(form, random, largest=largest, other=False)
    read = read_tables(text_grids(form, values, other=False))
    assert_nothing_is_wrong(read, form, values)
    missing = [path for path in values if read.cells[path].value is None]
    assert missing == [path for path in values if path.startswith("applications.") and path.endswith(".other")]


@some
@given(forms, randoms, sizes)
def test_glued_tables_three_and_four_are_solved(form: Format, random: Random, largest: int) -> None:
    values = consistent_values(form, random, largest=largest)
    assert_nothing_is_wrong(read_tables([glued_paragraph(form, values)]), form, values)


@some
@given(forms, randoms, sizes)
def test_white_space_in_glued_text_parts_numbers(form: Format, random: Random, largest: int) -> None:
    values = consistent_values(form, random, largest=largest)
    paragraph = glued_paragraph(form, values, gap=lambda: " " if random.random() < 0.5 else "")
    assert_nothing_is_wrong(read_tables([paragraph]), form, values)


@some
@given(forms, randoms, sizes)
def test_text_with_every_cell_apart_is_read_completely(form: Format, random: Random, largest: int) -> None:
    values = consistent_values(form, random, largest=largest)
    read = read_tables([glued_paragraph(form, values, gap=lambda: " ")])
    assert_complete(read, form, values, tables=ALL)


@some
@given(forms, randoms)
def test_blank_cells_that_vanished_from_glued_text_are_no_wrong_numbers(form: Format, random: Random) -> None:
    values = consistent_values(form, random, largest=60)
    printed = {
        path: "" if text == "0" and path.startswith("applications.") and random.random() < 0.2 else text
        for path, text in values.items()
    }
    read = read_tables([glued_paragraph(form, printed)])
    assert_nothing_is_wrong(read, form, {path: text for path, text in printed.items() if text})


@some
@given(forms, randoms)
def test_a_number_printed_in_its_own_cell_is_never_altered(form: Format, random: Random) -> None:
    """Whatever is published wrongly: stated cells show what is printed, and no doubt is raised about it."""
    values = consistent_values(form, random, largest=60)
    for path in random.sample(sorted(values), 5):
        values[path] = str(random.randint(0, 99))
    read = read_tables(text_grids(form, values))
    assert {path: str(cell.value) for path, cell in read.cells.items()} == values
    assert read.doubts == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet="0123456789规章行政许可总计其他一二三（）1.本年新收信息内容制发件数结果维持 +,-元", max_size=80
        )
    )
)
def test_any_text_is_read_without_error(texts: list[str]) -> None:
    read = read_tables([Paragraph(text) for text in texts])
    assert read.format is None or set(read.cells) == set(read.format.cells)


@settings(max_examples=60, deadline=None)
@given(forms, randoms)
def test_any_disturbed_grid_is_read_without_error(form: Format, random: Random) -> None:
    def disturbed(cells: list[str]) -> list[str]:
        cells = [
            text if random.random() < 0.9 else random.choice(["", "/", "x", "3 4", "其他", "总计", "-1", "12件"])
            for text in cells
        ]
        random.shuffle(cells) if random.random() < 0.1 else None
        return cells

    values = consistent_values(form, random, largest=60)
    read = read_tables(text_grids(form, values, change=disturbed))
    assert read.format is not None
    assert set(read.cells) == set(read.format.cells)
