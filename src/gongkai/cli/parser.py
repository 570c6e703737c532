"""An argument parser that speaks Chinese: its headings, and what it says of a command line that is wrong."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

MISUSE = 2

# What argparse says of wrong use, and what is said instead.
_SAID: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"the following arguments are required: (.+)", lambda m: f"缺少参数：{m[1]}。"),
    (r"unrecognized arguments: (.+)", lambda m: f"不认识的参数：{m[1]}。"),
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)", lambda m: _unknown(m[1], m[2], m[3])),
    (r"argument (.+?): expected one argument", lambda m: f"{m[1]} 后面没有给出值。"),
    (r"argument (.+?): expected at least one argument", lambda m: f"{m[1]} 至少要给出一个。"),
    (r"argument (.+?): expected (\d+) arguments", lambda m: f"{m[1]} 要给出 {m[2]} 个值。"),
    (r"argument (.+?): invalid (?:int|float) value: '(.*)'", lambda m: f"{m[1]} 应当是数字，而不是“{m[2]}”。"),
    (r"argument (.+?): invalid \S+ value: '(.*)'", lambda m: f"{m[1]} 的值“{m[2]}”无法识别。"),
    (r"argument (.+?): ignored explicit argument '(.*)'", lambda m: f"{m[1]} 不带值，多了“{m[2]}”。"),
    (r"argument (.+?): not allowed with argument (.+)", lambda m: f"{m[1]} 和 {m[2]} 不能同时使用。"),
    (r"one of the arguments (.+) is required", lambda m: f"以下参数要给出一个：{m[1]}。"),
    (r"ambiguous option: (.+) could match (.+)", lambda m: f"{m[1]} 不明确，可能是：{m[2]}。"),
    (r"argument (.+?): (.+)", lambda m: f"{m[1]}：{m[2]}"),
)


class Parser(argparse.ArgumentParser):
    """`argparse.ArgumentParser` in Chinese; a wrong command line ends with what is wrong and where help stands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=Formatter, **options)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}：{said_in_chinese(message)}\n用法见 {self.prog} --help。", file=sys.stderr)
        sys.exit(MISUSE)


class Formatter(argparse.HelpFormatter):
    """The layout of the help, in Chinese."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class RawFormatter(Formatter, argparse.RawDescriptionHelpFormatter):
    """The same for a command whose description is laid out already."""


def said_in_chinese(message: str) -> str:
    """What a message of argparse says.

    >>> said_in_chinese("the following arguments are required: FILE")
    '缺少参数：FILE。'
    """
    for pattern, say in _SAID:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return say(match)
    return message


def _unknown(argument: str, value: str, choices: str) -> str:
    listed = "、".join(re.findall(r"'([^']*)'", choices) or [choices])
    if argument == "命令":
        return f"没有“{value}”这个命令，可用的有：{listed}。"
    return f"{argument} 没有“{value}”这个值，可用的有：{listed}。"
