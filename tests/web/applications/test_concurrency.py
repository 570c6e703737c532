"""Many at once, in several processes of several threads each, and processes killed at any moment.

The same on SQLite (a file, as an installation has it) and on PostgreSQL (the database of the tests).
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.applications.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = Path(__file__).parent / "race_program.py"
PROCESSES = 2


@pytest.fixture
def environment(
    agency: Agency, make_user: Callable[..., User], make_case: Callable[..., Case], tmp_path: Path
) -> dict[str, str]:
    """An installation for other processes, with an officer and a case: on SQLite a file with what the test has."""
    make_user(Role.OFFICER, agency, username="race-officer")
    make_case(on=date(2025, 3, 3))
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gongkai_web.config.settings.test",
        "GONGKAI_VAR": str(tmp_path),
        "GONGKAI_DATA_KEYS": ",".join(settings.GONGKAI_DATA_KEYS),
        "GONGKAI_DATABASE_URL": _address(tmp_path),
    }


@pytest.fixture
def race(environment: dict[str, str]) -> Callable[..., list[list[str]]]:
    """`race("submit", 50)`: so many acts at once, spread over processes; what each of them came to."""

    def run(word: str, many: int) -> list[list[str]]:
        case = Case.objects.get().number
        shares = [[str(n) for n in range(many)][start::PROCESSES] for start in range(PROCESSES)]
        racers = [_start(environment, word, case, *share) for share in shares]
        assert [_line(racer) for racer in racers] == ["ready"] * PROCESSES
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.write("go\n")
            racer.stdin.flush()
        told = [racer.communicate(timeout=120)[0] for racer in racers]
        assert [racer.returncode for racer in racers] == [0] * PROCESSES
        return [json.loads(line) for text in told for line in text.splitlines()]

    return run


def _address(tmp_path: Path) -> str:
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        return f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?host={told['HOST']}&port={told['PORT']}"
    held: sqlite3.Connection = connection.connection
    file = tmp_path / "race.sqlite3"
    copy = sqlite3.connect(file)
    held.backup(copy)
    copy.execute("PRAGMA journal_mode=WAL")  # as every installation's file has it from its first start on
    copy.close()
    return f"sqlite:///{file}"


def _start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), *arguments]
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _line(racer: subprocess.Popen[str]) -> str:
    assert racer.stdout is not None
    return racer.stdout.readline().strip()


def test_fifty_submissions_at_once_get_fifty_numbers_without_a_gap(race: Callable[..., list[list[str]]]) -> None:
    numbers = sorted(number for number, _ in race("submit", 50))
    assert len(set(numbers)) == 50
    assert [int(number[-5:]) for number in numbers] == list(range(1, 51))


def test_one_form_sent_fifty_times_at_once_is_one_case_with_one_secret(race: Callable[..., list[list[str]]]) -> None:
    assert len({(number, secret) for number, secret in race("same-key", 50)}) == 1


def test_twenty_officers_lose_no_event(race: Callable[..., list[list[str]]]) -> None:
    assert sorted(int(number) for (number,) in race("ask", 20)) == list(range(1, 21))


def test_of_twenty_officers_on_the_same_page_one_acts(race: Callable[..., list[list[str]]]) -> None:
    told = [found for (found,) in race("stale", 20)]
    assert sorted(told) == ["1", *["CASE-CHANGED"] * 19]


def test_twenty_times_the_same_act_is_one_record(race: Callable[..., list[list[str]]]) -> None:
    assert race("same-event", 20) == [["1"]] * 20


def test_a_process_killed_at_any_moment_leaves_nothing_half_done(environment: dict[str, str]) -> None:
    seconds = os.environ.get("GONGKAI_KILL_SECONDS", "12")
    done = _start(environment, "kill", seconds, "7")
    told, _ = done.communicate(timeout=float(seconds) + 120)
    assert done.returncode == 0
    found: dict[str, Any] = json.loads(told)
    assert found["problems"] == []
    assert found["kills"] >= 5
    assert found["acts"] >= found["kills"]
