"""Both implementations of the search, each with an empty place of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from gongkai_web.search.backend import Entry, Query, SearchBackend
from gongkai_web.search.engine import engine
from gongkai_web.search.parsing import key_of, terms_of


@pytest.fixture(params=["tantivy", "postgresql"])
def backend(request: pytest.FixtureRequest, db: None, settings: Any, tmp_path: Path) -> SearchBackend:
    """An implementation without an index yet."""
    if request.param == "postgresql" and connection.vendor != "postgresql":
        pytest.skip("the table of the search needs PostgreSQL; name one in GONGKAI_DATABASE_URL")
    settings.GONGKAI_SEARCH_BACKEND = request.param
    settings.GONGKAI_SEARCH_DIRECTORY = str(tmp_path / "search")
    settings.GONGKAI_SEARCH_PER_MINUTE = 1000
    cache.clear()
    return engine()


@pytest.fixture
def fill(backend: SearchBackend) -> Callable[..., None]:
    """`fill(entry, …)`: an index of exactly these."""

    def run(*entries: Entry) -> None:
        with backend.rebuild() as building:
            building.add(entries)
            with backend.exclusive():
                building.switch()

    return run


@pytest.fixture
def ask(backend: SearchBackend) -> Callable[..., list[int]]:
    """`ask("公共卫生")`: the numbers found, in order."""

    def run(question: str = "", **fields: Any) -> list[int]:
        query = Query(terms=terms_of(question), key=key_of(question), **fields)
        return [hit.id for hit in backend.query(query).hits]

    return run
