"""Reading, decoding and checking a published page beside what parsers need merely to parse it or extract its tables.

Run: make bench, or .venv/bin/python benchmarks/bench_reading.py
"""

from __future__ import annotations

import logging
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

import pdfplumber
from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

import government_pages
from gongkai.annual_report.checks import check
from gongkai.annual_report.reading import read
from gongkai.annual_report.writing import write
from timing import medians, show

PAGES = 20
DOCUMENTS = Path(__file__).parent.parent / "tests/annual_report/reading/documents"


def main() -> None:
    html_pages()
    pdf_reports()
    glued_text()
    start_up()


def html_pages() -> None:
    """Whole work on HTML against bare lexbor parsing and BeautifulSoup's table extraction."""
    pages = encoded_pages()
    for page in pages:
        (report,) = read(page, name="report.html")
        assert report.doubts == (), report.doubts
    size = sum(map(len, pages)) // PAGES // 1000
    seconds = {name: alone(call, rounds) for name, (call, rounds) in ON_HTML.items()}
    show(f"HTML report, {size} KB, mean of {PAGES} pages, each program alone", seconds, unit="page")


def encoded_pages() -> list[bytes]:
    return [page.encode() for page in government_pages.pages(PAGES)]


def alone(call: Callable[[bytes], object], rounds: int) -> float:
    """Mean seconds for a page, in a process of its own: the memory that one program leaves behind makes the next one's
    parsing faster or slower by half."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(fastest, call, rounds).result()


def fastest(call: Callable[[bytes], object], rounds: int) -> float:
    """Each page at its fastest of `rounds`: a machine busy with other work touches none then.

    Each result is dropped before the next page, as a reader of many pages does.
    """
    pages = encoded_pages()
    best = [math.inf] * PAGES
    for _ in range(rounds):
        for number, page in enumerate(pages):
            started = time.perf_counter()
            call(page)
            best[number] = min(best[number], time.perf_counter() - started)
    return fmean(best)


def read_and_check(page: bytes) -> None:
    (report,) = read(page, name="report.html")
    check(report)


def read_only(page: bytes) -> None:
    read(page, name="report.html")


def lexbor_parse(page: bytes) -> None:
    LexborHTMLParser(page.decode())


def soup_tables(page: bytes, parser: str) -> list[list[list[str]]]:
    soup = BeautifulSoup(page.decode(), parser)
    return [
        [[cell.get_text(strip=True) for cell in row.find_all(["td", "th"])] for row in table.find_all("tr")]
        for table in soup.find_all("table")
    ]


ON_HTML: dict[str, tuple[Callable[[bytes], object], int]] = {
    "read + decode + check": (read_and_check, 40),
    "read + decode": (read_only, 40),
    "lexbor: parse only": (lexbor_parse, 40),
    "BeautifulSoup (html.parser): tables only": (partial(soup_tables, parser="html.parser"), 5),
    "BeautifulSoup (lxml): tables only": (partial(soup_tables, parser="lxml"), 5),
}


def pdf_reports() -> None:
    """Reading a PDF of ten pages, and those of other producers in the tests, against pdfplumber's tables."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each font
    (report,) = read(next(government_pages.pages(1)).encode(), name="report.html")
    sections = dict(report.sections)
    sections["overview"] = "\n".join([sections["overview"]] * 3)
    files = {"typst": write(replace(report, sections=sections), to="pdf")}
    files |= {path.stem: path.read_bytes() for path in sorted(DOCUMENTS.glob("*.pdf")) if path.stem != "encrypted"}
    for producer, data in files.items():
        seconds = medians(
            {
                "read + decode": partial(read, data, name="report.pdf"),
                "pdfplumber: tables only": partial(plumbed_tables, data),
            },
            rounds=5,
        )
        show(f"PDF report of {producer}, {pages_of(data)} pages", seconds, unit="file")


def pages_of(data: bytes) -> int:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def plumbed_tables(data: bytes) -> int:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return sum(len(page.extract_tables()) for page in pdf.pages)


def glued_text() -> None:
    """A report whose cells were glued together: the time the identities need to part them."""
    texts = [glue(page) for page in government_pages.pages(5)]
    seconds = medians({"read + decode": lambda: [read(text, name="report.txt") for text in texts]}, rounds=5)
    show("Glued text report", seconds, per=len(texts), unit="report")


def glue(page: str) -> bytes:
    """The article's text without any separator between cells, as careless crawlers store it."""
    tree = LexborHTMLParser(page)
    article = tree.css_first("#zoom")
    assert article is not None
    return (tree.css_first("h1").text() + article.text(separator="").replace("\n", "")).encode()  # type: ignore[union-attr]


def start_up() -> None:
    """`gongkai --help` as a whole process."""
    gongkai = Path(sys.executable).parent / "gongkai"
    with tempfile.TemporaryDirectory() as folder:
        samples = []
        for _ in range(10):
            started = time.perf_counter()
            subprocess.run([gongkai, "--help"], check=True, capture_output=True, cwd=folder)  # noqa: S603
            samples.append(time.perf_counter() - started)
    show("Start-up", {"gongkai --help": sorted(samples)[5], "bare Python": bare_python()})


def bare_python() -> float:
    samples = []
    for _ in range(10):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        samples.append(time.perf_counter() - started)
    return sorted(samples)[5]


if __name__ == "__main__":
    main()
