"""What the command says of a command line that is wrong: what, where, and what to do next, in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.cli import plugged
from gongkai.cli.main import main


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    assert status == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (["read"], "gongkai read：缺少参数：FILE。"),
        (["check", "--format", "xml", "a"], "gongkai check：--format 没有“xml”这个值，可用的有：json、text、csv。"),
        (["check", "--previous"], "gongkai check：--previous 后面没有给出值。"),
        (["check", "--bogus", "a"], "gongkai check：不认识的参数：--bogus。"),
        (["due", "--json=1"], "gongkai due：--json 不带值，多了“1”。"),
    ],
)
def test_misuse_is_told_in_chinese(arguments: list[str], first: str, capsys: pytest.CaptureFixture[str]) -> None:
    verb = arguments[0]
    assert told(arguments, capsys) == [first, f"用法见 gongkai {verb} --help。"]


def test_an_unknown_verb_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = told(["chek"], capsys)
    assert first.startswith("gongkai：没有“chek”这个命令，可用的有：read、check、render、")
    assert second == "用法见 gongkai --help。"


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["due", "--help"]])
def test_the_help_is_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    text = capsys.readouterr().out
    assert text.startswith("用法：gongkai")
    assert "usage" not in text
    assert "show this" not in text


def test_verbs_of_other_packages_are_found_in_their_metadata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    metadata = tmp_path / "county-1.0.dist-info"
    metadata.mkdir()
    text = "[console_scripts]\nx = y:z\n\n[gongkai.commands]\ncounty = county_tools.verb\n\n[other]\na = b\n"
    (metadata / "entry_points.txt").write_text(text)
    (tmp_path / "county_tools").mkdir()
    (tmp_path / "county_tools" / "verb.py").write_text('SUMMARY = "县里的命令"\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    assert plugged.verbs()["county"] == "county_tools.verb"
    assert plugged.summary("county_tools.verb") == "县里的命令"
