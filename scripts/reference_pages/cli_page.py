"""docs/reference/cli.md: the help of every command."""

from __future__ import annotations

import argparse

from gongkai.cli.main import ALL, COMMANDS, build_parser
from reference_pages import tables


def page() -> str:
    """The whole command line, one section per verb, as `--help` prints it."""
    parser = build_parser(only=ALL)
    verbs = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    sections = [f"## gongkai {name}\n\n{_block(verbs.choices[name].format_help())}" for name in COMMANDS]
    return tables.page("Command line", _block(parser.format_help()), *sections)


def _block(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"
