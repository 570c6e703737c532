"""`gongkai serve`: the portal and the back office on this machine, with everything that has to run beside them."""

from __future__ import annotations

import argparse
import os
import sys

from gongkai_web.commands import installation
from gongkai_web.commands.address import Address
from gongkai_web.commands.processes import Company, Stopped, asked_to_stop, management, web_server

SUMMARY = "启动信息公开门户和管理后台"
DEFAULT_BIND = "127.0.0.1:8000"
_MOST_WORKERS = 8
_THREADS = 4


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument(
        "--bind", default=DEFAULT_BIND, metavar="地址", help=f"监听的地址和端口，默认 {DEFAULT_BIND}，只供本机访问"
    )
    parser.add_argument("--workers", type=int, metavar="个数", help="网页服务进程数，默认按处理器核数确定")
    parser.add_argument("--no-tasks", action="store_true", help="不启动后台任务进程（另行部署时使用）")


def run(args: argparse.Namespace) -> int:
    """Serve until somebody stops it; 0 when stopped, else the status of the process that ended."""
    address = Address.parse(args.bind)
    address.require_free()
    print("正在准备数据库和静态文件……", file=sys.stderr)
    installation.load(url=address.url)
    installation.migrate()
    installation.collect_static()
    return serve(address, workers=args.workers or default_workers(), tasks=not args.no_tasks)


def default_workers() -> int:
    """One process per core, two at least: a long request must not stand alone between the readers and their page."""
    return max(2, min(os.cpu_count() or 1, _MOST_WORKERS))


def serve(address: Address, *, workers: int, tasks: bool = True) -> int:
    """Start the web server, the clock and the worker of background tasks; the status at the end."""
    company = Company()
    try:
        with asked_to_stop():
            company.start(web_server(address, workers=workers, threads=_THREADS))
            company.start(management("clock"))
            if tasks:
                company.start(management("db_worker"))
            return company.watch(lambda: announce(address), listening=address)
    except (KeyboardInterrupt, Stopped):
        print("正在停止……", file=sys.stderr)
        return 0
    finally:
        company.end()


def announce(address: Address) -> None:
    """Say where to go. On stdout and at once: whoever started it may be waiting for the line."""
    print(f"门户    {address.url}/\n后台    {address.url}/admin/\n按 Ctrl-C 停止。", flush=True)
