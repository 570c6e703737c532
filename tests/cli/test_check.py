"""`gongkai check`: the contract of its three formats, its exit status, and what it says of files it cannot read."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Report
from gongkai.annual_report.serialisation import to_json
from gongkai.cli.main import main

CLEAN: dict[str, int] = {}
BROKEN = {"remedies.reconsideration.upheld": 10, "remedies.reconsideration.corrected": 1}


def written(folder: Path, name: str, figures: Mapping[str, int], **members: Any) -> str:
    """A report of zeros with `figures`, as the JSON that `gongkai read` writes; the path of the file."""
    form = formats.load("2021")
    cells = {path: Cell(figures.get(path, 0)) for path in form.cells}
    report = Report(members.pop("agency", "测试市卫生健康委员会"), members.pop("year", 2023), form, cells, **members)
    path = folder / name
    path.write_text(json.dumps(to_json(report), ensure_ascii=False), "utf-8")
    return str(path)


def test_json_is_the_report_with_its_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", written(tmp_path, "a.json", BROKEN)]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["agency"]) == ("gongkai/annual-report/1", "测试市卫生健康委员会")
    assert document["remedies"]["reconsideration"]["upheld"] == 10
    assert document["findings"] == [
        {
            "code": "CF-REMEDY",
            "severity": "error",
            "place": "remedies.reconsideration.*",
            "rule": "总计 = 结果维持 + 结果纠正 + 其他结果 + 尚未审结",
            "left": 11,
            "right": 0,
            "message": "表四 · 行政复议：四种结果相加为 11，总计填的是 0，相差 11。",
            "hint": "各项若无误，总计应为 11；否则改正填错的一项。",
            "citation": "国办公开办函〔2021〕30号 表四",
            "fingerprint": "1b6e376e3ced17c1",
        }
    ]


def test_a_clean_report_has_no_findings_and_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", written(tmp_path, "a.json", CLEAN)]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_several_files_are_one_document_a_line_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [
        written(tmp_path, "a.json", CLEAN, agency="甲市卫生健康委员会"),
        str(tmp_path / "missing.html"),
        written(tmp_path, "b.json", BROKEN, agency="乙市卫生健康委员会"),
    ]
    assert main(["check", *names]) == 2
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["agency"], first["findings"]) == ("甲市卫生健康委员会", [])
    assert (second["error"]["code"], second["source"]["name"]) == ("file-not-found", names[1])
    assert (third["agency"], len(third["findings"])) == ("乙市卫生健康委员会", 1)


def test_standard_input(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with Path(written(tmp_path, "a.json", BROKEN)).open("r", encoding="utf-8") as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert main(["check", "-"]) == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 1


def test_a_note_alone_is_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = written(tmp_path, "a.json", CLEAN, title="测试市卫生健康委员会2023年政府信息公开年度报告")
    assert main(["check", report]) == 1
    assert [finding["severity"] for finding in json.loads(capsys.readouterr().out)["findings"]] == ["note"]


def test_text_says_place_values_message_hint_and_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", written(tmp_path, "a.json", BROKEN), "--format", "text"]) == 1
    shown = "".join(capsys.readouterr().out.split())
    for said in (
        "测试市卫生健康委员会2023年度",
        "错误表四·行政复议",
        "11/0",
        "四种结果相加为11，总计填的是0，相差11。",
        "办法：各项若无误，总计应为11；否则改正填错的一项。",
        "依据：国办公开办函〔2021〕30号表四",
        "CF-REMEDY",
        "1b6e376e3ced17c1",
        "错误1条。",
    ):
        assert said in shown


def test_text_of_a_clean_report_and_of_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, missing = written(tmp_path, "a.json", CLEAN), str(tmp_path / "b.html")
    assert main(["check", clean, missing, "--format", "text"]) == 2
    shown = capsys.readouterr().out
    assert "未发现问题。" in shown
    assert "无法读取" in shown


def test_csv_has_one_line_for_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, broken = written(tmp_path, "a.json", CLEAN), written(tmp_path, "b.json", BROKEN)
    assert main(["check", clean, broken, str(tmp_path / "c.html"), "--format", "csv"]) == 2
    captured = capsys.readouterr()
    assert captured.out.startswith("source,agency,year,code,severity,place,place_label,left,right,message,")
    (row,) = csv.DictReader(StringIO(captured.out))
    assert (row["code"], row["place_label"], row["left"], row["right"]) == ("CF-REMEDY", "表四 · 行政复议", "11", "0")
    assert "无法读取" in captured.err


def test_csv_fields_do_not_run_as_formulas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = written(tmp_path, "a.json", CLEAN, title="=HYPERLINK(1)2023年政府信息公开工作年度报告")
    main(["check", report, "--format", "csv"])
    (row,) = csv.DictReader(StringIO(capsys.readouterr().out))
    assert row["left"] == "'=HYPERLINK(1)2023年政府信息公开工作年度报告"


def test_previous_adds_the_checks_across_years(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = written(tmp_path, "last.json", {"remedies.litigation_direct.pending": 1}, year=2022)
    assert main(["check", written(tmp_path, "a.json", CLEAN), "--previous", last]) == 1
    assert [f["code"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["YEAR-PENDING"]


def test_previous_is_picked_by_agency_and_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pending = {"remedies.litigation_direct.pending": 1}
    documents = [
        Path(written(tmp_path, "o.json", pending, year=2022, agency="别处市卫生健康委员会")).read_text("utf-8"),
        Path(written(tmp_path, "l.json", CLEAN, year=2022)).read_text("utf-8"),
        Path(written(tmp_path, "e.json", pending, year=2021)).read_text("utf-8"),
    ]
    last = tmp_path / "all.json"
    last.write_text("\n".join(documents), "utf-8")
    assert main(["check", written(tmp_path, "a.json", CLEAN), "--previous", str(last)]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []


def test_an_unreadable_previous_report_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "last.html")
    assert main(["check", written(tmp_path, "a.json", CLEAN), "--previous", missing]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "找不到文件" in captured.err


def test_day_of_the_check_reminds_of_the_last_workday(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = written(tmp_path, "a.json", CLEAN, year=2024)
    assert main(["check", draft, "--on", "2025-01-10"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["message"] == "2025年1月31日不是工作日，此前最后一个工作日是2025年1月27日。"
    assert main(["check", draft, "--on", "2025-02-30"]) == 2


def test_output_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.csv"
    assert main(["check", written(tmp_path, "a.json", BROKEN), "--format", "csv", "-o", str(target)]) == 1
    assert capsys.readouterr().out == ""
    assert target.read_bytes().startswith(b"source,agency")
    assert len(target.read_text("utf-8").splitlines()) == 2
