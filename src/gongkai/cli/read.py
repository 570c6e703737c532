"""`gongkai read FILE…`: reads published annual reports and prints them as JSON or as tables for people."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import IO, Any

from gongkai.cli.inputs import Outcome, add_files, outcomes
from gongkai.cli.output import result_stream

READ, DOUBTS, UNREADABLE = 0, 1, 2


def configure(parser: ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument("--format", choices=("json", "text"), help="输出格式：json（缺省，终端上为 text）或 text")
    parser.add_argument("-o", "--output", metavar="FILE", help="写入文件，缺省为标准输出")


def run(args: Namespace) -> int:
    """Exit status: 0 read, 1 read with doubts, 2 not readable as a report; over several files the gravest."""
    chosen = args.format or ("text" if args.output is None and sys.stdout.isatty() else "json")
    with result_stream(args.output) as stream:
        results = outcomes(args.files)
        return (_print_text if chosen == "text" else _print_json)(results, stream, single=len(args.files) == 1)


def status_of(outcome: Outcome) -> int:
    if outcome.error:
        return UNREADABLE
    return DOUBTS if any(report.doubts for report in outcome.reports) else READ


def documents(outcome: Outcome) -> list[dict[str, Any]]:
    """The JSON documents of one file: one for each report, or its error document."""
    from gongkai.annual_report.serialisation import to_json  # noqa: PLC0415 — text output does not need it

    return [to_json(report) for report in outcome.reports] or [outcome.error_document()]


def _print_json(results: Iterator[Outcome], stream: IO[str], *, single: bool) -> int:
    status = READ
    for outcome in results:
        printed = documents(outcome)
        # One document is for people too; several are one to a line, for programs.
        indent = 2 if single and len(printed) == 1 else None
        for document in printed:
            stream.write(json.dumps(document, ensure_ascii=False, indent=indent) + "\n")
        stream.flush()
        status = max(status, status_of(outcome))
    return status


def _print_text(results: Iterator[Outcome], stream: IO[str], *, single: bool) -> int:
    from gongkai.cli.read_text import Printer  # noqa: PLC0415 — rich is loaded for people only

    printer = Printer(stream)
    status = READ
    for number, outcome in enumerate(results):
        if not single and number:
            printer.rule()
        printer.outcome(outcome)
        status = max(status, status_of(outcome))
    return status
