"""`gongkai verify RECEIPT [FILES…]`: is a report's file what was frozen? Needs nothing but the files."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from gongkai.annual_report import receipt
from gongkai.cli.inputs import STDIN, load
from gongkai.cli.output import result_stream
from gongkai.errors import UnreadableReportError

HOLDS, BROKEN = 0, 1


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("receipt", metavar="RECEIPT", help="校验凭证（receipt.json）；“-”表示标准输入")
    parser.add_argument("files", nargs="*", metavar="FILE", help="要校验的文件；不写时校验凭证旁边、凭证所列的全部文件")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式，缺省 text")


def run(args: Namespace) -> int:
    """Exit status 0 when everything is as it was frozen, 1 when not; an unusable receipt raises, with status 2."""
    found = receipt.load(load(args.receipt))
    files = _given(args.files) if args.files else _beside(args.receipt, found)
    verdicts = receipt.verify(found, files)
    with result_stream(None) as stream:
        print(_json(found, verdicts) if args.format == "json" else _text(found, verdicts), file=stream)
    return HOLDS if receipt.holds(verdicts) else BROKEN


def _given(names: list[str]) -> dict[str, bytes | None]:
    """The files that were named. Raises: UnreadableReportError for one that is not there: that is misuse."""
    return {name: load(name) for name in names}


def _beside(name: str, found: receipt.Receipt) -> dict[str, bytes | None]:
    """The files of the receipt in its own folder; what is not there is missing, which is a result, not a misuse."""
    folder = Path() if name == STDIN else Path(name).parent
    files: dict[str, bytes | None] = {}
    for entry in found.files:
        path = folder / Path(entry.name.replace("\\", "/")).name  # a name in a receipt leads nowhere else
        try:
            files[entry.name] = load(str(path))
        except UnreadableReportError:
            files[entry.name] = None
    return files


def _text(found: receipt.Receipt, verdicts: list[receipt.Verdict]) -> str:
    head = f"{found.agency}{found.year}年政府信息公开工作年度报告　第{found.version}版　{found.frozen_at}定稿"
    lines = [f"{verdict.standing.label}　{verdict.name}：{verdict.message}" for verdict in verdicts]
    end = "校验通过。" if receipt.holds(verdicts) else "校验没有通过，请看上面不是“一致”的各行。"
    return "\n".join((head, *lines, end))


def _json(found: receipt.Receipt, verdicts: list[receipt.Verdict]) -> str:
    document = {
        "receipt": found.to_json(),
        "holds": receipt.holds(verdicts),
        "verdicts": [
            {"name": verdict.name, "standing": verdict.standing.value, "message": verdict.message}
            for verdict in verdicts
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=None if not sys.stdout.isatty() else 2)
