"""What one process withdraws is gone from every other one at once: from its pages, its search and its API."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from django.db import connection

from gongkai_web.information.models import InformationItem

WORKER = """
import sys
import django
django.setup()
from django.test import Client
from gongkai_web.information.models import InformationItem
from gongkai_web.information.services.publication import withdraw

for line in sys.stdin:
    act, number, address = line.split()
    if act == "get":
        response = Client().get(address)
        print(response.status_code, f"/items/{number}/" in response.content.decode().split("<main")[-1], flush=True)
    else:
        withdraw(InformationItem.objects.get(pk=number), by=None, reason="数据有误。")
        print("withdrawn", flush=True)
"""


class Worker:
    """A process of the web server, asked by lines."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def ask(self, line: str) -> str:
        """The answer to one line."""
        question, answer = self._pipes()
        question.write(f"{line}\n")
        question.flush()
        return answer.readline().strip()

    def end(self) -> None:
        """Close it and wait."""
        self._pipes()[0].close()
        self._process.wait(30)

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


@pytest.fixture
def workers(live: InformationItem, tmp_path: Path) -> Iterator[tuple[Worker, Worker]]:
    """Two processes on one database and one search index."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "gongkai_web.config.settings.test",
        "GONGKAI_VAR": str(tmp_path),
        "GONGKAI_DATABASE_URL": _database(tmp_path / "copy.sqlite3"),
    }
    pair = (Worker(environment), Worker(environment))
    yield pair
    for worker in pair:
        worker.end()


@pytest.fixture
def live(make_item: Callable[..., InformationItem], sign_all: Callable[..., object]) -> InformationItem:
    """A public item with a word of its own in its title."""
    item = make_item(title="预防接种告知书")
    sign_all(item)
    return item


def _database(copy: Path) -> str:
    """The test's database as another process reaches it; SQLite's lies in memory and is copied into a file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{copy}'")
        return f"sqlite:///{copy}"
    known = connection.settings_dict
    host, port = known["HOST"], known["PORT"]
    where = f"?host={host}&port={port}" if str(host).startswith("/") else ""
    place = "" if where else f"{host}:{port}"
    password = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    return f"postgresql://{known['USER']}{password}@{place}/{known['NAME']}{where}"


@pytest.mark.django_db(transaction=True)
def test_what_one_process_withdraws_is_gone_from_the_other_with_its_next_answer(
    workers: tuple[Worker, Worker], live: InformationItem
) -> None:
    here, there = workers
    addresses = {f"/items/{live.pk}/": 410, f"/api/v1/items/{live.pk}": 410, "/search/?q=预防": 200, "/": 200}
    for address in addresses:
        assert here.ask(f"get {live.pk} {address}") == "200 True", address
        assert here.ask(f"get {live.pk} {address}") == "200 True", address  # from the cache of that process
    assert there.ask(f"withdraw {live.pk} -") == "withdrawn"
    for address, status in addresses.items():
        assert here.ask(f"get {live.pk} {address}") == f"{status} False", address
