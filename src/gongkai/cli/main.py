"""The `gongkai` command: `gongkai <verb> …`; see `docs/reference/cli.md`.

Each verb is a module of this package with `configure(parser)` and `run(args) -> int`. Only the module of the verb that
was asked for is imported, so that `gongkai --help` answers at once. Other installed packages add verbs by entry points
of the group `gongkai.commands`: modules of the same shape with a line `SUMMARY = "…"` (this is how `serve` and `demo`
get here without the library knowing the web).
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

from gongkai import __version__
from gongkai.cli import plugged
from gongkai.cli.parser import MISUSE, Parser
from gongkai.errors import GongkaiError

ALL = "*"

COMMANDS = {
    "read": "读取已发布的政府信息公开工作年度报告",
    "check": "读取并校验年度报告",
    "render": "按法定格式写出年度报告",
    "due": "推算一件依申请公开的各项期限",
    "fee": "计算信息处理费",
    "workday": "判断工作日、推算工作日",
    "verify": "用校验凭证核对已公布的年度报告文件",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 clean, 1 doubts or findings, 2 misuse or unreadable."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser(only=arguments[0] if arguments else None)
    args, unknown = parser.parse_known_args(arguments)
    if unknown:
        verb = f"gongkai {args.command}" if args.command else "gongkai"
        print(f"{verb}：不认识的参数：{' '.join(unknown)}。\n用法见 {verb} --help。", file=sys.stderr)
        return MISUSE
    if args.command is None:
        parser.print_help()
        return MISUSE
    try:
        status: int = _module(args.command).run(args)
    except GongkaiError as error:
        print(f"gongkai {args.command}：{error.message}", file=sys.stderr)
        if error.hint:
            print(error.hint, file=sys.stderr)
        return MISUSE
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return status


def build_parser(*, only: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command. `only` names the verb whose options are wanted, or `ALL` (for the reference page)."""
    parser = Parser(prog="gongkai", description="政府信息公开：读取、校验、写出年度报告，推算法定期限")
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    verbs = parser.add_subparsers(dest="command", metavar="命令")
    for name, summary in COMMANDS.items():
        verb = verbs.add_parser(name, help=summary, description=summary)
        if only in (name, ALL):
            _module(name).configure(verb)
    for name, module in () if only in COMMANDS else sorted(_plugged().items()):
        summary = plugged.summary(module)
        verb = verbs.add_parser(name, help=summary, description=summary)
        if only in (name, ALL):
            _module(name).configure(verb)
    return parser


@cache
def _plugged() -> dict[str, str]:
    """The verbs of other installed packages and their modules; a built-in verb is never replaced."""
    return {name: module for name, module in plugged.verbs().items() if name not in COMMANDS}


def _module(command: str) -> Any:
    return importlib.import_module(f"gongkai.cli.{command}" if command in COMMANDS else _plugged()[command])
