"""Half a million applications: pages of the register and table 三 as a query, and how both grow from five thousand.

A hundred cases of every course, made by the services themselves, are multiplied by the database over 20 agencies.

Run: make bench, or .venv/bin/python benchmarks/bench_applications.py [--cases 500000]. With GONGKAI_DATABASE_URL naming
a PostgreSQL an extra database is made on that server, measured and dropped; otherwise SQLite in a temporary folder.
`--cpu` counts the time of this process instead of the clock's, for a machine that has other work.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import trial_database

# isort: split
# Django is ready from here on.
from django.db import connection
from django.db.models import Model
from django.test import Client

from gongkai.applications import ApplicantType, Entry
from gongkai.applications.details import Answered, CorrectionAsked, Decision, Details, Extended
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import create_agency, create_user, grant
from gongkai_web.applications import selectors
from gongkai_web.applications.models import Applicant, Case, CountedCell, LedgerRecord
from gongkai_web.applications.services import events, intake
from gongkai_web.audit import guards

AGENCIES = 20
TEMPLATES = 100
STRIDE = 1000  # between the ids of one copy and the next
PAGE_BUDGET_MS = 300  # 99th percentile of a page of the register
_chance = random.Random(20250101)  # noqa: S311  # the same cases in every run
_ENDINGS = ("granted", "not_held", "still open", "corrected", "extended")


def make_templates() -> tuple[User, User]:
    """A government with its departments, five cases each; an officer of one and a supervisor of all."""
    government = create_agency(name="某市人民政府", short_name="市政府", slug="gov")
    agencies = [_department(government, number) for number in range(AGENCIES)]
    for number in range(TEMPLATES):
        _case(agencies[number % AGENCIES], _ending(number))
    return _person("officer", Role.OFFICER, agencies[0]), _person("supervisor", Role.SUPERVISOR, government)


def _ending(number: int) -> str:
    """Two in a hundred are still open."""
    ending = _ENDINGS[number // AGENCIES]
    return ending if ending != "still open" or number % AGENCIES < 2 else "granted"


def _department(government: Agency, number: int) -> Agency:
    return create_agency(name=f"某市第{number}局", short_name=f"{number}局", slug=f"a{number}", parent=government)


def _person(name: str, role: Role, agency: Agency) -> User:
    user = create_user(username=name, full_name=name, email=f"{name}@example.cn")
    grant(user, role, agency=agency)
    return user


def _case(agency: Agency, ending: str) -> None:
    on = date(2025, 9, 1) + timedelta(_chance.randrange(28)) if ending == "still open" else _old_day()
    case = intake.register(
        agency,
        by=None,
        arrival=Arrival(Entrance.IN_PERSON, submitted_on=on),
        applicant=intake.ApplicantData(
            _chance.choice(list(ApplicantType)), name="王某某", phone="13800001234", address="某市某路1号"
        ),
        subject=f"第{_chance.randrange(1000)}号路口改造工程的招标文件",
        description="招标公告、评标报告和施工合同。",
    )
    for kind, later, said in _course(ending, on):
        events.record(case, Entry(kind, on + timedelta(later), said), by=None)


def _old_day() -> date:
    return date(2019, 6, 1) + timedelta(_chance.randrange(2200))


def _course(ending: str, on: date) -> Iterator[tuple[EventKind, int, Details | None]]:
    facts = {"how": "电子邮件发送"} if ending != "not_held" else {"reason": "没有制作", "search_record": "检索了档案"}
    outcome = "granted" if ending != "not_held" else "unavailable.not_held"
    if ending == "still open":
        return
    if ending == "corrected":
        yield EventKind.CORRECTION_ASKED, 2, CorrectionAsked("文号", on + timedelta(20))
        yield EventKind.CORRECTED, 9, None
    if ending == "extended":
        yield EventKind.EXTENDED, 12, Extended(20, "负责人")
    yield EventKind.ANSWERED, 25, Answered((Decision("全部", outcome, facts),))


def multiply(copies: int, *, done: int) -> None:
    """Copies `done` to `copies` of every template with all that belongs to it, made by the database."""
    guards.lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA cache_size=-2000000")  # for the copying only
        for model in (Case, Applicant, LedgerRecord, CountedCell):
            cursor.execute(_copying(model, done=done, copies=copies))
        cursor.execute("ANALYZE")
    guards.restore(connection)
    connection.close()


def _copying(model: type[Model], *, done: int, copies: int) -> str:
    """INSERT … SELECT of the model's rows, ids and numbers moved by the number of the copy."""
    table, fields = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
    moved = {"id": f"t.id + n * {STRIDE}", "case_id": f"t.case_id + n * {STRIDE}", "number": "t.number || '-' || n"}
    if model is LedgerRecord:
        moved.pop("number")
    chosen = ", ".join(moved.get(column, f't."{column}"') for column in fields)
    names = ", ".join(f'"{column}"' for column in fields)
    return (
        f"INSERT INTO {table} ({names}) WITH RECURSIVE copies(n) AS "  # noqa: S608  # names of our own columns
        f"(SELECT {done} UNION ALL SELECT n + 1 FROM copies WHERE n < {copies - 1}) "
        f"SELECT {chosen} FROM {table} t CROSS JOIN copies WHERE t.id < {STRIDE}"
    )


def milliseconds(call: Callable[[], object], *, times: int, clock: Callable[[], float]) -> tuple[float, float]:
    """Median and 99th percentile; the first three calls warm up and do not count."""
    taken = []
    for turn in range(times + 3):
        started = clock()
        call()
        if turn > 2:
            taken.append((clock() - started) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def calls(officer: User, supervisor: User) -> dict[str, Callable[[], object]]:
    """What is measured: whole pages as the browser gets them, and the queries of the tables."""
    agency = officer.memberships.get().agency
    pages = {
        "first page of the register": "",
        "its 20th page": "?page=20",
        "one year, one kind of applicant": "?year=2023&applicant_type=enterprise",
        "the subject searched": "?q=7号路口",
    }
    found: dict[str, Callable[[], object]] = {}
    for user in (officer, supervisor):
        client = Client()
        client.force_login(user, backend="gongkai_web.accounts.backends.MembershipBackend")
        for name, query in pages.items():
            found[f"{user.username}: {name}"] = partial(_page, client, query)
    found["tables 三 and 四 of an agency's year"] = lambda: selectors.table3(agency, 2023)
    found["the first 50 cases of a cell"] = lambda: list(
        selectors.cases_in(agency, 2023, "applications.received.total")[:50]
    )
    found["the carry of an agency's year"] = lambda: selectors.carry(agency, 2024)
    return found


def _page(client: Client, query: str) -> None:
    response = client.get(f"/admin/applications/{query}")
    assert response.status_code == 200, response.status_code


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--cases", type=int, default=500_000)
    arguments.add_argument("--times", type=int, default=100)
    arguments.add_argument("--cpu", action="store_true")
    chosen = arguments.parse_args()
    with trial_database.migrated():
        measure(chosen.cases, times=chosen.times, clock=time.process_time if chosen.cpu else time.perf_counter)


def measure(cases: int, *, times: int, clock: Callable[[], float]) -> None:
    """Print the figures of both sizes; fail where a page of the register is over its budget."""
    officer, supervisor = make_templates()
    before: dict[str, float] = {}
    done, worst = 1, 0.0
    for size in sorted({min(5000, cases), cases}):
        started = time.perf_counter()
        multiply(size // TEMPLATES, done=done)
        done = size // TEMPLATES
        print(f"{connection.vendor}: {Case.objects.count()} cases, {time.perf_counter() - started:.0f} s", flush=True)
        for name, call in calls(officer, supervisor).items():
            median, slow = milliseconds(call, times=times, clock=clock)
            growth = f"  × {median / before[name]:.1f}" if name in before else ""
            before[name] = median
            worst = max(worst, slow if "register" in name else 0)
            print(f"  {name:<48} p50 {median:8.2f} ms  p99 {slow:8.2f} ms{growth}", flush=True)
    if worst > PAGE_BUDGET_MS:
        raise SystemExit(
            f"a page of the register took {worst:.0f} ms (99th percentile); the budget is {PAGE_BUDGET_MS}"
        )


if __name__ == "__main__":
    main()
