"""The draft of one agency with half a million applications and a million items: how long until it stands, how it grows.

The rows are multiplied by the database from one template each: applications over five years, items over ten, in fifty
columns. Measured are the draft with its checks, and the whole screen as the browser gets it.

Run: .venv/bin/python benchmarks/bench_annual_report_web.py [--cases 500000] [--items 1000000]. With
GONGKAI_DATABASE_URL naming a PostgreSQL an extra database is made on that server, measured and dropped; otherwise
SQLite in a temporary folder. `--cpu` counts the time of this process instead of the clock's, for a machine that has
other work (on PostgreSQL the server's own time is then left out).
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import trial_database

# isort: split
# Django is ready from here on.
from django.db import connection
from django.db.models import Model
from django.test import Client

from gongkai.applications import ApplicantType
from gongkai.applications.receipt import Arrival, Entrance
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import create_agency, create_user, grant
from gongkai_web.annual_report.models import AnnualReport
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.selectors.judgement import judge
from gongkai_web.annual_report.services.draft import open_report
from gongkai_web.applications.models import Case, CountedCell
from gongkai_web.applications.services import intake
from gongkai_web.audit import guards
from gongkai_web.information.models import InformationItem
from gongkai_web.information.services.drafting import create_item
from gongkai_web.proactive.figures_models import PeriodFigure
from gongkai_web.proactive.figures_services import save_figure
from gongkai_web.proactive.models import Column

YEAR = 2024
BUDGET_S = 2.0
COLUMNS = 50
CASE_YEARS, ITEM_YEARS = 5, 10
_RUNS = 5
_CASES_FROM = 1000  # ids below belong to the templates


def make_templates() -> tuple[AnnualReport, User]:
    """One agency, its officer, one case and one item of it, its report."""
    agency = create_agency(
        name="某市卫生健康委员会", short_name="市卫健委", slug="health", organisation_code="123456788"
    )
    officer = create_user(username="officer", full_name="经办人", email="officer@example.cn")
    grant(officer, Role.OFFICER, agency=agency)
    columns = [
        Column.objects.create(agency=agency, name=f"栏目{number}", slug=f"c{number}") for number in range(COLUMNS)
    ]
    create_item(
        agency=agency,
        by=None,
        column=columns[0],
        title="通知",
        body="<p>正文。</p>",
        formed_on=date(2024, 3, 1),
        attribute="proactive",
    )
    intake.register(
        agency,
        by=None,
        arrival=Arrival(Entrance.IN_PERSON, submitted_on=date(2024, 3, 1)),
        applicant=intake.ApplicantData(ApplicantType.NATURAL_PERSON, name="王某某", phone="13800001234"),
        subject="招标文件",
        description="招标公告。",
    )
    _figures(agency)
    return open_report(agency, YEAR, by=officer), officer


def _figures(agency: Agency) -> None:
    for kind in ("permits", "penalties", "coercive_measures"):
        save_figure(PeriodFigure(agency=agency, kind=kind, year=YEAR, decisions=7), by=None)
    save_figure(PeriodFigure(agency=agency, kind="fees", year=YEAR, amount_wan=Decimal(1)), by=None)


def multiply(cases: int, items: int, *, had_cases: int, had_items: int) -> None:
    """From so many to so many rows; each case counts in two cells of its year."""
    guards.lift(connection)
    _insert(InformationItem, _item_values(), first=had_items, last=items)
    _insert(Case, {"number": "'N' || i", "submission_key": "''"}, first=had_cases, last=cases, numbered=True)
    for row in ("received", "granted"):
        _insert(
            CountedCell,
            {
                "case_id": f"{_CASES_FROM} + i",
                "path": f"'applications.{row}.' || CASE i % 3 WHEN 0 THEN 'natural_person' "
                "WHEN 1 THEN 'enterprise' ELSE 'other' END",
                "year": f"{YEAR} - i % {CASE_YEARS}",
                "until": f"{YEAR} - i % {CASE_YEARS}",
            },
            first=had_cases,
            last=cases,
        )
    guards.restore(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _item_values() -> Mapping[str, str]:
    first = Column.objects.filter(slug="c0").values_list("pk", flat=True).get()
    day = "'-0' || (1 + i % 9) || '-' || (10 + i % 18)"
    published = f"({YEAR} - i % {ITEM_YEARS}) || {day}"
    if connection.vendor == "postgresql":
        published = f"CAST({published} AS date)"
    return {
        "index_number": "'I' || i",
        "column_id": f"{first} + i % {COLUMNS}",
        "published_on": published,
        "first_published_at": 't."created_at"',
        "live": "TRUE",
        "signed_fingerprint": "'0'",
    }


def _insert(model: type[Model], values: Mapping[str, str], *, first: int, last: int, numbered: bool = False) -> None:
    """INSERT … SELECT of the model's first row, `values` in place of what differs; `i` runs from `first` to `last`."""
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields if numbered or not field.primary_key]
    chosen = {**values, **({"id": f"{_CASES_FROM} + i"} if numbered else {})}
    said = ", ".join(chosen.get(name, f't."{name}"') for name in names)
    into = ", ".join(f'"{name}"' for name in names)
    statement = (
        f"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {last}) "  # noqa: S608
        f"SELECT {said} FROM n, (SELECT * FROM {table} ORDER BY id LIMIT 1) t"
    )  # every part is a constant of this module
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({into}) {statement}")


def seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Median of several runs after one that warms up."""
    work()
    taken = []
    for _ in range(_RUNS):
        started = clock()
        work()
        taken.append(clock() - started)
    return statistics.median(taken)


def measure(report: AnnualReport, officer: User, *, cases: int, items: int, clock: Callable[[], float]) -> float:
    """Print one line; give the time of the screen."""
    client = Client()
    client.force_login(officer, backend="gongkai_web.accounts.backends.MembershipBackend")
    address = f"/admin/annual-reports/{report.pk}/"
    draft = seconds(lambda: judge(draft_of(AnnualReport.objects.select_related("agency").get())), clock)

    def screen() -> None:
        assert client.get(address).status_code == 200

    whole = seconds(screen, clock)
    found = draft_of(report).report
    print(
        f"{connection.vendor:10} 申请 {cases:>9,} 件　信息 {items:>9,} 条　草稿与检查 {draft:6.3f} s　"
        f"整个页面 {whole:6.3f} s　（{YEAR}年新收 {found.value('applications.received.total'):,} 件）"
    )
    return whole


def main() -> int:
    """Measure at a hundredth and at full size; 1 when the screen takes longer than its budget."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=500_000)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--cpu", action="store_true")
    args = parser.parse_args()
    clock = time.process_time if args.cpu else time.perf_counter
    with trial_database.migrated():
        report, officer = make_templates()
        had_cases = had_items = 1
        CountedCell.objects.filter(pk__gt=CountedCell.objects.order_by("pk").values("pk")[:1]).delete()
        for share in (100, 1):
            cases, items = args.cases // share, args.items // share
            multiply(cases, items, had_cases=had_cases, had_items=had_items)
            whole = measure(report, officer, cases=cases, items=items, clock=clock)
            had_cases, had_items = cases, items
    return int(whole > BUDGET_S)


if __name__ == "__main__":
    raise SystemExit(main())
