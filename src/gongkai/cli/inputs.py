"""The files that a command is given: read one after the other, `-` for standard input, errors kept per file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from gongkai.errors import UnreadableReportError

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

    from gongkai.annual_report.model import Report

STDIN = "-"
LARGEST_FILE = 300 * 1024 * 1024  # bytes; refused before it is loaded
_PATIENCE = 1.0  # seconds without a progress bar


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its reports, or why there are none."""

    name: str
    reports: tuple[Report, ...] = ()
    error: UnreadableReportError | None = None
    digest: str = ""

    def error_document(self) -> dict[str, Any]:
        """The document that stands for an unreadable file: `error` and `source`."""
        error = self.error.to_json() if self.error else None
        return {"error": error, "source": {"name": self.name, "media_type": None, "sha256": self.digest or None}}


def add_files(parser: ArgumentParser) -> None:
    """The arguments FILE… of a command that reads reports."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="年度报告文件：网页、Word、PDF、Excel、Markdown、文本、图片或本程序输出的 JSON；“-”表示标准输入",
    )


def outcomes(names: Sequence[str]) -> Iterator[Outcome]:
    """Read the named files in order; while that takes over a second, a bar on the terminal's stderr shows how far."""
    with _progress(len(names)) as advance:
        for name in names:
            yield read_file(name)
            advance()


def read_file(name: str) -> Outcome:
    """Read the reports in one file; never raises for what is in it, or for its absence."""
    digest = ""
    try:
        data = load(name)
        digest = sha256(data).hexdigest()
        # Imported here: a missing file is told without loading the readers.
        from gongkai.annual_report.reading import read  # noqa: PLC0415

        return Outcome(name, tuple(read(data, name=name)), digest=digest)
    except UnreadableReportError as error:
        return Outcome(name, error=error, digest=digest)


def load(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises: UnreadableReportError where there is no such file, or it is a directory, locked or far too large.
    """
    if name == STDIN:
        return sys.stdin.buffer.read(LARGEST_FILE)
    path = Path(name)
    try:
        if path.is_dir():
            raise _unreadable(
                "is-a-directory", f"“{name}”是文件夹，不是文件。", "请给出文件夹中的文件，例如 gongkai read 文件夹/*。"
            )
        if path.stat().st_size > LARGEST_FILE:
            raise _unreadable("too-large", f"“{name}”过大（超过 300 MB），不像是一份年度报告。", "请确认文件是否正确。")
        return path.read_bytes()
    except FileNotFoundError:
        raise _unreadable("file-not-found", f"找不到文件“{name}”。", "请检查路径和文件名。") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径无效"
        raise _unreadable("file-error", f"无法打开文件“{name}”（{reason}）。", "请检查文件的访问权限。") from None


def _unreadable(code: str, message: str, hint: str) -> UnreadableReportError:
    return UnreadableReportError(code, message, hint)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A function to call after each file; draws a bar only on a terminal, and only after `_PATIENCE` seconds."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 — costs 60 ms that scripts need not pay
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("读取"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=total)
    timer = Timer(_PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda: bar.advance(task)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
