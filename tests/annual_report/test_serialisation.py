"""A report as JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, CellState, Doubt, Heading, Place, Report, Source, blank_report
from gongkai.annual_report.serialisation import from_json, is_json, loads, to_json
from gongkai.errors import UnreadableReportError

FORM = formats.load("2021")


def filled(**cells: Cell) -> Report:
    """A report of zeros, with the cells given by their path (dots as double underscores)."""
    zeros = {
        path: Cell(Decimal("113.372") if column.kind == "money" else 0, raw="0") for path, column in FORM.cells.items()
    }
    return Report(
        agency="测试市司法局",
        year=2024,
        format=FORM,
        cells=zeros | {path.replace("__", "."): cell for path, cell in cells.items()},
        sections={"overview": "工作有序。", "problems": "解读不足。", "other_matters": "无。"},
        title="测试市司法局2024年政府信息公开工作年度报告",
        headings=(Heading("overview", "一、总体情况", Place(line=3)),),
        labels={"applications.refused.prohibited_by_law": "2.其他法律法规禁止公开"},
        signed_by="测试市司法局",
        signed_on=date(2025, 1, 20),
        published_on=date(2025, 1, 21),
        doubts=(Doubt("ambiguous", "不唯一", Place(line=9), ("proactive.rules.issued",), ("8", "89")),),
        source=Source("report.txt", "text/plain", "00"),
        traits=frozenset({"pinyin"}),
    )


def bad(document: Any) -> str:
    with pytest.raises(UnreadableReportError) as caught:
        from_json(document)
    assert caught.value.code == "bad-json"
    return caught.value.message


def test_members_stand_in_the_order_of_the_contract() -> None:
    assert list(to_json(filled()))[:11] == [
        "schema",
        "agency",
        "year",
        "format",
        "sections",
        "proactive",
        "applications",
        "remedies",
        "cells",
        "doubts",
        "source",
    ]


def test_counts_are_integers_and_money_is_a_string() -> None:
    document = to_json(filled(proactive__permits__decisions=Cell(7)))
    assert document["proactive"]["permits"] == {"decisions": 7}
    assert document["proactive"]["fees"] == {"amount_wan": "113.372"}


def test_money_that_was_printed_as_an_integer_is_a_string_too() -> None:
    document = to_json(filled(proactive__fees__amount_wan=Cell(0)))
    assert document["proactive"]["fees"] == {"amount_wan": "0"}


def test_rows_of_table_three_have_their_full_key() -> None:
    row = to_json(filled())["applications"]["refused.state_secret"]
    assert list(row) == [column.key for column in FORM.columns]


def test_only_cells_that_are_not_plain_are_described() -> None:
    absent = Cell(None, CellState.ABSENT_COLUMN, place=Place(line=59))
    solved = Cell(64, CellState.SOLVED, raw="640020470", identities=("row-sum:received",))
    document = to_json(filled(applications__received__other=absent, applications__received__natural_person=solved))
    assert document["cells"] == {
        "applications.received.natural_person": {
            "state": "solved",
            "raw": "640020470",
            "identities": ["row-sum:received"],
        },
        "applications.received.other": {"state": "absent_column", "place": {"line": 59}},
    }
    assert document["applications"]["received"]["other"] is None
    assert document["applications"]["received"]["natural_person"] == 64


def test_what_is_written_is_read_back() -> None:
    report = filled(
        applications__received__other=Cell(None, CellState.DASH, raw="/"),
        proactive__permits__decisions=Cell(12, CellState.OCR, raw="12", place=Place(page=2, box=(1.0, 2.0, 3.0, 4.0))),
    )
    again = from_json(json.loads(json.dumps(to_json(report))))
    assert to_json(again) == to_json(report)
    plain = {
        path: replace(cell, raw="", place=None) if cell.state is CellState.STATED else cell
        for path, cell in report.cells.items()
    }
    assert again == replace(report, cells=plain)


def test_the_variant_with_one_row_for_other_outcomes_is_read_back() -> None:
    report = blank_report(formats.load("2021", unsplit=True), agency="测试市", year=2023)
    again = from_json(to_json(report))
    assert again.format.unsplit
    assert again == report


@given(st.dictionaries(st.sampled_from(sorted(FORM.cells)), st.none() | st.integers(0, 10**9), max_size=30))
def test_any_numbers_survive_the_way_there_and_back(values: dict[str, int | None]) -> None:
    report = blank_report(FORM)
    cells = dict(report.cells) | {
        path: Cell(value, CellState.BLANK if value is None else CellState.STATED) for path, value in values.items()
    }
    again = from_json(json.loads(json.dumps(to_json(replace(report, cells=cells)))))
    assert {path: again.value(path) for path in values} == values


def test_findings_beside_the_report_are_left_aside() -> None:
    assert from_json({**to_json(filled()), "findings": [{"code": "CF-ROW"}]}).agency == "测试市司法局"


def test_each_wrong_member_is_named() -> None:
    document = to_json(filled())
    assert "schema" in bad({**document, "schema": "other"})
    assert "format" in bad({**document, "format": "2018"})
    assert "year" in bad({**document, "year": "2024"})
    assert "signed_on" in bad({**document, "signed_on": "20 January"})
    assert "proactive.rules.isued" in bad({**document, "proactive": {"rules": {"isued": 3}}})
    assert "proactive.rules.issued" in bad({**document, "proactive": {"rules": {"issued": "three"}}})
    assert "cells.proactive.rules.issued.state" in bad(
        {**document, "cells": {"proactive.rules.issued": {"state": "fine"}}}
    )
    for huge in ("1E+999999999", "1E-999999999"):
        assert "proactive.rules.issued" in bad({**document, "proactive": {"rules": {"issued": huge}}})
    assert "对象" in bad([])
    assert "读取失败" in bad({"error": {"code": "no-report"}})


def test_a_file_may_hold_one_document_a_list_or_one_to_a_line() -> None:
    document = json.dumps(to_json(filled()))
    for text in (f"{document}\n{document}\n", f"[{document}, {document}]"):
        assert is_json(text.encode())
        assert [report.year for report in loads(text.encode())] == [2024, 2024]
    assert [report.year for report in loads(b"\xef\xbb\xbf" + document.encode())] == [2024]


@pytest.mark.parametrize("data", [b"{", b"{}", b"[{}]", b"{\xff}", b"[" * 100_000, b'{"schema": 1}'])
def test_broken_json_is_a_clear_error(data: bytes) -> None:
    with pytest.raises(UnreadableReportError) as caught:
        loads(data)
    assert caught.value.code == "bad-json"


def test_a_web_page_or_markdown_is_no_json() -> None:
    assert not is_json(b"<!doctype html>")
    assert not is_json("[公报](https://example.gov.cn)".encode())
