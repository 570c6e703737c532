"""Twenty at once, in two processes of ten threads: one number, one event, no gap. SQLite as a file, and PostgreSQL."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from gongkai.applications.letters import LetterKind
from gongkai_web.accounts.models import User
from gongkai_web.applications.models import Letter
from gongkai_web.applications.services import letters

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = Path(__file__).parent / "letter_race.py"
PUBLICATION = {"item": "全部", "outcome": "not_processed.publication", "facts": {"where": "市图书馆"}}
PROCESSES = 2


@pytest.fixture
def race(officer: User, signer: User, tmp_path: Path) -> Callable[..., list[str]]:
    """`race("sign", [letters])`: all acted on at once; what each came to."""

    def run(act: str, letter_keys: list[int]) -> list[str]:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gongkai_web.config.settings.test",
            "GONGKAI_VAR": str(tmp_path),
            "GONGKAI_DATA_KEYS": ",".join(settings.GONGKAI_DATA_KEYS),
            "GONGKAI_DATABASE_URL": _address(tmp_path),
        }
        command = [sys.executable, str(PROGRAM), act, officer.username, signer.username]
        racers = [
            subprocess.Popen(
                [*command, *map(str, letter_keys[start::PROCESSES])],
                env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for start in range(PROCESSES)
        ]  # fmt: skip
        for racer in racers:
            assert racer.stdout is not None
            assert racer.stdout.readline() == "ready\n"
        told = [racer.communicate("go\n", timeout=300)[0] for racer in racers]
        return [json.loads(line) for text in told for line in text.splitlines()]

    return run


def _address(tmp_path: Path) -> str:
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        return f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?host={told['HOST']}&port={told['PORT']}"
    held: sqlite3.Connection = connection.connection
    copy = sqlite3.connect(tmp_path / "race.sqlite3")
    held.backup(copy)
    copy.execute("PRAGMA journal_mode=WAL")  # as every installation's file has it from its first start on
    copy.close()
    return f"sqlite:///{tmp_path / 'race.sqlite3'}"


def test_twenty_signatures_at_once_give_one_letter_one_number(
    write: Callable[..., Letter], officer: User, race: Callable[..., list[str]]
) -> None:
    letter = write(LetterKind.REPLY, [PUBLICATION])
    letters.submit(letter, by=officer)
    found = race("sign", [letter.pk] * 20)
    assert len(found) == 20
    assert {number.rsplit("〕", 1)[1] for number in found} == {"1号"}


def test_twenty_letters_signed_at_once_have_numbers_without_a_gap(
    write: Callable[..., Letter], officer: User, race: Callable[..., list[str]]
) -> None:
    drafted = [write(LetterKind.REPLY, [PUBLICATION]) for _ in range(20)]
    for letter in drafted:
        letters.submit(letter, by=officer)
    found = race("numbers", [letter.pk for letter in drafted])
    assert sorted(int(number.rsplit("〕", 1)[1][:-1]) for number in found) == list(range(1, 21))


def test_a_letter_served_twenty_times_at_once_is_one_event(
    write: Callable[..., Letter], sign: Callable[[Letter], Letter], race: Callable[..., list[str]], tmp_path: Path
) -> None:
    letter = sign(write(LetterKind.REPLY, [PUBLICATION]))
    assert race("serve", [letter.pk] * 20) == ["served"] * 20
    query = "SELECT kind FROM applications_ledgerrecord ORDER BY number"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(query)
            rows = cursor.fetchall()
    else:
        rows = sqlite3.connect(tmp_path / "race.sqlite3").execute(query).fetchall()
    assert [kind for (kind,) in rows] == ["received", "answered", "served"]
