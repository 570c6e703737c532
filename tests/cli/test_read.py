"""`gongkai read`: documents, exit status, several files, standard input, errors, output files."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli.main import main

ROWS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（七）总计",
    "四、结转下年度继续办理",
)


def report(year: int = 2024, *, permits: str = "7") -> str:
    """A small report: 表二 whole, some rows of 表三, all numbers zero but the permits."""
    zeros = "\t0" * 7
    return "\n".join(
        [
            f"测试市司法局{year}年政府信息公开工作年度报告",
            "一、总体情况",
            f"{year}年，本机关有序推进公开工作。",
            "二、主动公开政府信息情况",
            "第二十条第（一）项\t\t\t",
            "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
            "规章\t0\t0\t0",
            "行政规范性文件\t0\t0\t0",
            "第二十条第（五）项\t\t\t",
            "信息内容\t本年处理决定数量\t\t",
            f"行政许可\t{permits}\t\t",
            "三、收到和处理政府信息公开申请情况",
            *(f"{label}{zeros}" for label in ROWS),
            "五、存在的主要问题及改进情况",
            "解读形式不够多样。",
            "六、其他需要报告的事项",
            "无。",
            "",
        ]
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(report(), "utf-8")
    return path


def run(*arguments: str | Path) -> int:
    return main(["read", *map(str, arguments)])


def documents(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was printed, one document to a line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_report_is_printed_as_one_indented_document(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(file, "--format", "json")
    out = capsys.readouterr().out
    document = json.loads(out)
    assert out.startswith('{\n  "schema": "gongkai/annual-report/1",\n  "agency": "测试市司法局",\n  "year": 2024,')
    assert document["proactive"]["permits"] == {"decisions": 7}
    assert document["source"]["name"] == str(file)
    assert len(document["source"]["sha256"]) == 64


def test_several_files_are_printed_one_document_to_a_line_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for year in (2024, 2022, 2023):
        (tmp_path / f"{year}.txt").write_text(report(year), "utf-8")
    run(*(tmp_path / f"{year}.txt" for year in (2024, 2022, 2023)), "--format", "json")
    assert [document["year"] for document in documents(capsys)] == [2024, 2022, 2023]


def test_a_file_with_two_reports_yields_two_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "two.txt"
    path.write_text(report(2024, permits="7") + report(2023, permits="5"), "utf-8")
    run(path, "--format", "json")
    found = [(document["year"], document["proactive"]["permits"]["decisions"]) for document in documents(capsys)]
    assert found == [(2024, 7), (2023, 5)]


def test_a_file_that_is_no_report_gives_an_error_document_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("关于召开会议的通知\n各单位：请按时参加。", "utf-8")
    assert run(path, "--format", "json") == 2
    document = json.loads(capsys.readouterr().out)
    assert document["error"]["code"] == "no-report"
    assert set(document["error"]) == {"code", "message", "hint"}
    assert document["source"]["name"] == str(path)
    assert "proactive" not in document


def test_an_unreadable_file_among_others_does_not_stop_them(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "missing.txt", file, tmp_path, "--format", "json") == 2
    first, second, third = documents(capsys)
    assert first["error"]["code"] == "file-not-found"
    assert second["year"] == 2024
    assert third["error"]["code"] == "is-a-directory"


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report().encode())))
    run("-", "--format", "json")
    assert json.loads(capsys.readouterr().out)["agency"] == "测试市司法局"


def test_the_json_it_prints_is_read_again_as_the_same_report(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(file, "--format", "json")
    printed = capsys.readouterr().out
    again = tmp_path / "report.json"
    again.write_text(printed, "utf-8")
    run(again, "--format", "json")
    assert json.loads(capsys.readouterr().out) == json.loads(printed)


def test_the_status_says_whether_there_are_doubts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "doubtful.txt"
    path.write_text(report().replace("测试市司法局", "", 1), "utf-8")
    assert run(path, "--format", "json") == 1
    assert "agency-missing" in {doubt["code"] for doubt in json.loads(capsys.readouterr().out)["doubts"]}


def test_text_shows_the_tables_and_the_doubts_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "doubtful.txt"
    path.write_text(report().replace("测试市司法局", "", 1), "utf-8")
    assert run(path, "--format", "text") == 1
    out = capsys.readouterr().out
    for words in (
        "2024年政府信息公开工作年度报告",
        "行政许可",
        "本年处理决定数量",
        "自然人",
        "读取存疑",
        "未找到报告机关的名称",
    ):
        assert words in out


def test_text_says_why_a_file_is_not_readable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "missing.txt", "--format", "text") == 2
    out = capsys.readouterr().out
    assert "找不到文件" in out
    assert "请检查路径" in out


def test_output_goes_into_a_file_and_leaves_nothing_else(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    run(file, "-o", out)
    assert json.loads(out.read_text("utf-8"))["year"] == 2024
    assert {path.name for path in tmp_path.iterdir()} == {"report.txt", "out.json"}


def test_a_place_that_cannot_be_written_is_a_clear_error(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "-o", tmp_path / "no such folder" / "out.json") == 2
    assert "无法写入" in capsys.readouterr().err
