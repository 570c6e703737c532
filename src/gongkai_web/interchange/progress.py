"""How far a job is. Kept in a file beside the uploads: while an import holds the database for its one transaction,
no other table could tell."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

_WRITE_EVERY = 0.4  # seconds
STUCK_AFTER = 15 * 60
"""Seconds without a sign after which a running job counts as interrupted."""


@dataclass(frozen=True)
class Progress:
    """`done` of `total` steps; `what` is a Chinese phrase; `at` seconds since the epoch."""

    done: int = 0
    total: int = 0
    what: str = ""
    at: float = 0.0

    @property
    def percent(self) -> int:
        """0 to 100; 0 while nothing is known."""
        return min(100 * self.done // self.total, 100) if self.total else 0


class Reporter:
    """Writes a job's progress, not more often than a person can read it."""

    def __init__(self, job_pk: int) -> None:
        self._path = _path(job_pk)
        self._written = 0.0

    def __call__(self, done: int, total: int, what: str) -> None:
        """Tell. The first and the last step are always written."""
        now = time.time()
        if 0 < done < total and now - self._written < _WRITE_EVERY:
            return
        self._written = now
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(Progress(done, total, what, now)), ensure_ascii=False), encoding="utf-8")
        os.replace(fresh, self._path)  # noqa: PTH105  # atomic: a reader sees the old one or the new one

    def clear(self) -> None:
        """The job has ended; its row tells the rest."""
        with suppress(FileNotFoundError):
            self._path.unlink()


def progress_of(job_pk: int) -> Progress:
    """The newest sign of the job; an empty one before the first and after the end."""
    try:
        return Progress(**json.loads(_path(job_pk).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return Progress()


def _path(job_pk: int) -> Path:
    return Path(settings.MEDIA_ROOT) / "interchange" / "progress" / f"{job_pk}.json"
