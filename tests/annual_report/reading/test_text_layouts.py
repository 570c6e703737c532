"""Whole reports printed as text in the layouts that saved pages have: read back with every number and no doubt."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from gongkai.annual_report import formats
from gongkai.annual_report.reading import read

FORM = formats.load("2021")
Table = list[list[str]]  # rows of filled cells, as a page's text has them


def numbers(seed: int) -> dict[str, int]:
    """Random numbers for every cell that satisfy the identities of the form; about half of them zero."""
    rng = random.Random(seed)  # noqa: S311 — reproducible test data
    cells = {path: rng.choice((0, rng.randint(1, 40))) for path in FORM.cells}
    columns = [column.key for column in FORM.columns]
    for column in columns[:-1]:
        total = sum(cells[f"applications.{leaf}.{column}"] for leaf in FORM.leaf_rows)
        cells[f"applications.total.{column}"] = total
        cells[f"applications.carried_in.{column}"] = 0
        cells[f"applications.received.{column}"] = total + cells[f"applications.carried_out.{column}"]
    for identity in FORM.identities:
        if identity.id in ("row-sum", "remedy-sum"):
            cells[identity.right[0]] = sum(cells[path] for path in identity.left)
    return cells


def proactive(cells: dict[str, int]) -> Table:
    rows: Table = []
    for block in FORM.blocks:
        rows += [[block.article], ["信息内容", *(column.label for column in block.columns)]]
        for row in block.rows:
            values = [str(cells[f"proactive.{row.key}.{column.key}"]) for column in block.columns]
            rows.append([row.label, *values])
    return rows


def applications(cells: dict[str, int]) -> Table:
    rows: Table = [
        [FORM.corner, FORM.header],
        ["自然人", FORM.legal_persons, "总计"],
        [column.label for column in FORM.columns[1:-1]],
    ]
    group = ""
    for row in FORM.rows:
        labels = [row.label]
        if row.group and row.group != group:
            labels = [row.group, *labels]
        if row.key == "granted":
            labels = [FORM.results, *labels]
        group = row.group
        rows.append([*labels, *(str(cells[f"applications.{row.key}.{column.key}"]) for column in FORM.columns)])
    return rows


def remedies(cells: dict[str, int]) -> Table:
    results = [column.label for column in FORM.remedy_columns]
    values = [str(cells[f"remedies.{g.key}.{c.key}"]) for g in FORM.remedy_groups for c in FORM.remedy_columns]
    return [["行政复议", "行政诉讼"], [*results, "未经复议直接起诉", "复议后起诉"], [*results, *results], values]


def closed_below(rows: Table) -> Iterator[str]:
    for row in rows:
        for cell in row:
            yield cell
            yield "|"


def header_on_one_line(rows: Table) -> Iterator[str]:
    """Tabs, the three header lines of 表三 run together: 总计 stands before 商业企业."""
    if rows[0][0] == FORM.corner:
        rows = [rows[0] + rows[1] + rows[2], *rows[3:]]
    return ("\t".join(row) for row in rows)


LAYOUTS: dict[str, Callable[[Table], Iterator[str]]] = {
    "tabs": lambda rows: ("\t".join(row) for row in rows),
    "tabs, header on one line": header_on_one_line,
    "pipes": lambda rows: (" | ".join(row) + " |" for row in rows),
    "spaces": lambda rows: (" ".join(row) for row in rows),
    "wide spaces": lambda rows: ("      ".join(row) for row in rows),
    "one cell to a line": lambda rows: (cell for row in rows for cell in row),
    "one cell to a line, blank lines between": lambda rows: (
        line for row in rows for cell in row for line in (cell, "")
    ),
    "cells closed by a pipe": lambda rows: (f"{cell} |" for row in rows for cell in row),
    "pipe on the line below": closed_below,
    "stacked": lambda rows: (line for row in rows for line in (*(f"| {cell} " for cell in row), "|")),
}


def document(layout: Callable[[Table], Iterator[str]], cells: dict[str, int]) -> str:
    return "\n".join(
        [
            "测试市司法局2024年政府信息公开工作年度报告",
            "一、总体情况",
            "2024年，本机关有序推进公开工作。",
            "二、主动公开政府信息情况",
            *layout(proactive(cells)),
            "三、收到和处理政府信息公开申请情况",
            *layout(applications(cells)),
            "四、政府信息公开行政复议、行政诉讼情况",
            *layout(remedies(cells)),
            "五、存在的主要问题及改进情况",
            "解读形式不够多样。",
            "六、其他需要报告的事项",
            "无。",
        ]
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(3))
def test_every_number_is_read_from_every_layout(layout: str, seed: int) -> None:
    cells = numbers(seed)
    (report,) = read(document(LAYOUTS[layout], cells).encode(), name="report.txt")
    wrong = {path: (report.value(path), value) for path, value in cells.items() if report.value(path) != value}
    assert wrong == {}
    assert report.doubts == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_table_is_left_in_the_text(layout: str) -> None:
    (report,) = read(document(LAYOUTS[layout], numbers(1)).encode(), name="report.txt")
    assert report.sections == {
        "overview": "2024年，本机关有序推进公开工作。",
        "proactive": "",
        "applications": "",
        "remedies": "",
        "problems": "解读形式不够多样。",
        "other_matters": "无。",
    }
