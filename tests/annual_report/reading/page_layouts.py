"""Web pages in the layouts of publishing systems: one small report, its markup varied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format

Row = list[tuple[str, str]]  # text and attributes of each cell

# Rows of 表三 that are not zero: 自然人, 商业企业, 科研机构, 社会公益组织, 法律服务机构, 其他, 总计.
COUNTS = {
    "received": (1200, 34, 0, 0, 5, 0, 1239),
    "carried_in": (11, 0, 0, 0, 0, 0, 11),
    "granted": (1100, 30, 0, 0, 5, 0, 1135),
    "unavailable.not_held": (101, 4, 0, 0, 0, 0, 105),
    "other_outcome.other": (3, 0, 0, 0, 0, 0, 3),
    "other_outcome": (3, 0, 0, 0, 0, 0, 3),
    "total": (1204, 34, 0, 0, 5, 0, 1243),
    "carried_out": (7, 0, 0, 0, 0, 0, 7),
}
REMEDIES = (2, 1, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2)


def td(text: str, attributes: str) -> str:
    return f"<td{attributes}>{text}</td>"


@dataclass(frozen=True)
class Style:
    """How a page prints: one cell, one number (`shown`), and the whole page around headings, text and tables."""

    cell: Callable[[str, str], str] = td
    shown: Callable[[int], str] = str
    table: Callable[[list[str]], str] = lambda rows: f"<table border=1><tbody>{''.join(rows)}</tbody></table>"
    frame: Callable[[str], str] = lambda body: f"<html><body><div id=content>{body}</div></body></html>"
    heading: Callable[[int, str], str] = lambda n, text: f"<p>{'一二三四五六'[n]}、{text}</p>"


def page(form: Format | None = None, style: Style | None = None, *, year: int = 2023, fees: str = "25.1") -> str:
    """The report as a page; `fees` is what stands in the last cell of 表二."""
    form, style = form or formats.load("2021"), style or Style()
    bodies = [
        "<p>全年公开信息310条，依规办理申请。</p>",
        printed(style, proactive_rows(form, style, fees)),
        printed(style, application_rows(form, style)),
        printed(style, remedy_rows(style)),
        "<p>存在问题：栏目更新不够及时。改进情况：按月检查栏目。</p>",
        "<p>本年度未收取信息处理费。</p>",
    ]
    parts = [style.heading(n, section.heading) + bodies[n] for n, section in enumerate(form.sections)]
    title = f"<p>临江县住房和城乡建设局{year}年政府信息公开工作年度报告</p>"
    intro = "<p>本报告依据《中华人民共和国政府信息公开条例》编制。</p>"
    return style.frame("".join([title, intro, *parts]))


def printed(style: Style, rows: list[Row]) -> str:
    return style.table(
        [f"<tr>{''.join(style.cell(text, attributes) for text, attributes in row)}</tr>" for row in rows]
    )


def proactive_rows(form: Format, style: Style, fees: str) -> list[Row]:
    """表二: 2 in the first number of each row, 1 elsewhere."""
    rows: list[Row] = []
    for block in form.blocks:
        rows.append([(block.article, " colspan=4")])
        rows.append([("信息内容", ""), *((column.label, "") for column in block.columns)])
        for row in block.rows:
            numbers = [style.shown(2 if n == 0 else 1) for n in range(len(block.columns))]
            if block.columns[-1].kind == "money":
                numbers[-1] = fees
            rows.append([(row.label, ""), *((number, "") for number in numbers)])
    return rows


def application_rows(form: Format, style: Style) -> list[Row]:
    head: list[Row] = [
        [(form.corner, " colspan=3 rowspan=3"), (form.header, " colspan=7")],
        [("自然人", " rowspan=2"), (form.legal_persons, " colspan=5"), ("总计", " rowspan=2")],
        [(column.label, "") for column in form.columns[1:6]],
    ]
    group, rows = "", []
    outcomes = len(form.leaf_rows) + 1
    for row in form.rows:
        labels: Row = [(form.results, f" rowspan={outcomes}")] if row.key == "granted" else []
        if row.group and row.group != group:
            labels.append((row.group, f" rowspan={sum(other.group == row.group for other in form.rows)}"))
        group = row.group
        outer = row.key in {"received", "carried_in", "carried_out"}
        labels.append((row.label, " colspan=3" if outer else "" if row.group else " colspan=2"))
        rows.append([*labels, *((style.shown(number), "") for number in COUNTS.get(row.key, (0,) * 7))])
    return [*head, *rows]


def remedy_rows(style: Style) -> list[Row]:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    return [
        [("行政复议", " colspan=5"), ("行政诉讼", " colspan=10")],
        [
            *((result, " rowspan=2") for result in results),
            ("未经复议直接起诉", " colspan=5"),
            ("复议后起诉", " colspan=5"),
        ],
        [(result, "") for result in results * 2],
        [(style.shown(number), "") for number in REMEDIES],
    ]
