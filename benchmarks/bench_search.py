"""Searching generated items: build rate, latency with facets, recall against comparing every text, cost of publishing
one item as the index grows. In the same run SQLite's FTS5 with trigrams answers the questions of four characters, and
comparing every row those of two: to a LIKE of two characters FTS5 (as of SQLite 3.40) answers with nothing at all.

Run: make bench, or .venv/bin/python benchmarks/bench_search.py [--documents 100000]. With GONGKAI_DATABASE_URL naming
a PostgreSQL the implementation on it is measured too. `--cpu` counts the time of the processor instead of the clock's,
for a machine that has other work. `--without-peer` leaves FTS5 out.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai_web.config.settings.test")

import django

django.setup()  # before anything that reads the settings, which is every import below

# ruff: noqa: E402
from gongkai_web.config import environment
from gongkai_web.search.backend import Entry, Query, SearchBackend
from gongkai_web.search.parsing import key_of, terms_of
from gongkai_web.search.postgresql_backend import PostgresqlBackend
from gongkai_web.search.tantivy_backend import TantivyBackend

KNOWN = (  # pairs, one after the other
    "政府信息公开卫生健康公共医疗服务管理办法通知规定实施方案工作年度报告预算决算行政许可处罚监督检查结果疫情防控疫苗接种医院机构"
    "人员资格考试建设项目采购规划统计教育水务环境保护安全生产应急预案社会保障救助"
)
COLUMNS = [(f"栏目{number}", f"类别{number % 8}") for number in range(80)]  # names that all agencies use
QUESTIONS = 500
BUDGET_MS = 30  # 99th percentile of a page for two and for four characters
_clock = time.perf_counter
_chance = random.Random(20250101)  # noqa: S311  # the same texts in every run


def vocabulary() -> tuple[list[str], list[float]]:
    """The words of the field, then six thousand made-up ones; frequencies fall as they do in any language."""
    letters = [chr(0x4E00 + _chance.randrange(6000)) for _ in range(1200)]
    words = [KNOWN[start : start + 2] for start in range(0, len(KNOWN), 2)] + [
        "".join(_chance.choices(letters, k=2)) for _ in range(6000)
    ]
    return words, list(itertools.accumulate(1 / (rank + 5) for rank in range(len(words))))


WORDS, FREQUENCIES = vocabulary()


def words(number: int) -> str:
    return "".join(_chance.choices(WORDS, cum_weights=FREQUENCIES, k=number))


def entries(number: int, *, first: int = 1) -> Iterator[Entry]:
    """Items of 640 characters in the mean, one in a hundred with an attachment of 12,000."""
    for n in range(first, first + number):
        length = 6000 if n % 100 == 0 else _chance.randrange(100, 520)
        yield Entry(
            id=n,
            title=f"关于{words(7)}的通知",
            text=f"平卫发〔{2005 + n % 20}〕{n}号\n{words(length)}",
            keys=(f"平卫发{2005 + n % 20}{n}号",),
            agency=n % 300,
            columns=COLUMNS[n % 80] if n % 20 else (f"专栏{n % 600}",),
            published_on=date(2005, 1, 1) + timedelta(days=n % 7300),
            validity=("", "in_force", "repealed")[n % 3],
        )


def build(backend: SearchBackend, documents: Sequence[Entry]) -> float:
    """Documents per second, switch included."""
    started = time.perf_counter()
    with backend.rebuild() as building:
        for start in range(0, len(documents), 1000):
            building.add(documents[start : start + 1000])
        building.complete()
        with backend.exclusive():
            building.switch()
    return len(documents) / (time.perf_counter() - started)


def questions(documents: Sequence[Entry], lengths: Sequence[int], number: int) -> list[str]:
    """Pieces of the texts themselves, so that every question has an answer."""
    asked: list[str] = []
    while len(asked) < number:
        text, length = _chance.choice(documents).folded, _chance.choice(lengths)
        start = _chance.randrange(len(text) - length)
        term = text[start : start + length]
        if terms_of(term) == (term,):  # what the question would tidy, the texts made up here have as it is
            asked.append(term)
    return asked


def latencies(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[float, float]:
    """Milliseconds: median and 99th percentile; the first few answers warm up and do not count."""
    for term in asked[:10]:
        ask(term)
    taken = []
    for term in asked:
        started = _clock()
        ask(term)
        taken.append((_clock() - started) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def as_page(backend: SearchBackend) -> Callable[[str], object]:
    """A question as the search page puts it: twenty hits with their texts, and all facets."""
    return lambda term: backend.query(Query(terms=terms_of(term), key=key_of(term)))


def recall(backend: SearchBackend, documents: Sequence[Entry], asked: Sequence[str]) -> tuple[float, float]:
    """Recall and precision over all hits of all questions, against comparing every text."""
    texts = [(entry.id, entry.folded) for entry in documents]
    true = found = right = 0
    for term in asked:
        truth = {number for number, text in texts if term in text}
        answer = backend.query(Query(terms=(term,), with_facets=False, limit=len(documents)))
        hits = {hit.id for hit in answer.hits}
        true, found, right = true + len(truth), found + len(hits), right + len(truth & hits)
    return right / true, right / found


def show_publishing(indexes: Mapping[str, SearchBackend]) -> None:
    """Print what it takes to take up one item: forty one right after the other, so that some wait for a merge. Several
    indexes take turns, so that other work of the machine touches all alike.

    What the build has written reaches the disk first: else the little that is written here waits for it.
    """
    os.sync()
    taken: dict[str, list[float]] = {name: [] for name in indexes}
    for entry in entries(40, first=10**7):
        for name, backend in indexes.items():
            started = time.perf_counter()
            with backend.exclusive():
                backend.update([entry], remove=[])
            taken[name].append((time.perf_counter() - started) * 1000)
    for thread in threading.enumerate():
        if thread.name == "search-merging":  # it works in the folder that goes with the benchmark
            thread.join()
    for name, times in taken.items():
        print(
            f"    publishing one item beside {name}: p50 {statistics.median(times):.1f} ms, "
            f"mean {statistics.fmean(times):.1f} ms, worst {max(times):.0f} ms",
            flush=True,
        )


class Fts5:
    """The peer: SQLite's full-text index with its trigram tokenizer; what is shorter it compares with every text."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path)
        self.database.execute("CREATE VIRTUAL TABLE indexed USING fts5(text, tokenize='trigram')")
        self.database.execute("CREATE TABLE plain (text)")

    def build(self, documents: Sequence[Entry]) -> float:
        started = time.perf_counter()
        self.database.executemany("INSERT INTO indexed VALUES (?)", ((entry.folded,) for entry in documents))
        self.database.commit()
        rate = len(documents) / (time.perf_counter() - started)
        self.database.executemany("INSERT INTO plain VALUES (?)", ((entry.folded,) for entry in documents))
        self.database.commit()
        return rate

    def ask(self, term: str) -> object:
        """Twenty hits and their number, without facets."""
        if len(term) < 3:
            table, value = "plain WHERE text LIKE ?", f"%{term}%"
        else:
            table, value = "indexed WHERE indexed MATCH ?", f'"{term}"'
        number = self.database.execute(f"SELECT count(*) FROM {table}", [value]).fetchone()  # noqa: S608  # constants
        return number, self.database.execute(f"SELECT text FROM {table} LIMIT 20", [value]).fetchall()  # noqa: S608


def backends(place: Path) -> Iterator[tuple[str, SearchBackend]]:
    yield "tantivy", TantivyBackend(place / "tantivy")
    if environment.text("GONGKAI_DATABASE_URL").startswith("postgres"):
        yield "PostgreSQL", PostgresqlBackend()


def measure(backend: SearchBackend, documents: Sequence[Entry]) -> float:
    """Print one implementation's figures; the worst 99th percentile of two and four characters."""
    print(f"  {len(documents)} documents, {build(backend, documents):.0f} documents/s", flush=True)
    worst = 0.0
    for length in (1, 2, 3, 4):
        median, slow = latencies(as_page(backend), questions(documents, [length], 300))
        worst = max(worst, slow if length in {2, 4} else 0)
        print(f"    page of hits and facets, {length} characters: p50 {median:7.2f} ms  p99 {slow:7.2f} ms", flush=True)
    return worst


def measure_peer(place: Path, documents: Sequence[Entry]) -> None:
    """Print the peer's figures."""
    peer = Fts5(place / "peer.sqlite3")
    print(f"SQLite FTS5 trigram\n  {len(documents)} documents, {peer.build(documents):.0f} documents/s")
    for length in (2, 4):
        median, slow = latencies(peer.ask, questions(documents, [length], 30 if length == 2 else 300))
        print(f"    hits and their number, {length} characters: p50 {median:7.2f} ms  p99 {slow:7.2f} ms", flush=True)


def main() -> None:
    """Print the figures; fail where recall is not complete or tantivy is slower than its budget."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--cpu", action="store_true")
    arguments.add_argument("--without-peer", action="store_true")
    chosen = arguments.parse_args()
    global _clock  # noqa: PLW0603  # what is measured at a time is measured by one clock
    documents = list(entries(chosen.documents))
    tenth = documents[: len(documents) // 10]
    with tempfile.TemporaryDirectory() as place:
        if not chosen.without_peer:
            measure_peer(Path(place), tenth)
        for name, backend in backends(Path(place)):
            print(name)
            # A server's work does not show in the time of this process.
            _clock = time.thread_time if chosen.cpu and name == "tantivy" else time.perf_counter
            measure(backend, tenth)
            complete, precise = recall(backend, tenth, questions(tenth, [2, 3, 4], QUESTIONS))
            print(
                f"    recall {complete}, precision {precise} over {QUESTIONS} questions of 2 to 4 characters",
                flush=True,
            )
            worst = measure(backend, documents)
            indexes = {str(len(documents)): backend}
            if name == "tantivy":
                indexes["1000"] = TantivyBackend(Path(place) / "small")
                build(indexes["1000"], documents[:1000])
            show_publishing(indexes)
            assert complete == precise == 1.0, (complete, precise)
            assert name != "tantivy" or worst <= BUDGET_MS, worst


if __name__ == "__main__":
    main()
