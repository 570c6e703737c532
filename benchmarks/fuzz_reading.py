"""Throws broken input at reading and checking: every input must give reports or a clear error, soon, in bounded memory.

Each web page is read again after one that differs in its numbers only: what the reader remembers must change nothing.

Run: .venv/bin/python benchmarks/fuzz_reading.py --inputs 5000
Prints the number of inputs by outcome, the slowest one and the peak memory; exits 1 on a crash or a breach of a bound.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import government_pages
from gongkai.annual_report.checks import check
from gongkai.annual_report.reading import read
from gongkai.annual_report.serialisation import to_json
from gongkai.annual_report.writing import write
from gongkai.errors import UnreadableReportError

SECONDS_ALLOWED = 5.0
MEGABYTES_ALLOWED = 3000
LONGEST_REREAD = 500_000  # bytes
NUMBER = re.compile(rb"(?<=>)\d+(?:\.\d+)?(?=<)")
ROOT = Path(__file__).parent.parent
SUFFIXES = (".html", ".txt", ".md", ".pdf", ".docx")
Input = tuple[str, bytes]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--inputs", type=int, default=2000, help="number of mutated inputs besides the fixed hostile ones"
    )
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    outcomes: Counter[str] = Counter()
    slowest = (0.0, "")
    rng = random.Random(args.seed)  # noqa: S311 - reproducible test data
    for name, data in (*hostile(), *mutated(corpus(), args.inputs, rng)):
        started = time.perf_counter()
        ended = outcome(name, data)
        outcomes[ended] += 1
        elapsed = time.perf_counter() - started
        outcomes["MISREMEMBERED"] += ended != "CRASH" and is_misremembered(name, data, rng)
        slowest = max(slowest, (elapsed, name))
        if elapsed > SECONDS_ALLOWED:
            outcomes["TOO SLOW"] += 1
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{sum(outcomes.values())} inputs, seed {args.seed}: "
        + ", ".join(f"{k} {v}" for k, v in outcomes.most_common() if v)
    )
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]}), peak memory {megabytes} MB")
    failed = outcomes["CRASH"] or outcomes["TOO SLOW"] or outcomes["MISREMEMBERED"] or megabytes > MEGABYTES_ALLOWED
    return 1 if failed else 0


def outcome(name: str, data: bytes) -> str:
    """`report`, `report with doubts`, an error's code, or `CRASH` (whose input is kept in build/fuzz)."""
    try:
        reports = read(data, name=name)
        for report in reports:
            check(report)
            json.dumps(to_json(report), ensure_ascii=False)
    except UnreadableReportError as error:
        return f"error {error.code}"
    except Exception as error:
        keep(name, data, f"CRASH {type(error).__name__}: {error}")
        return "CRASH"
    return "report with doubts" if any(report.doubts for report in reports) else "report"


def is_misremembered(name: str, data: bytes, rng: random.Random) -> bool:
    """Whether a web page states something else once its markup was met with other numbers in it."""
    if not name.endswith(".html") or len(data) > LONGEST_REREAD:
        return False
    first = stated(name, data)
    outcome(name, NUMBER.sub(lambda _: rng.choice((b"0", b"7", b"1143", b"4.25")), data))
    if stated(name, data) == first:
        return False
    keep(name, data, "MISREMEMBERED")
    return True


def stated(name: str, data: bytes) -> object:
    try:
        reports = read(data, name=name)
    except UnreadableReportError as error:
        return error.code
    return [(to_json(report), [finding.fingerprint for finding in check(report)]) for report in reports]


def keep(name: str, data: bytes, why: str) -> None:
    kept = ROOT / "build" / "fuzz" / f"{abs(hash(data)):x}-{name}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    print(f"{why} ({kept.name})", file=sys.stderr)


def corpus() -> list[Input]:
    """Good reports of every kind: fixtures, the published reports beside the repository, what our writers make."""
    files = [p for p in (ROOT / "tests" / "annual_report").rglob("*") if p.suffix in SUFFIXES]
    files += [
        p
        for folder in ("seeds", "reports")
        for p in (ROOT.parent / "shared" / folder).glob("*")
        if p.suffix in SUFFIXES
    ]
    found = [(path.name, path.read_bytes()) for path in files]
    pages = [page.encode() for page in government_pages.pages(2)]
    found += [("page.html", page) for page in pages]
    (report,) = read(pages[0], name="page.html")
    return found + [
        (f"written.{kind}", write(report, to=kind)) for kind in ("docx", "pdf", "html", "xlsx", "md", "json")
    ]


def mutated(originals: list[Input], count: int, rng: random.Random) -> Iterator[Input]:
    for _ in range(count):
        name, data = rng.choice(originals)
        for _ in range(rng.randint(1, 4)):
            data = rng.choice(MUTATIONS)(data, rng)
        yield name, data


def truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randint(0, len(data))]


def cut_out(data: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(data))
    return data[:start] + data[start + rng.randint(0, 400) :]


def repeat_part(data: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(data))
    part = data[start : start + rng.randint(0, 2000)]
    return data[:start] + part * rng.randint(2, 5) + data[start:]


def flip_bytes(data: bytes, rng: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(rng.randint(1, 40) if broken else 0):
        broken[rng.randrange(len(broken))] = rng.randrange(256)
    return bytes(broken)


def insert_token(data: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(TOKENS) + data[at:]


def shuffle_lines(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    start = rng.randint(0, len(lines))
    block = lines[start : start + 12]
    rng.shuffle(block)
    return b"\n".join(lines[:start] + block + lines[start + 12 :])


def replace_digits(data: bytes, rng: random.Random) -> bytes:
    digits = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
    broken = bytearray(data)
    for i in rng.sample(digits, min(len(digits), rng.randint(1, 20))):
        broken[i] = rng.choice(b"0123456789/- ")
    return bytes(broken)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    truncate,
    cut_out,
    repeat_part,
    flip_bytes,
    insert_token,
    shuffle_lines,
    replace_digits,
)

TOKENS = (
    b'<td colspan="1000000000">',
    b'<td rowspan="1000000000">7</td>',
    b"<table><tr><td>" * 40,
    b"</table>",
    b"9" * 5000,
    b"0" * 300,
    b"\x00\xff\xfe",
    "（七）总计".encode(),
    "三、本年度办理结果".encode(),
    "一、总体情况".encode(),
    "其中A1条、B2条，".encode() * 50,
    b"|\t|" * 500,
    b"((" * 3000,
)


def hostile() -> Iterator[Input]:
    """Inputs made to exhaust time or memory, and the empty ones."""
    page = next(government_pages.pages(1))
    yield "empty.html", b""
    yield "random.bin", random.Random(1).randbytes(200_000)  # noqa: S311 - reproducible test data
    yield "span.html", page.replace('colspan="3"', 'colspan="1000000000" rowspan="1000000000"').encode()
    yield "deep.html", (page + "<div>" * 200_000 + "<table><tr><td>" * 20_000).encode()
    yield "large.txt", ("一、总体情况 收到申请1件，其中2件。" * 10 + "\n").encode() * 200_000
    yield (
        "digits.txt",
        ("2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况" + "1234567890" * 2_000_000).encode(),
    )
    yield "rows.html", page.replace("</table>", "<tr><td>1</td></tr>" * 100_000 + "</table>").encode()
    yield "bomb.docx", zip_bomb("word/document.xml")
    yield "bomb.xlsx", zip_bomb("xl/workbook.xml")
    yield "broken.pdf", b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n" * 1000
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
    yield "entity.docx", entity_bomb()


def zip_bomb(member: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(member, "w", force_zip64=True) as file:
            for _ in range(600):
                file.write(b"<a>" * 350_000)
    return target.getvalue()


def entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    text = f'<!DOCTYPE d [<!ENTITY e0 "公开">{entities}]><d>&e11;</d>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", text)
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main())
