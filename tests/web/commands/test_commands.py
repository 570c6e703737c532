"""`gongkai serve` and `gongkai demo` as a person starts them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.cli.main import build_parser

_CLI = [sys.executable, "-m", "gongkai"]
_HIDE_DJANGO = "import sys; sys.modules['django'] = None; from gongkai.cli.main import main; sys.exit(main(['serve']))"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_CLI, *arguments], capture_output=True, text=True, check=False, timeout=120)


def test_the_verbs_of_the_web_are_listed_beside_the_librarys_own() -> None:
    text = build_parser().format_help()
    assert "启动信息公开门户和管理后台" in text
    assert "填入演示数据" in text
    assert "读取已发布的政府信息公开工作年度报告" in text


def test_the_list_of_verbs_is_printed_without_loading_django() -> None:
    code = "import sys; from gongkai.cli.main import build_parser; build_parser(); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_taken_port_is_told_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = _run("serve", "--bind", f"127.0.0.1:{taken.getsockname()[1]}")
    assert done.returncode == 2
    assert "请用 --bind 换一个端口或地址" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_installation_without_the_web_packages_says_what_to_install() -> None:
    done = subprocess.run([sys.executable, "-c", _HIDE_DJANGO], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert 'pip install "gongkai[web]"' in done.stderr


@pytest.fixture
def free_port() -> int:
    """A port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def served(tmp_path: Path, free_port: int) -> Iterator[subprocess.Popen[str]]:
    """`gongkai serve` on an empty directory, from its start to its end."""
    away = {"DJANGO_SETTINGS_MODULE", "GONGKAI_DATABASE_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in away}
    process = subprocess.Popen(
        [*_CLI, "serve", "--bind", f"127.0.0.1:{free_port}", "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**environment, "GONGKAI_VAR": str(tmp_path)},
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()


def test_serve_makes_the_database_answers_and_ends_with_all_its_processes(
    served: subprocess.Popen[str], free_port: int, tmp_path: Path
) -> None:
    assert served.stdout is not None
    assert served.stdout.readline() == f"门户    http://127.0.0.1:{free_port}/\n"
    assert served.stdout.readline() == f"后台    http://127.0.0.1:{free_port}/admin/\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/", timeout=60) as page:
        assert "政府信息公开" in page.read().decode()
    assert (tmp_path / "gongkai.sqlite3").stat().st_size > 0
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=60) == 0
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", free_port), timeout=5)
