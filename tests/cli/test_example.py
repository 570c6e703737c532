"""The bundled example goes the whole way: read, checked, written."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.annual_report.reading import read
from gongkai.cli.example import main


def test_the_example_prints_its_findings_and_writes_four_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "CF-REMEDY" in printed
    assert "TEXT-LIST" in printed
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["yunxi_2024.docx", "yunxi_2024.html", "yunxi_2024.pdf", "yunxi_2024.xlsx"]
    for path in tmp_path.iterdir():
        (report,) = read(path.read_bytes(), name=path.name)
        assert report.year == 2024
        assert report.value("applications.total.total") is not None
