"""`gongkai verify`: exit status and what is printed."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from gongkai.annual_report.receipt import FileEntry, Receipt
from gongkai.cli.main import main

FILES = {"yunxi-2024-v1.docx": b"word", "yunxi-2024-v1.pdf": b"print"}


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    """A receipt with its two files beside it."""
    entries = tuple(
        FileEntry(name, name.rpartition(".")[2], len(data), sha256(data).hexdigest()) for name, data in FILES.items()
    )
    made = Receipt("云溪市卫生健康委员会", 2024, 1, "2025-01-20T09:30:00+08:00", "0" * 64, entries).sealed()
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(made.to_json(), ensure_ascii=False), "utf-8")
    return path


def test_untouched_files_pass(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(receipt)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("一致　") == 3
    assert printed.endswith("校验通过。\n")


def test_a_changed_file_fails(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (receipt.parent / "yunxi-2024-v1.pdf").write_bytes(b"Print")
    assert main(["verify", str(receipt)]) == 1
    assert "已改动　yunxi-2024-v1.pdf" in capsys.readouterr().out


def test_an_absent_file_fails_unless_only_others_are_named(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (receipt.parent / "yunxi-2024-v1.pdf").unlink()
    assert main(["verify", str(receipt)]) == 1
    assert "缺少　yunxi-2024-v1.pdf" in capsys.readouterr().out
    assert main(["verify", str(receipt), str(receipt.parent / "yunxi-2024-v1.docx")]) == 0


def test_json_says_the_same(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(receipt), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["holds"] is True
    assert [one["standing"] for one in document["verdicts"]] == ["same", "same", "same"]


def test_what_is_no_receipt_is_misuse(receipt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(receipt.parent / "yunxi-2024-v1.docx")]) == 2
    assert "这不是可用的校验凭证" in capsys.readouterr().err
    assert main(["verify", str(receipt.parent / "nothing.json")]) == 2


def test_a_name_in_a_receipt_leads_out_of_no_folder(
    receipt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"secret")
    folder = tmp_path / "inner"
    folder.mkdir()
    entry = FileEntry("../secret.txt", "txt", 6, sha256(b"secret").hexdigest())
    made = Receipt("甲", 2024, 1, "2025-01-20T09:30:00+08:00", "0" * 64, (entry,)).sealed()
    path = folder / "receipt.json"
    path.write_text(json.dumps(made.to_json()), "utf-8")
    assert main(["verify", str(path)]) == 1
    assert "缺少" in capsys.readouterr().out
