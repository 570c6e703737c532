"""The receipt of a frozen report, and what it tells of files."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from gongkai.annual_report.model import Cell, blank_report
from gongkai.annual_report.receipt import (
    FileEntry,
    Receipt,
    ReceiptError,
    RecordsEntry,
    Standing,
    holds,
    list_digest,
    load,
    report_digest,
    verify,
)

DATA = b"the report"
RECEIPT = Receipt(
    agency="云溪市卫生健康委员会",
    year=2024,
    version=1,
    frozen_at="2025-01-20T09:30:00+08:00",
    report_sha256="0" * 64,
    files=(FileEntry("yunxi-2024-v1.docx", "docx", len(DATA), sha256(DATA).hexdigest()),),
    records=(RecordsEntry("items", "主动公开的信息", 3, "1" * 64),),
).sealed()


def standings(files: dict[str, bytes | None], receipt: Receipt = RECEIPT) -> list[Standing]:
    return [verdict.standing for verdict in verify(receipt, files)]


def test_the_files_that_were_frozen_hold() -> None:
    verdicts = verify(RECEIPT, {"yunxi-2024-v1.docx": DATA})
    assert [verdict.standing for verdict in verdicts] == [Standing.SAME, Standing.SAME]
    assert holds(verdicts)


def test_one_changed_byte_is_found() -> None:
    verdicts = verify(RECEIPT, {"folder/yunxi-2024-v1.docx": b"the repost"})
    assert verdicts[1].standing is Standing.CHANGED
    assert not holds(verdicts)


def test_a_changed_length_is_named() -> None:
    assert "由 10 字节变为 11 字节" in verify(RECEIPT, {"yunxi-2024-v1.docx": DATA + b"!"})[1].message


def test_a_renamed_file_is_known_by_its_digest() -> None:
    assert standings({"报告.docx": DATA}) == [Standing.SAME, Standing.SAME]


def test_missing_and_foreign_files_are_told_apart() -> None:
    assert standings({"yunxi-2024-v1.docx": None, "other.pdf": b"x"})[1:] == [Standing.MISSING, Standing.UNKNOWN]


@pytest.mark.parametrize("member", ["year", "version", "note", "frozen_at", "agency"])
def test_a_receipt_that_was_touched_does_not_hold(member: str) -> None:
    touched = replace(RECEIPT, **{member: 2030 if member in ("year", "version") else "改"})  # type: ignore[arg-type]
    assert standings({}, touched) == [Standing.CHANGED]


def test_it_survives_being_written_and_loaded() -> None:
    assert load(json.dumps(RECEIPT.to_json(), ensure_ascii=False, indent=1).encode()) == RECEIPT


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"schema": "gongkai/receipt/2"}',
        b'{"schema": "gongkai/receipt/1"}',
        json.dumps({**RECEIPT.to_json(), "files": [1]}).encode(),
        json.dumps({**RECEIPT.to_json(), "year": "2024"}).encode(),
        b"[" * 100_000,
    ],
)
def test_anything_else_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ReceiptError, match="校验凭证"):
        load(data)


def test_the_digest_of_a_report_follows_its_figures() -> None:
    report = blank_report(agency="甲", year=2024)
    cells = {**report.cells, "applications.received.total": Cell(1)}
    assert report_digest(report) == report_digest(blank_report(agency="甲", year=2024))
    assert report_digest(report) != report_digest(replace(report, cells=cells))


def test_the_digest_of_a_list_depends_on_where_lines_end() -> None:
    assert list_digest(["ab", "c"])[0] == 2
    assert list_digest(["ab", "c"]) != list_digest(["a", "bc"])
