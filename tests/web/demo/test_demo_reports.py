"""The reports of the example: every cell is what a plain script counts from the exported records."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from recount import Row, recount, rows_of

from gongkai.annual_report.checks import check
from gongkai.annual_report.checks.finding import Severity
from gongkai.annual_report.reading import read
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import AnnualReport, FilingAct, ImportedFile, ImportedReport
from gongkai_web.annual_report.supervision.roster import roster
from gongkai_web.annual_report.supervision.summary import summarise
from gongkai_web.applications.models import LedgerRecord
from gongkai_web.demo import annual_reports, applications, register, table2
from gongkai_web.demo.cast import gather
from gongkai_web.demo.clock import SHANGHAI, at, standing_at, tell
from gongkai_web.information.models import NormativeEvent, NormativeRecord
from gongkai_web.proactive.figures_models import PeriodFigure

pytestmark = pytest.mark.django_db

TODAY, OPENED = date(2026, 11, 20), date(2019, 12, 2)
CITY = "city"


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Registers, figures, applications and reports; made once for this module and taken back."""
    place = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(VAR=place, MEDIA_ROOT=place / "media", GONGKAI_SEARCH_DIRECTORY=str(place / "search")),
        transaction.atomic(),
    ):
        with standing_at() as stand:
            stand(at(OPENED))
            casts = gather("quiet river stone")
        parts = (register, table2, applications, annual_reports)
        stories = [one for cast in casts.values() for part in parts for one in part.stories_of(cast, today=TODAY)]
        tell(stories, until=datetime.combine(TODAY, time(23, 59), SHANGHAI))
        yield
        transaction.set_rollback(True)


def exported(rows: Iterator[dict[str, object]]) -> list[Row]:
    """Through a CSV file, as the script gets them."""
    kept = list(rows)
    out = io.StringIO()
    table = csv.DictWriter(out, kept[0].keys())
    table.writeheader()
    table.writerows({key: "" if value is None else str(value) for key, value in row.items()} for row in kept)
    return rows_of(out.getvalue())


def records() -> tuple[list[Row], ...]:
    ledger = (
        {"agency": one.case.agency.slug, "case": one.case_id, "number": one.number, "on": one.on,
         "data": json.dumps(one.data)}
        for one in LedgerRecord.objects.select_related("case__agency")
    )  # fmt: skip
    documents = (
        {"agency": one.agency.slug, "id": one.pk, "issued_on": one.issued_on, "in_force_until": one.in_force_until}
        for one in NormativeRecord.objects.select_related("agency")
    )
    changes = (
        {"record": one.record_id, "kind": one.kind, "effective_on": one.effective_on, "until": one.until}
        for one in NormativeEvent.objects.filter(revoked_at=None)
    )
    figures = (
        {"agency": one.agency.slug, "year": one.year, "kind": one.kind, "decisions": one.decisions,
         "amount_wan": one.amount_wan}
        for one in PeriodFigure.objects.select_related("agency")
    )  # fmt: skip
    return tuple(exported(rows) for rows in (ledger, documents, changes, figures))  # type: ignore[arg-type]


def submitted() -> list[AnnualReport]:
    return list(AnnualReport.objects.exclude(submitted_version=None).select_related("agency", "submitted_version"))


def different(report: Any, counted: dict[str, Decimal]) -> list[tuple[str, Any, Any]]:
    cells = [(path, report.value(path), counted.get(path, Decimal(0))) for path in report.format.cells]
    return [cell for cell in cells if cell[1] is None or Decimal(cell[1]) != cell[2]]


def test_every_cell_of_every_report_equals_a_plain_recount(told: None) -> None:
    tables = records()
    rows = [row for row in submitted() if row.agency.slug != CITY]
    assert len(rows) == 14
    for row in rows:
        assert row.submitted_version is not None
        counted = recount(*tables, agency=row.agency.slug, year=row.year)
        assert sum(counted.values()) > 0
        assert different(row.submitted_version.as_report(), counted) == [], str(row)


def test_the_governments_report_is_the_recount_of_all_its_members(told: None) -> None:
    tables = records()
    slugs = [row.agency.slug for row in submitted() if row.year == 2024]
    assert sorted(slugs) == ["baoshan", "chaoyang", CITY, "luoyang", "pingdingshan", "yanchi"]
    added: dict[str, Decimal] = {}
    for slug in slugs:
        for path, number in recount(*tables, agency=slug, year=2024).items():
            added[path] = added.get(path, Decimal(0)) + number
    own = next(row for row in submitted() if row.agency.slug == CITY and row.year == 2024)
    assert own.submitted_version is not None
    assert different(own.submitted_version.as_report(), added) == []


def test_no_report_has_an_error(told: None) -> None:
    reports = {(row.agency_id, row.year): row.submitted_version.as_report() for row in submitted()}  # type: ignore[union-attr]
    for (agency, year), report in reports.items():
        found = check(report, previous=reports.get((agency, year - 1)))
        assert [one.message for one in found if one.severity is Severity.ERROR] == []


def test_each_report_reads_back_the_same_in_every_format(told: None) -> None:
    row = next(row for row in submitted() if row.agency.slug == "luoyang" and row.year == 2024)
    assert row.submitted_version is not None
    frozen = row.submitted_version.as_report()
    files = {one.format: one for one in row.submitted_version.files.all()}
    assert set(files) >= {"docx", "pdf", "html", "xlsx", "md", "json"}
    for kind in ("docx", "pdf", "html", "xlsx", "md", "json"):
        with files[kind].document.open_file() as opened:
            (again,) = read(opened.read(), name=f"r.{kind}")
        assert {path: again.value(path) for path in frozen.format.cells} == {
            path: frozen.value(path) for path in frozen.format.cells
        }


def test_the_supervisor_has_something_to_do_for_the_last_year(told: None) -> None:
    city = Agency.objects.get(slug=CITY)
    standing = {line.agency.slug: line.standing.value for line in roster(city, 2025, today=TODAY)}
    assert standing == {
        "baoshan": "drafting", "chaoyang": "accepted", CITY: "drafting", "hospital": "excused", "luoyang": "accepted",
        "pingdingshan": "accepted", "yanchi": "returned",
    }  # fmt: skip
    assert FilingAct.objects.filter(agency__slug="baoshan", year=2025, kind="reminded").count() == 1
    assert [body.slug for body in summarise(city, 2025).missing] == ["baoshan"]


def test_older_reports_came_as_files_with_their_contradictions(told: None) -> None:
    assert sorted(ImportedFile.objects.values_list("state", flat=True)) == [
        "doubts", "error", "read", "read", "read", "read",
    ]  # fmt: skip
    codes = {
        one.agency.slug: {found.code for found in check(one.as_report())}
        for one in ImportedReport.objects.filter(state="ready")
        if one.agency is not None
    }
    assert "TEXT-LIST" in codes["baoshan"]
    assert {"TEXT-PROACTIVE", "TEXT-ITEMS"} <= codes["yanchi"]
    assert "TEXT-TWICE" in codes["chaoyang"]
    assert not {code for code in codes["luoyang"] if code.startswith("TEXT-")}
