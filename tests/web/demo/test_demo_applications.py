"""The applications of the example: what the agencies published is what the ledgers count, and every course occurs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Sum
from django.test import override_settings

from gongkai.applications import figures
from gongkai.law.events import EventKind, Phase
from gongkai.law.outcomes import outcome_keys
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.lights import Light, urgency
from gongkai_web.applications.models import Case, LedgerRecord, Letter
from gongkai_web.applications.selectors.cases import ledgers_of
from gongkai_web.applications.selectors.figures import carry, table3
from gongkai_web.demo import applications
from gongkai_web.demo.applications_plan import plans_of
from gongkai_web.demo.cast import PARTS, gather
from gongkai_web.demo.clock import SHANGHAI, at, standing_at, tell

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
OPENED = date(2019, 12, 2)


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The agencies with their applications and nothing else, made once for this module and taken back."""
    place = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(VAR=place, MEDIA_ROOT=place / "media"), transaction.atomic():
        with standing_at() as stand:
            stand(at(OPENED))
            casts = gather("quiet river stone")
        stories = [story for cast in casts.values() for story in applications.stories_of(cast, today=TODAY)]
        tell(stories, until=datetime.combine(TODAY, time(23, 59), SHANGHAI))
        yield
        transaction.set_rollback(True)


def _counts(slug: str, year: int) -> dict[str, int]:
    """The cells of tables 三 and 四 that are not nought, without the totals."""
    cells = table3(Agency.objects.get(slug=slug), year)
    return {path: count for path, count in cells.items() if count and "total" not in path}


@pytest.mark.parametrize(
    ("slug", "year", "cells"),
    [
        ("luoyang", 2022, {"received": 11, "granted": 11}),
        ("chaoyang", 2022, {"received": 1, "unavailable.not_held": 1}),
        ("yanchi", 2020, {}),
        ("baoshan", 2021, {}),
        (
            "pingdingshan", 2024,
            {"received": 6, "carried_in": 1, "granted": 1, "partly_granted": 1, "unavailable.not_held": 4,
             "other_outcome.not_corrected": 1},
        ),
    ],
)  # fmt: skip
def test_tables_three_are_the_published_ones(told: None, slug: str, year: int, cells: dict[str, int]) -> None:
    expected = {f"applications.{row}.natural_person": count for row, count in cells.items()}
    counted = _counts(slug, year)
    assert {path: count for path, count in counted.items() if path.startswith("applications.")} == expected
    disputes = {path: count for path, count in counted.items() if path.startswith("remedies.")}
    assert disputes == ({"remedies.reconsideration.other": 1} if slug == "pingdingshan" else {})


def test_there_are_about_two_hundred_over_the_years(told: None) -> None:
    years = Counter(Case.objects.values_list("received_on__year", flat=True))
    assert 200 <= sum(years.values()) <= 300
    assert min(years[year] for year in (2023, 2024, 2025)) >= 40


def test_every_outcome_every_event_and_every_state_occurs(told: None) -> None:
    assert set(Case.objects.exclude(outcome="").values_list("outcome", flat=True)) == set(outcome_keys())
    assert set(LedgerRecord.objects.values_list("kind", flat=True)) == {kind.value for kind in EventKind}
    missing = {phase.value for phase in Phase} - set(Case.objects.values_list("phase", flat=True))
    # A case is never seen before its receipt; after a second answer it is soon served again, and after an end told.
    assert missing == {"new", "answered_again", "ended"}


def test_every_cell_of_table_four_occurs(told: None) -> None:
    found = {path for part in PARTS for year in range(2023, 2027) for path in _counts(part.slug, year)}
    columns = ("upheld", "corrected", "other", "pending")
    groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    wanted = {f"remedies.{group}.{column}" for group in groups for column in columns}
    assert wanted - found == set()


def test_letters_are_signed_by_another_person_and_served_or_wait_for_it(told: None) -> None:
    states = Counter(Letter.objects.values_list("state", flat=True))
    assert set(states) == {"served", "review"}
    assert states["served"] >= 30
    assert not Letter.objects.filter(state="served", number="").exists()
    assert not Letter.objects.filter(signed_by=F("drafted_by")).exists()


def test_the_desks_show_every_light(told: None) -> None:
    rows = Case.objects.filter(is_open=True).values_list("due_on", "running")
    lights = {urgency(due, open_=True, running=running, today=TODAY).light for due, running in rows}
    assert lights == set(Light) - {Light.DONE}


def test_the_figures_are_those_of_the_ledgers_and_the_carry_holds(told: None) -> None:
    for agency in Agency.objects.all():
        ledgers = [ledger for _, ledger in ledgers_of(Case.objects.filter(agency=agency).values_list("pk", flat=True))]
        for year in range(2022, 2027):
            counted = {path: len(cases) for path, cases in figures(ledgers, year).items()}
            assert table3(agency, year) == counted
            assert all(row.holds for row in carry(agency, year))


def test_what_is_cached_is_what_the_ledgers_say(told: None) -> None:
    call_command("applications_cache", check=True)
    assert Case.objects.aggregate(records=Sum("records"))["records"] == LedgerRecord.objects.count()


def test_the_plan_is_the_same_on_every_day_but_for_the_desks() -> None:
    for part in PARTS:
        earlier, later = (
            [plan for plan in plans_of(part.slug, today=day) if not plan.course.startswith("waits")]
            for day in (date(2026, 1, 15), TODAY)
        )
        assert earlier == [plan for plan in later if plan in earlier]
