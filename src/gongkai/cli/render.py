"""`gongkai render FILE --to FORMAT -o OUT`: writes the statutory form from a report that can be read."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.annual_report.writing import WRITERS, WritingError, write
from gongkai.cli.inputs import STDIN, Outcome, read_file
from gongkai.cli.output import write_file

if TYPE_CHECKING:
    from gongkai.annual_report.model import Report

WRITTEN = 0


def configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="年度报告文件（任何可读取的格式，或本程序输出的 JSON）；“-”表示标准输入"
    )
    parser.add_argument("--to", choices=tuple(WRITERS), help="写成的格式，缺省按 OUT 的扩展名")
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="写入的文件；“-”表示标准输出")
    parser.add_argument("--nth", type=int, metavar="N", help="文件中有多份报告时，写第 N 份（从 1 起）")
    parser.add_argument("--fonts", type=Path, metavar="DIR", help="PDF 使用的字体所在的文件夹（如仿宋、黑体、小标宋）")


def run(args: Namespace) -> int:
    """Exit status 0 when written; whatever hinders raises an error that the command prints, with status 2."""
    target = args.to or _format_of(args.output)
    _refuse_own_file(args.file, args.output)
    data = _written(_chosen(read_file(args.file), args.nth), target, args.fonts)
    if args.output == STDIN:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(args.output, data)
    return WRITTEN


def _format_of(output: str) -> str:
    suffix = Path(output).suffix.lower().removeprefix(".")
    wanted = {"htm": "html", "markdown": "md"}.get(suffix, suffix)
    if wanted not in WRITERS:
        raise WritingError("unknown-format", f"从“{output}”看不出要写成哪种格式。", f"请加 --to {'|'.join(WRITERS)}。")
    return wanted


def _refuse_own_file(source: str, output: str) -> None:
    if STDIN not in (source, output) and Path(output).exists() and Path(output).samefile(source):
        raise WritingError("same-file", f"“{output}”就是要读取的文件，写入会覆盖原件。", "请换一个输出文件名。")


def _chosen(outcome: Outcome, nth: int | None) -> Report:
    """The one report of the file that is wanted."""
    if outcome.error:
        raise outcome.error
    count = len(outcome.reports)
    if nth is None and count > 1:
        listed = "；".join(f"{n}. {_named(report)}" for n, report in enumerate(outcome.reports, start=1))
        raise WritingError(
            "several-reports", f"“{outcome.name}”中有{count}份报告：{listed}。", "请用 --nth N 指定写第几份。"
        )
    if nth is not None and not 1 <= nth <= count:
        raise WritingError(
            "no-such-report", f"“{outcome.name}”中只有{count}份报告，没有第{nth}份。", "请改正 --nth 的数。"
        )
    return outcome.reports[(nth or 1) - 1]


def _named(report: Report) -> str:
    year = "年份不详" if report.year is None else f"{report.year}年"
    return f"{report.agency or '机关不详'}{year}"


def _written(report: Report, target: str, fonts: Path | None) -> bytes:
    if fonts is None:
        return write(report, to=target)
    if target != "pdf" or not fonts.is_dir():
        what = "--fonts 只用于 PDF。" if target != "pdf" else f"找不到字体文件夹“{fonts}”。"
        raise WritingError("bad-fonts", what, "请去掉 --fonts，或者改正文件夹。")
    from gongkai.annual_report.writing import pdf  # noqa: PLC0415 - typst is loaded only for a PDF

    return pdf.write(report, fonts=fonts)
