"""Findings for people: a table for each report, with both values, what to do, the rule and its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gongkai.annual_report.checks import Finding, Severity
from gongkai.annual_report.model import Report
from gongkai.annual_report.naming import place_label
from gongkai.cli.check import Checked

PIPE_WIDTH = 120  # columns where there is no terminal to ask
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_BESIDE_EACH_OTHER = 12  # characters; longer values are read in the message instead


def write(stream: IO[str], files: Iterator[Checked], *, single: bool) -> Iterator[Checked]:
    """Print each file's reports with their findings, or why it cannot be read; a rule between several files."""
    console = Console(file=stream, width=None if stream.isatty() else PIPE_WIDTH, highlight=False)
    for number, checked in enumerate(files):
        if number and not single:
            console.rule()
        error = checked.outcome.error
        if error:
            console.print(Text(f"无法读取 {checked.outcome.name}：{error.message}", style="bold red"))
            console.print(Text(error.hint))
        for report, findings in checked.results:
            _print_report(console, report, findings)
        yield checked


def _print_report(console: Console, report: Report, findings: Sequence[Finding]) -> None:
    console.print(Text(title(report), style="bold"))
    if findings:
        console.print(_table(report, findings))
    console.print(Text(summary(report, findings)))


def title(report: Report) -> str:
    """Agency, year and source in one line."""
    year = f"{report.year} 年度" if report.year else "年度不明"
    source = f"（{report.source.name}）" if report.source and report.source.name else ""
    return f"{report.agency or '机关不明'} {year}{source}"


def summary(report: Report, findings: Sequence[Finding]) -> str:
    """How many findings of each severity, and how many doubts reading had."""
    counts = Counter(finding.severity for finding in findings)
    stated = "，".join(f"{severity.label} {counts[severity]} 条" for severity in Severity if counts[severity])
    doubts = f"读取存疑 {len(report.doubts)} 处，用 gongkai read 查看。" if report.doubts else ""
    return f"{stated or '未发现问题'}。{doubts}"


def _table(report: Report, findings: Sequence[Finding]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 1, 0), expand=True)
    table.add_column("级别", no_wrap=True)
    table.add_column("位置", ratio=2, overflow="fold")
    table.add_column("两个数", justify="right")
    table.add_column("问题、办法和依据", ratio=5, overflow="fold")
    for finding in findings:
        table.add_row(
            Text(finding.severity.label, style=_STYLES[finding.severity]),
            Text(place_label(finding.place, report.format)),
            Text(_sides(finding)),
            _explained(finding),
        )
    return table


def _explained(finding: Finding) -> Text:
    lines = [Text(finding.message)]
    if finding.quote:
        lines.append(Text(f"原文：{finding.quote}", style="italic"))
    lines.append(Text(f"办法：{finding.hint}"))
    cited = f"依据：{finding.citation}　" if finding.citation else ""
    lines.append(Text(f"{cited}规则：{finding.rule}　{finding.code}　{finding.fingerprint}", style="dim"))
    return Text("\n").join(lines)


def _sides(finding: Finding) -> str:
    """The two values where they are numbers or dates; words are read in the message."""
    sides = [str(side) for side in (finding.left, finding.right) if side is not None]
    short = all(len(side) <= _BESIDE_EACH_OTHER and side.isascii() for side in sides)
    return " / ".join(sides) if short else ""
