"""`gongkai demo`: an example platform to try everything on."""

from __future__ import annotations

import argparse
import logging
import sys
import time

from gongkai_web.commands import installation, serve
from gongkai_web.commands.address import Address

SUMMARY = "填入演示数据（示例市各机关），并列出演示账号"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--serve", action="store_true", help="填好后接着启动门户和后台")
    serve.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Fill the database once; a second run only lists the accounts. Raises: `DemoRefused`."""
    address = Address.parse(args.bind)
    if args.serve:
        address.require_free()
    installation.load(url=address.url)
    installation.migrate()
    fill()
    return serve.run(args) if args.serve else 0


def fill() -> None:
    """Make the example platform where there is none, and print the accounts."""
    from gongkai_web.demo import accounts_file, platform  # noqa: PLC0415  # needs loaded apps

    started = time.monotonic()
    if platform.exists():
        print("演示数据已在库中，未作改动。", file=sys.stderr)
    else:
        print("正在生成演示数据，大约需要一分钟……", file=sys.stderr)
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # a line per saved version is of no use here
        made = platform.make()
        print(f"已生成：{made}（用时{time.monotonic() - started:.0f}秒）", file=sys.stderr)
    print(accounts_file.text(), flush=True)
