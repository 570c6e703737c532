"""Run by the concurrency tests in processes of its own: many at once, and a worker that is killed at any moment.

`race_program.py submit|same-key|ask|stale|same-event|kill …` prints JSON lines; the installation is that of the
environment.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count

import django

django.setup()

from django.core.management import call_command  # noqa: E402  # after the set-up
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from gongkai.applications import ApplicantType, Entry  # noqa: E402
from gongkai.applications.details import Asked, CorrectionAsked  # noqa: E402
from gongkai.errors import GongkaiError  # noqa: E402
from gongkai.law.events import EventKind  # noqa: E402
from gongkai_web.accounts.models import Agency, User  # noqa: E402
from gongkai_web.applications.files import NewFile, open_file  # noqa: E402
from gongkai_web.applications.models import Case, CaseFile, FileKind, LedgerRecord, NumberSeries  # noqa: E402
from gongkai_web.applications.services import cases, events, intake  # noqa: E402
from gongkai_web.audit.models import AuditEvent  # noqa: E402

DAY = date(2025, 3, 5)


def submit(agency: Agency, key: str) -> intake.Submitted:
    proof = NewFile("证件.pdf", b"%PDF-1.4 proof", "application/pdf", FileKind.PROOF)
    return intake.submit(
        agency,
        applicant=intake.ApplicantData(ApplicantType.NATURAL_PERSON, name="王某某"),
        subject="某路段改造工程的招标文件",
        description="",
        key=key,
        files=[proof],
    )


def one_submission(number: int, case: str, word: str) -> list[str]:
    agency = Agency.objects.get(slug="health")
    submitted = submit(agency, f"race-submission-{number:04}" if word == "submit" else "race-submission-0000")
    return [submitted.case.number, submitted.secret]


def one_act(number: int, case: str, word: str) -> list[str]:
    officer, target = User.objects.get(username="race-officer"), Case.objects.get(number=case)
    entry, more = Entry(EventKind.THIRD_PARTY_ASKED, DAY, Asked(f"第{number}人")), {}
    if word == "stale":
        entry, more = (
            Entry(EventKind.CORRECTION_ASKED, DAY, CorrectionAsked("文号", date(2025, 3, 20))),
            {"expected": 1},
        )
    elif word == "same-event":
        more = {"key": "letter-1-issued"}
    return [str(events.record(target, entry, by=officer, **more).number)]


def at_once(act: Callable[[int, str, str], list[str]], word: str, case: str, numbers: list[int]) -> None:
    """Every number in a thread of its own, all set off together; one JSON line each."""

    def run(number: int) -> list[str]:
        try:
            return act(number, case, word)
        except GongkaiError as error:
            return [error.code]
        finally:
            connections.close_all()

    wait_for_start()
    with ThreadPoolExecutor(len(numbers)) as pool:
        for found in pool.map(run, numbers):
            print(json.dumps(found), flush=True)


def wait_for_start() -> None:
    """All processes begin when the test says so."""
    print("ready", flush=True)
    sys.stdin.readline()


def work(acknowledge: Callable[[str], None], seed: int) -> None:
    """Acts without end, each acknowledged when it is done; the officer and the public take turns."""
    agency, officer = Agency.objects.get(slug="health"), User.objects.get(username="race-officer")
    for turn in count():
        case = submit(agency, f"kill-{seed:06}-{turn:08}").case
        acknowledge(f"case {case.number} 1")
        asked = Entry(EventKind.THIRD_PARTY_ASKED, timezone.localdate(), Asked("赵某某"))
        events.record(case, asked, by=officer)
        acknowledge(f"case {case.number} 2")
        parts = cases.split(case, [cases.Part("其一"), cases.Part("其二")], by=officer)
        acknowledge(f"case {case.number} 3")
        for part in parts:
            acknowledge(f"case {part.number} 1")
        cases.merge(parts[0], parts[1], by=officer)
        acknowledge(f"case {parts[0].number} 2")
        events.strike(parts[0], 1, "并错了", by=officer)
        acknowledge(f"case {parts[0].number} 3")


def kill(seconds: float, seed: int) -> None:
    """Kill a worker at random moments as often as the time allows; look at what it leaves each time."""
    rng, ends, kills, acts = random.Random(seed), time.monotonic() + seconds, 0, 0  # noqa: S311  # moments, no secrets
    connections.close_all()
    while time.monotonic() < ends:
        told = _killed_worker(rng.uniform(0.01, 0.5), seed * 1000 + kills)
        kills, acts = kills + 1, acts + len(told)
        _check_nothing_is_lost(told)
    call_command("applications_cache", "--check", stdout=sys.stderr)
    print(json.dumps({"kills": kills, "acts": acts, "problems": list(problems())}), flush=True)


def _killed_worker(after: float, seed: int) -> list[str]:
    """Acknowledgements of a worker that was killed so many seconds after its first."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        work(lambda line: os.write(writing, f"{line}\n".encode()) and None, seed)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        first = pipe.readline()
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        rest = pipe.read()
    os.waitpid(pid, 0)
    return [line for line in (first + rest).splitlines() if line]


def _check_nothing_is_lost(told: list[str]) -> None:
    for line in told:
        _, number, records = line.split()
        assert Case.objects.get(number=number).records >= int(records), line
    connections.close_all()


def problems() -> Iterator[str]:
    """What would be half done."""
    for case in Case.objects.all():
        numbers = list(LedgerRecord.objects.filter(case=case).order_by("number").values_list("number", flat=True))
        if numbers != list(range(case.records)) or not numbers:
            yield f"{case.number}: records {numbers} of {case.records}"
        if not hasattr(case, "applicant"):
            yield f"{case.number}: no applicant"
        if not AuditEvent.objects.filter(object_type="applications.case", object_id=str(case.pk)).exists():
            yield f"{case.number}: no event in the log"
    issued = NumberSeries.objects.filter(series="case").values_list("last", flat=True)
    if sum(issued) != Case.objects.count():
        yield f"{list(issued)} numbers issued for {Case.objects.count()} cases"
    for file in CaseFile.objects.all():
        open_file(file, by=None)
    if (
        AuditEvent.objects.filter(action="applications.split").count()
        != LedgerRecord.objects.filter(kind="split").count()
    ):
        yield "a split without its event, or an event without its split"


if __name__ == "__main__":
    word, arguments = sys.argv[1], sys.argv[2:]
    if word == "kill":
        kill(float(arguments[0]), int(arguments[1]))
    else:
        act = one_submission if word in {"submit", "same-key"} else one_act
        at_once(act, word, arguments[0], [int(number) for number in arguments[1:]])
