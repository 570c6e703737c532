"""A report printed for people: who and when, the three statutory tables, then what reading was unsure of."""

from __future__ import annotations

from typing import IO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gongkai.annual_report.model import Cell, CellState, Report
from gongkai.cli.inputs import Outcome

_WIDTH = 118  # columns where the output is no terminal: 表三 fits

# What stands in a cell without a number, and what is put behind one that was not plainly printed.
_WITHOUT = {
    CellState.BLANK: "空白",
    CellState.DASH: "／",
    CellState.ABSENT_COLUMN: "无此列",
    CellState.ABSENT_ROW: "无此行",
    CellState.UNREADABLE: "不可读",
    CellState.AMBIGUOUS: "不唯一",
}
_MARKS = {CellState.SOLVED: "＊", CellState.OCR: "？"}
_LEGEND = {CellState.SOLVED: "＊ 原文未单独印出，由勾稽关系唯一推定", CellState.OCR: "？ 由图像识别，须人工核对"}


class Printer:
    """Prints outcomes to a stream, in colour where it is a terminal."""

    def __init__(self, stream: IO[str]) -> None:
        terminal = stream.isatty()
        self.console = Console(file=stream, width=None if terminal else _WIDTH, highlight=False, soft_wrap=False)

    def rule(self) -> None:
        self.console.rule()

    def outcome(self, outcome: Outcome) -> None:
        if outcome.error:
            self.console.print(f"[bold red]无法读取[/] {escape(outcome.name)}：{escape(outcome.error.message)}")
            self.console.print(escape(outcome.error.hint))
        for report in outcome.reports:
            self.report(report)

    def report(self, report: Report) -> None:
        self._head(report)
        for table in (_proactive(report), _applications(report), _remedies(report)):
            self.console.print(table)
        states = {cell.state for _, cell in report.unplain()}
        for state, meaning in _LEGEND.items():
            if state in states:
                self.console.print(meaning, style="dim")
        self._doubts(report)

    def _head(self, report: Report) -> None:
        agency = escape(report.agency or "（机关名称不明）")
        year = f"{report.year}年" if report.year else "（年度不明）"
        self.console.print(f"[bold]{agency}　{year}政府信息公开工作年度报告[/]")
        facts = [f"表格 {report.format.id} 年格式"]
        if report.signed_on:
            facts.append(f"落款 {_day(report.signed_on.isoformat())}")
        if report.published_on:
            facts.append(f"发布 {_day(report.published_on.isoformat())}")
        if report.source:
            facts.append(f"来源 {report.source.name}")
        self.console.print(escape("　".join(facts)), style="dim")

    def _doubts(self, report: Report) -> None:
        if not report.doubts:
            return
        self.console.print(f"[bold]读取存疑 {len(report.doubts)} 处[/]")
        for doubt in report.doubts:
            line = f"（第 {doubt.place.line} 行）" if doubt.place and doubt.place.line else ""
            self.console.print(f"· {escape(doubt.message)}{line} [dim]{doubt.code}[/]")


def _proactive(report: Report) -> Table:
    table = _table("二、主动公开政府信息情况", "项目", "指标")
    table.add_column("数值", justify="right")
    for block in report.format.blocks:
        table.add_row(f"[dim]{block.article}[/]")
        for row in block.rows:
            for number, column in enumerate(block.columns):
                cell = report.cells.get(f"proactive.{row.key}.{column.key}")
                table.add_row(row.label if not number else "", column.label, _shown(cell))
    return table


def _applications(report: Report) -> Table:
    table = _table("三、收到和处理政府信息公开申请情况", "项目")
    for column in report.format.columns:
        table.add_column(column.label, justify="right")
    group = ""
    for row in report.format.rows:
        if row.group and row.group != group:
            table.add_row(f"[dim]{row.group}[/]")
        group = row.group
        cells = (report.cells.get(f"applications.{row.key}.{column.key}") for column in report.format.columns)
        table.add_row(f"　{row.label}" if row.group else row.label, *map(_shown, cells))
    return table


def _remedies(report: Report) -> Table:
    table = _table("四、政府信息公开行政复议、行政诉讼情况", "项目")
    for column in report.format.remedy_columns:
        table.add_column(column.label, justify="right")
    for group in report.format.remedy_groups:
        label = f"{group.parent}（{group.label}）" if group.parent else group.label
        cells = (report.cells.get(f"remedies.{group.key}.{column.key}") for column in report.format.remedy_columns)
        table.add_row(label, *map(_shown, cells))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.value is None:
        return f"[dim]{_WITHOUT.get(cell.state, '—')}[/]"
    return f"{cell.value}{_MARKS.get(cell.state, '')}"


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"
