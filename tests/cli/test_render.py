"""`gongkai render`: formats, standard streams, several reports, and what hinders writing."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Report
from gongkai.annual_report.reading import read
from gongkai.annual_report.writing import WRITERS, write
from gongkai.cli.main import main


def report(year: int = 2024, overview: str = "全年公开信息12条。") -> Report:
    form = formats.load("2021")
    cells = {path: Cell(7) for path in form.cells}
    return Report("云溪市司法局", year, form, cells, {"overview": overview})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_bytes(write(report(), to="json"))
    return path


@pytest.mark.parametrize("to", WRITERS)
def test_every_format_is_written_and_can_be_read_back(to: str, source: Path, tmp_path: Path) -> None:
    out = tmp_path / f"out.{to}"
    assert main(["render", str(source), "--to", to, "-o", str(out)]) == 0
    again = read(out.read_bytes(), name=out.name)
    assert [(one.agency, one.year, one.value("applications.received.total")) for one in again] == [
        ("云溪市司法局", 2024, 7)
    ]


def test_a_published_page_can_be_rendered(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(write(report(), to="html"))
    out = tmp_path / "out.md"
    assert main(["render", str(page), "--to", "md", "-o", str(out)]) == 0
    assert out.read_text("utf-8").startswith("# 云溪市司法局2024年政府信息公开工作年度报告\n")


def test_the_format_may_follow_from_the_name(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.htm"
    assert main(["render", str(source), "-o", str(out)]) == 0
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_standard_streams(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(write(report(), to="json"))))
    assert main(["render", "-", "--to", "json", "-o", "-"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["agency"] == "云溪市司法局"


def test_of_several_reports_one_has_to_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = tmp_path / "both.md"
    both.write_bytes(write(report(2023), to="md") + b"\n" + write(report(2024), to="md"))
    out = tmp_path / "out.json"
    assert main(["render", str(both), "--to", "json", "-o", str(out)]) == 2
    assert "中有2份报告：1. 云溪市司法局2023年；2. 云溪市司法局2024年" in capsys.readouterr().err
    assert not out.exists()
    assert main(["render", str(both), "--to", "json", "-o", str(out), "--nth", "2"]) == 0
    assert json.loads(out.read_bytes())["year"] == 2024


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--to", "docx", "-o", "missing/out.docx"], "无法写入"),
        (["-o", "out.wps"], "看不出要写成哪种格式"),
        (["--to", "json", "-o", "report.json"], "写入会覆盖原件"),
        (["--to", "json", "-o", "out.json", "--nth", "3"], "只有1份报告，没有第3份"),
        (["--to", "json", "-o", "out.json", "--nth", "0"], "只有1份报告，没有第0份"),
        (["--to", "docx", "-o", "out.docx", "--fonts", "."], "--fonts 只用于 PDF"),
        (["--to", "pdf", "-o", "out.pdf", "--fonts", "missing"], "找不到字体文件夹"),
    ],
)
def test_misuse_is_told_in_chinese_and_writes_nothing(
    options: list[str], message: str, source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(source.parent)
    before = source.read_bytes()
    assert main(["render", source.name, *options]) == 2
    assert message in capsys.readouterr().err
    assert [(one.name, one.read_bytes()) for one in source.parent.iterdir()] == [(source.name, before)]


def test_a_file_that_is_no_report_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "news.html"
    path.write_text("<p>今日天气晴。</p>", "utf-8")
    assert main(["render", str(path), "--to", "pdf", "-o", str(tmp_path / "out.pdf")]) == 2
    assert capsys.readouterr().err.startswith("gongkai render：")


def test_a_character_without_glyph_stops_the_pdf_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(write(report(overview="公开😀条"), to="json"))
    assert main(["render", str(path), "--to", "pdf", "-o", str(tmp_path / "out.pdf")]) == 2
    assert "PDF 字体中没有这样的字形：😀" in capsys.readouterr().err
    assert main(["render", str(path), "--to", "docx", "-o", str(tmp_path / "out.docx")]) == 0


def test_an_interrupted_write_leaves_the_old_file(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.html"
    out.write_text("旧")

    def full(*_: Any) -> Any:
        raise OSError(28, "磁盘已满")

    monkeypatch.setattr(Path, "replace", full)
    assert main(["render", str(source), "-o", str(out)]) == 2
    assert out.read_text() == "旧"
