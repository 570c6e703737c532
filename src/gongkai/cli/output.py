"""Where a command's result goes: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from gongkai.errors import GongkaiError


@contextmanager
def result_stream(path: str | None) -> Iterator[IO[str]]:
    """A text stream for the result: standard output, or the file `path`, replaced in one step at the end.

    Raises: GongkaiError `not-writable` where the file cannot be written.
    """
    if path is None or path == "-":
        yield sys.stdout
        return
    with _replacing(Path(path)) as binary, os.fdopen(os.dup(binary.fileno()), "w", encoding="utf-8") as stream:
        yield stream


def write_file(path: str, data: bytes) -> None:
    """Write a whole file in one step: what was there before stays until all is written.

    Raises: GongkaiError `not-writable` where the file cannot be written.
    """
    with _replacing(Path(path)) as stream:
        stream.write(data)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _not_writable(path, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise _not_writable(path, error) from None
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _not_writable(path: Path, error: OSError) -> GongkaiError:
    return GongkaiError(
        "not-writable", f"无法写入“{path}”（{error.strerror}）。", "请检查文件夹是否存在、是否有写入权限。"
    )
