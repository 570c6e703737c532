"""The implementation that this installation has chosen."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from gongkai.errors import GongkaiError
from gongkai_web.search import conf
from gongkai_web.search.backend import SearchBackend
from gongkai_web.search.tantivy_backend import TantivyBackend


def engine() -> SearchBackend:
    """The backend of the settings in force; one per process and place. Raises: `GongkaiError` for an unknown name."""
    return _engine(conf.backend_name(), str(conf.directory()))


@lru_cache(maxsize=8)
def _engine(name: str, directory: str) -> SearchBackend:
    if name == "tantivy":
        return TantivyBackend(Path(directory))
    if name == "postgresql":
        from gongkai_web.search.postgresql_backend import PostgresqlBackend  # noqa: PLC0415  # needs its database

        return PostgresqlBackend()
    raise GongkaiError(
        "SEARCH-BACKEND", f"不认识的检索方式“{name}”。", "GONGKAI_SEARCH_BACKEND 可填 tantivy 或 postgresql。"
    )
