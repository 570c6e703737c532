"""Somebody who applies, undisturbed by limits unless a test is about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from applying import Person
from django.core.cache import cache

from gongkai_web.accounts.models import Agency


@pytest.fixture(autouse=True)
def _patient(settings: Any) -> None:
    """Nobody is throttled or told that he types too fast, unless the test is about that."""
    cache.clear()
    settings.GONGKAI_APPLY_SECONDS = 0
    settings.GONGKAI_SEARCH_PER_MINUTE = 0


@pytest.fixture
def person(agency: Agency) -> Person:
    """Somebody who applies to `agency`."""
    return Person(agency)


@pytest.fixture
def another(agency: Agency) -> Callable[[], Person]:
    """Somebody else, at another browser."""
    return lambda: Person(agency)


@pytest.fixture
def own_search(settings: Any, tmp_path: Path) -> None:
    """A search index that no other test has written to."""
    settings.GONGKAI_SEARCH_DIRECTORY = str(tmp_path / "search")
