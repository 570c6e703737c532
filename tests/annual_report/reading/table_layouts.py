"""Reports made for tests: numbers of a consistent report, and the ways in which published pages print its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format
from gongkai.annual_report.model import Place
from gongkai.annual_report.reading.document import Grid, GridCell, Paragraph

Values = dict[str, str]
Rows = list[list[str]]

RESULTS_LABEL = "三、本年度办理结果"


def consistent_values(form: Format, random: Random, *, largest: int = 60, other: bool = True) -> Values:
    """What every cell of `form` prints in a report whose sums all hold; most numbers are small, many are zero."""
    values = {
        path: _amount(random) if column.kind == "money" else str(_number(random, largest))
        for path, column in _table2(form)
    }
    leaves = {row: _row_of_applicants(random, largest, other=other) for row in form.leaf_rows}
    totals = [sum(column) for column in zip(*leaves.values(), strict=True)]
    carried_out = _row_of_applicants(random, 5, other=other)
    demand = [one + two for one, two in zip(totals, carried_out, strict=True)]
    carried_in = [random.randint(0, min(3, number)) for number in demand[:6]]
    carried_in.append(sum(carried_in))
    received = [one - two for one, two in zip(demand, carried_in, strict=True)]
    rows = {"received": received, "carried_in": carried_in, **leaves, "total": totals, "carried_out": carried_out}
    for row, numbers in rows.items():
        for column, number in zip(form.columns, numbers, strict=True):
            values[f"applications.{row}.{column.key}"] = str(number)
    for group in form.remedy_groups:
        parts = [_number(random, 30) for _ in range(4)]
        for column, number in zip(form.remedy_columns, [*parts, sum(parts)], strict=True):
            values[f"remedies.{group.key}.{column.key}"] = str(number)
    return values


def _table2(form: Format) -> Iterable[tuple[str, formats.Column]]:
    return ((path, column) for path, column in form.cells.items() if path.startswith("proactive."))


def _number(random: Random, largest: int) -> int:
    return 0 if random.random() < 0.5 else random.randint(0, random.choice((3, 12, largest)))


def _amount(random: Random) -> str:
    return random.choice(("0", "276.024", "4068.208", str(random.randint(0, 99999))))


def _row_of_applicants(random: Random, largest: int, *, other: bool) -> list[int]:
    if random.random() < 0.4:
        parts = [0] * 6
    else:
        parts = [random.randint(0, largest), *(_number(random, 9) if random.random() < 0.3 else 0 for _ in range(5))]
    if not other:
        parts[5] = 0
    return [*parts, sum(parts)]


# ---------------------------------------------------------------------- rows of text


def proactive_rows(form: Format, values: Mapping[str, str]) -> Rows:
    rows: Rows = []
    for block in form.blocks:
        rows += [[block.article], ["信息内容", *(column.label for column in block.columns)]]
        for row in block.rows:
            rows.append([row.label, *(values[f"proactive.{row.key}.{column.key}"] for column in block.columns)])
    return rows


def application_header(form: Format, *, other: bool = True) -> Rows:
    children = [column.label for column in form.columns[1:6] if other or column.key != "other"]
    return [[form.corner, form.header], ["自然人", form.legal_persons, "总计"], children]


def row_numbers(form: Format, values: Mapping[str, str], row: str, *, other: bool = True) -> list[str]:
    keys = [column.key for column in form.columns if other or column.key != "other"]
    return [values[f"applications.{row}.{key}"] for key in keys]


def application_rows(form: Format, values: Mapping[str, str], *, other: bool = True) -> Rows:
    """The body of 表三 as text prints it: group cells only where they begin."""
    rows: Rows = []
    group = ""
    for row in form.rows:
        labels = [row.label]
        if row.group and row.group != group:
            labels = [row.group, row.label]
        if row.key == "granted":
            labels = [RESULTS_LABEL, *labels]
        group = row.group
        rows.append([*labels, *row_numbers(form, values, row.key, other=other)])
    return rows


def remedy_header(form: Format) -> Rows:
    leaves = [column.label for column in form.remedy_columns]
    return [["行政复议", "行政诉讼"], [*leaves, "未经复议直接起诉", "复议后起诉"], [*leaves, *leaves]]


def remedy_numbers(form: Format, values: Mapping[str, str]) -> list[str]:
    return [
        values[f"remedies.{group.key}.{column.key}"] for group in form.remedy_groups for column in form.remedy_columns
    ]


# ---------------------------------------------------------------------- blocks


def text_grid(rows: Sequence[Sequence[str]]) -> Grid:
    """Rows as a text reader delivers them: only the order of the cells is known."""
    cells = [[GridCell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)]
    return Grid(cells, aligned=False, locate=lambda cell: Place(line=cell.row + 1))


def spanned_grid(rows: Sequence[Sequence[tuple[str, int, int]]]) -> Grid:
    """Rows of (text, rowspan, colspan) put on a grid as a browser does."""
    taken: set[tuple[int, int]] = set()
    cells: list[list[GridCell]] = []
    for r, row in enumerate(rows):
        cells.append([])
        column = 0
        for text, rowspan, colspan in row:
            while (r, column) in taken:
                column += 1
            cells[-1].append(GridCell(text, r, column, rowspan, colspan))
            taken |= {(r + dr, column + dc) for dr in range(rowspan) for dc in range(colspan)}
            column += colspan
    return Grid(cells, aligned=True, locate=lambda cell: Place(path=f"tr[{cell.row + 1}]/td[{cell.column + 1}]"))


def statutory_grids(form: Format, values: Mapping[str, str]) -> list[Grid]:
    """The three tables with their merged cells, as the form has them."""
    return [_spanned_proactive(form, values), _spanned_applications(form, values), _spanned_remedies(form, values)]


def _spanned_proactive(form: Format, values: Mapping[str, str]) -> Grid:
    rows = []
    for row in proactive_rows(form, values):
        width = 3 // max(1, len(row) - 1) if len(row) > 1 else 4
        rows.append([(row[0], 1, 4 if len(row) == 1 else 1), *((text, 1, width) for text in row[1:])])
    return spanned_grid(rows)


def _spanned_applications(form: Format, values: Mapping[str, str]) -> Grid:
    rows: list[list[tuple[str, int, int]]] = [
        [(form.corner, 3, 3), (form.header, 1, 7)],
        [("自然人", 2, 1), (form.legal_persons, 1, 5), ("总计", 2, 1)],
        [(column.label, 1, 1) for column in form.columns[1:6]],
    ]
    groups = [row.group for row in form.rows]
    group = ""
    for row in form.rows:
        numbers = [(text, 1, 1) for text in row_numbers(form, values, row.key)]
        if row.key in {"received", "carried_in", "carried_out"}:
            labels = [(row.label, 1, 3)]
        elif row.group:
            labels = [(row.label, 1, 1)]
            if row.group != group:
                labels = [(row.group, groups.count(row.group), 1), *labels]
        else:
            labels = [(row.label, 1, 2)]
        if row.key == "granted":
            labels = [(RESULTS_LABEL, len(form.leaf_rows) + 1, 1), *labels]
        group = row.group
        rows.append([*labels, *numbers])
    return spanned_grid(rows)


def _spanned_remedies(form: Format, values: Mapping[str, str]) -> Grid:
    leaves = [column.label for column in form.remedy_columns]
    return spanned_grid(
        [
            [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
            [*((leaf, 2, 1) for leaf in leaves), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
            [(leaf, 1, 1) for leaf in [*leaves, *leaves]],
            [(text, 1, 1) for text in remedy_numbers(form, values)],
        ]
    )


def text_grids(
    form: Format,
    values: Mapping[str, str],
    *,
    other: bool = True,
    change: Callable[[list[str]], list[str]] = list,
) -> list[Grid]:
    """The three tables as rows of text cells; `change` disturbs the rows of 表三."""
    body = [change(row) for row in application_rows(form, values, other=other)]
    return [
        text_grid(proactive_rows(form, values)),
        text_grid([*application_header(form, other=other), *body]),
        text_grid([*remedy_header(form), remedy_numbers(form, values)]),
    ]


def glued_paragraph(form: Format, values: Mapping[str, str], *, gap: Callable[[], str] = str) -> Paragraph:
    """All tables as one run of text without separators; `gap` may put white space between cells."""
    parts = ["一、总体情况本年公开信息35条。二、主动公开政府信息情况 "]
    parts += [gap().join(row) for row in proactive_rows(form, values)]
    parts.append("三、收到和处理政府信息公开申请情况")
    parts += ["".join(row) for row in application_header(form)]
    parts += [gap().join(row) for row in application_rows(form, values)]
    parts.append(" 四、政府信息公开行政复议、行政诉讼情况")
    parts += ["".join(row) for row in remedy_header(form)]
    parts.append(gap().join(remedy_numbers(form, values)))
    parts.append("五、存在的主要问题及改进情况2023年仍有3项不足。六、其他需要报告的事项无。")
    return Paragraph("".join(parts), Place(line=1))


# ---------------------------------------------------------------------- one small report

_SMALL = {
    "proactive.normative_documents": {"issued": "2", "in_force": "12"},
    "proactive.permits": {"decisions": "37"},
    "proactive.penalties": {"decisions": "14"},
    "proactive.fees": {"amount_wan": "113.372"},
    "applications.received": {"natural_person": "64", "social_organisation": "2", "other": "4", "total": "70"},
    "applications.carried_in": {"natural_person": "1", "total": "1"},
    "applications.granted": {"natural_person": "27", "social_organisation": "2", "other": "1", "total": "30"},
    "applications.partly_granted": {"natural_person": "5", "total": "5"},
    "applications.refused.prohibited_by_law": {"natural_person": "2", "total": "2"},
    "applications.unavailable.not_held": {"natural_person": "22", "other": "3", "total": "25"},
    "applications.not_processed.abusive": {"natural_person": "7", "total": "7"},
    "applications.other_outcome.other": {"natural_person": "1", "total": "1"},
    "applications.total": {"natural_person": "64", "social_organisation": "2", "other": "4", "total": "70"},
    "applications.carried_out": {"natural_person": "1", "total": "1"},
    "remedies.reconsideration": {"upheld": "1", "other": "2", "total": "3"},
    "remedies.litigation_direct": {"upheld": "12", "total": "12"},
}


def small_report() -> Values:
    """A report in the form of 2021 in which most cells are 0 and all sums hold."""
    values = dict.fromkeys(formats.load("2021").cells, "0")
    for row, numbers in _SMALL.items():
        values |= {f"{row}.{column}": number for column, number in numbers.items()}
    return values
