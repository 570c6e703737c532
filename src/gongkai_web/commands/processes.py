"""The processes of a running installation, kept together: when one ends, all end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from gongkai_web.commands.address import Address

_GRACE = 10
_TICK = 0.5


class Stopped(Exception):  # noqa: N818  # a request, not a failure
    """Somebody asked this process to end."""


def web_server(address: Address, *, workers: int, threads: int) -> list[str]:
    """The command line of gunicorn. Threads, because a page waits for its database and a slow reader for nobody."""
    return [
        sys.executable, "-m", "gunicorn", "gongkai_web.config.wsgi:application",
        "--bind", str(address), "--workers", str(workers), "--threads", str(threads),
        "--access-logfile", os.devnull, "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


def management(*command: str) -> list[str]:
    """The command line of a management command."""
    return [sys.executable, "-m", "gongkai_web", *command]


class Company:
    """Child processes that live and end together."""

    def __init__(self) -> None:
        self._children: list[subprocess.Popen[bytes]] = []

    def start(self, command: Sequence[str]) -> None:
        """Add a member."""
        self._children.append(subprocess.Popen(command))  # noqa: S603  # a fixed command of this module

    def watch(self, ready: Callable[[], None], *, listening: Address) -> int:
        """Until a member ends: its exit status. `ready` is called once, when the address answers."""
        told = False
        while (status := self._first_status()) is None:
            if not told and listening.answers():
                told = True
                ready()
            time.sleep(_TICK)
        return status

    def end(self) -> None:
        """Ask every member to end, and make those end that do not."""
        for member in self._children:
            if member.poll() is None:
                member.terminate()
        for member in self._children:
            try:
                member.wait(_GRACE)
            except subprocess.TimeoutExpired:
                member.kill()

    def _first_status(self) -> int | None:
        return next((status for child in self._children if (status := child.poll()) is not None), None)


@contextmanager
def asked_to_stop() -> Iterator[None]:
    """Within this block SIGTERM raises `Stopped`, as Ctrl-C raises `KeyboardInterrupt`."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
