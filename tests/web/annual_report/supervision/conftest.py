"""A city with two departments, its supervisor, and imports that run at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.supervision import intake
from gongkai_web.interchange.models import Job


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def supervisor(government: Agency, make_user: Callable[..., User]) -> User:
    """Supervises the whole tree."""
    return make_user(Role.SUPERVISOR, government)


@pytest.fixture
def upload(government: Agency, supervisor: User, django_capture_on_commit_callbacks: Any) -> Callable[..., Job]:
    """`upload(("甲.html", data), …)`: the supervisor uploads; all have been read when it returns."""

    def start(*files: tuple[str, bytes]) -> Job:
        with django_capture_on_commit_callbacks(execute=True):
            job = intake.start(government, by=supervisor, files=_files(files))
        job.refresh_from_db()
        return job

    return start


def _files(files: Iterable[tuple[str, bytes]]) -> list[Any]:
    return [SimpleUploadedFile(name, data) for name, data in files]
