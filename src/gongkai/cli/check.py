"""`gongkai check FILE…`: reads annual reports, checks them, and prints the findings as JSON, tables or CSV."""

from __future__ import annotations

import importlib
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from gongkai.cli.inputs import Outcome, add_files, outcomes, read_file
from gongkai.cli.output import result_stream

if TYPE_CHECKING:
    from gongkai.annual_report.checks import Finding
    from gongkai.annual_report.model import Report

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: what became of reading it, and the findings about each of its reports."""

    outcome: Outcome
    results: tuple[tuple[Report, list[Finding]], ...] = ()

    @property
    def status(self) -> int:
        """A note alone is a finding, too: only a report about which nothing is said is clean."""
        if self.outcome.error:
            return UNREADABLE
        return FINDINGS if any(findings for _, findings in self.results) else CLEAN


def configure(parser: ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument(
        "--previous", metavar="FILE", help="上一年度的报告，加作跨年比对；文件内可以有多份，按机关和年份配对"
    )
    parser.add_argument("--on", metavar="日期", help="检查日期，用于尚未公布的报告：提示期限和期限前最后一个工作日")
    parser.add_argument(
        "--format", choices=("json", "text", "csv"), help="输出格式：json（缺省，终端上为 text）、text 或 csv"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="写入文件，缺省为标准输出")


def run(args: Namespace) -> int:
    """Exit status: 0 clean, 1 findings (of any severity), 2 not readable; over several files the gravest.

    Raises: UnreadableReportError where the report of the year before cannot be read; MisuseError for a bad date.
    """
    previous = _previous(args.previous) if args.previous else ()
    on = _day(args.on) if args.on else None
    chosen = args.format or ("text" if args.output is None and sys.stdout.isatty() else "json")
    status = CLEAN
    with result_stream(args.output) as stream:
        write = _writer(chosen)
        for checked in write(stream, _checked(args.files, previous, on), single=len(args.files) == 1):
            status = max(status, checked.status)
    return status


def pick_previous(report: Report, candidates: Sequence[Report]) -> Report | None:
    """The candidate that is the report of the year before; else the only one, about which a note will be given."""
    from gongkai.annual_report.checks.across_years import is_year_before  # noqa: PLC0415 — most runs compare no years

    fitting = [candidate for candidate in candidates if is_year_before(candidate, report)]
    if fitting:
        return fitting[0]
    return candidates[0] if len(candidates) == 1 else None


def _checked(files: Sequence[str], previous: Sequence[Report], on: date | None) -> Iterator[Checked]:
    from gongkai.annual_report.checks import check  # noqa: PLC0415 — a missing file is told without loading the rules

    for outcome in outcomes(files):
        results = [
            (report, check(report, previous=pick_previous(report, previous), on=on)) for report in outcome.reports
        ]
        yield Checked(outcome, tuple(results))


def _previous(name: str) -> tuple[Report, ...]:
    outcome = read_file(name)
    if outcome.error:
        raise outcome.error
    return outcome.reports


def _day(text: str) -> date:
    from gongkai.cli.workday_options import parse_date  # noqa: PLC0415 — only where a date is given

    return parse_date(text, "--on")


def _writer(chosen: str) -> Any:
    """The function that prints what is checked, file by file, and hands it on; rich is loaded for people only."""
    if chosen == "json":
        return write_json
    return importlib.import_module(f"gongkai.cli.check_{chosen}").write


def write_json(stream: IO[str], files: Iterator[Checked], *, single: bool) -> Iterator[Checked]:
    """Each report's document with `findings` added, or the error document of a file that is no report."""
    from gongkai.annual_report.serialisation import to_json  # noqa: PLC0415 — only for this format

    for checked in files:
        documents = [
            to_json(report) | {"findings": [finding.to_json() for finding in findings]}
            for report, findings in checked.results
        ] or [checked.outcome.error_document()]
        # One document is for people too; several are one to a line, for programs.
        indent = 2 if single and len(documents) == 1 else None
        for document in documents:
            stream.write(json.dumps(document, ensure_ascii=False, indent=indent) + "\n")
        stream.flush()
        yield checked
