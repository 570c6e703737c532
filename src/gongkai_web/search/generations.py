"""Where tantivy's index lies on disk: one directory per generation, and a link that names the one in use.

Readers look at one file's age per question and so notice a commit of any process, and a switch to a new generation.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = "v3"
"""Begins the name of every generation; a changed schema gets another one, and older generations no longer count."""

Stamp = tuple[int, int]


class Generations:
    """The directory `root` with its generations."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._link = root / "current"

    def current(self) -> Path | None:
        """The generation in use; `None` when there is none that this version of the program can read."""
        try:
            path = self._link.resolve(strict=True)
        except (OSError, RuntimeError):
            return None
        return path if path.name.startswith(f"{SCHEMA}-") and (path / "meta.json").exists() else None

    def stamp(self) -> Stamp | None:
        """Changes with every commit and every switch; `None` when there is no index."""
        try:
            found = (self._link / "meta.json").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def begin(self) -> Path:
        """A directory for a new generation."""
        path = self.root / f"{SCHEMA}-{time.time_ns()}"
        path.mkdir(parents=True)
        return path

    def switch(self, path: Path) -> None:
        """Use `path` from now on; older generations go. Open readers keep theirs until they look again."""
        waiting = self.root / "next"
        waiting.unlink(missing_ok=True)
        waiting.symlink_to(path.name)
        waiting.replace(self._link)
        for other in self.root.glob("v*-*"):
            if other != path:
                discard(other)

    @contextmanager
    def locked(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        """Hold the lock `name` against every process and thread; says whether it was had. It ends with its holder."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / f"{name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True


def discard(path: Path) -> None:
    """Remove a generation that nobody will ask again."""
    shutil.rmtree(path, ignore_errors=True)
