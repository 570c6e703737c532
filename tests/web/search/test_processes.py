"""Several processes share one index of tantivy: one writes at a time, all see it, a killed one does no harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from search_entries import make_entry

from gongkai_web.search.backend import Query, SearchUnavailable
from gongkai_web.search.generations import SCHEMA
from gongkai_web.search.tantivy_backend import TantivyBackend

DIE = """
import os, sys
sys.path.insert(0, {here!r})
from pathlib import Path
from search_entries import make_entry
from gongkai_web.search import tantivy_schema as schema
from gongkai_web.search.tantivy_backend import TantivyBackend
backend = TantivyBackend(Path({root!r}))
with backend.exclusive():
    writer = schema.updating_writer(schema.open_index(backend.generations.current()))
    writer.add_document(schema.document(make_entry(2, "防疫")))
    os._exit(9)
"""
WRITE = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from search_entries import make_entry
from gongkai_web.search.tantivy_backend import TantivyBackend
backend = TantivyBackend(Path({root!r}))
for number in range({first}, {first} + 5):
    with backend.exclusive():
        backend.update([make_entry(number, "防疫")], remove=[])
"""
QUESTION = Query(terms=("防疫",))


@pytest.fixture
def backend(tmp_path: Path) -> TantivyBackend:
    """An index with one entry."""
    result = TantivyBackend(tmp_path)
    with result.rebuild() as building:
        building.add([make_entry(1, "防疫")])
        building.switch()
    return result


def start(program: str, root: Path, **values: int) -> subprocess.Popen[bytes]:
    text = program.format(here=str(Path(__file__).parent), root=str(root), **values)
    return subprocess.Popen([sys.executable, "-c", text])


def test_another_process_sees_an_update_with_its_next_question(backend: TantivyBackend, tmp_path: Path) -> None:
    reader = TantivyBackend(tmp_path)
    assert reader.query(QUESTION).total == 1
    with backend.exclusive():
        backend.update([make_entry(2, "防疫")], remove=[])
    assert reader.query(QUESTION).total == 2


def test_another_process_sees_a_switch_with_its_next_question(backend: TantivyBackend, tmp_path: Path) -> None:
    reader = TantivyBackend(tmp_path)
    assert reader.query(QUESTION).total == 1
    with backend.rebuild() as building:
        building.switch()
    assert reader.query(QUESTION).total == 0
    assert len(list(tmp_path.glob(f"{SCHEMA}-*"))) == 1


def test_processes_that_write_at_the_same_time_lose_nothing(backend: TantivyBackend, tmp_path: Path) -> None:
    writers = [start(WRITE, tmp_path, first=first) for first in (100, 200)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert backend.query(QUESTION).total == 11


def test_a_writer_that_dies_changes_nothing_and_blocks_nobody(backend: TantivyBackend, tmp_path: Path) -> None:
    assert start(DIE, tmp_path).wait(60) == 9
    assert backend.query(QUESTION).total == 1
    with backend.exclusive():
        backend.update([make_entry(3, "防疫")], remove=[])
    assert backend.query(QUESTION).total == 2


def test_many_single_updates_do_not_break_the_index_into_ever_more_pieces(backend: TantivyBackend) -> None:
    for number in range(1, 41):
        with backend.exclusive():
            backend.update([make_entry(number, "防疫")], remove=[])
    path = backend.generations.current()
    assert path is not None
    assert len(list(path.glob("*.store"))) < 12


def test_an_index_of_another_version_does_not_count(backend: TantivyBackend, tmp_path: Path) -> None:
    path = backend.generations.current()
    assert path is not None
    path.rename(tmp_path / "v0-1")
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("v0-1")
    assert not backend.exists()
    with pytest.raises(SearchUnavailable):
        TantivyBackend(tmp_path).query(QUESTION)


def test_a_damaged_index_is_no_index(backend: TantivyBackend, tmp_path: Path) -> None:
    path = backend.generations.current()
    assert path is not None
    (path / "meta.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SearchUnavailable, match="尚未建立"):
        TantivyBackend(tmp_path).query(QUESTION)
