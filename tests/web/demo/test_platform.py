"""The example platform: what the agencies published is what it counts, and nothing in it went round the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F
from django.test import Client, override_settings
from django.utils import timezone

from gongkai.information.disclosure import DisclosureAttribute
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.audit.models import AuditEvent
from gongkai_web.demo import accounts_file, platform
from gongkai_web.demo.platform import DemoRefused, Made
from gongkai_web.information.models import InformationItem, Interpretation, MediaPost, NormativeRecord, ReviewCase
from gongkai_web.information.selectors import counts_by_attribute, due_for_rereview, items_due, normative_counts
from gongkai_web.proactive.figures_selectors import table2_figures

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The platform, made once for this module and taken back at its end."""
    place = tmp_path_factory.mktemp("demo")
    with (
        django_db_blocker.unblock(),
        override_settings(VAR=place, MEDIA_ROOT=place / "media", GONGKAI_SEARCH_DIRECTORY=str(place / "search")),
        transaction.atomic(),
    ):
        yield platform.make(today=TODAY)
        transaction.set_rollback(True)


def test_there_are_a_few_hundred_items_of_seven_agencies(made: Made) -> None:
    assert made.agencies == 7
    assert 350 <= made.public < made.items <= 800


@pytest.mark.parametrize(
    ("slug", "year", "issued", "repealed", "in_force"),
    [
        ("luoyang", 2022, 0, 11, 9),
        ("chaoyang", 2022, 0, 0, 1),
        ("yanchi", 2020, 0, 0, 0),
        ("pingdingshan", 2024, 2, 0, 2),
        ("baoshan", 2021, 0, 0, 0),
    ],
)
def test_the_register_counts_what_the_agency_published(
    made: Made, slug: str, year: int, issued: int, repealed: int, in_force: int
) -> None:
    counts = normative_counts(Agency.objects.get(slug=slug), year=year)
    assert (counts.issued, counts.repealed, counts.in_force) == (issued, repealed, in_force)


@pytest.mark.parametrize(
    ("slug", "year", "permits", "penalties", "coercive_measures", "fees"),
    [
        ("luoyang", 2022, 3916, 800, 3, "276.024"),
        ("chaoyang", 2022, 461, 16, 0, "73.65"),
        ("pingdingshan", 2024, 7, 14, 0, "113.372"),
        ("baoshan", 2021, 185, 24, 0, "127.68"),
    ],
)
def test_table_2_shows_what_the_agency_published(
    made: Made, slug: str, year: int, permits: int, penalties: int, coercive_measures: int, fees: str
) -> None:
    table = table2_figures(Agency.objects.get(slug=slug), year, today=TODAY)
    rows = {"permits": permits, "penalties": penalties, "coercive_measures": coercive_measures}
    assert {row: table.cell(row, "decisions").value for row in rows} == rows
    assert table.cell("fees", "amount_wan").value == Decimal(fees)


def test_items_by_disclosure_attribute_are_those_that_the_agency_counted(made: Made) -> None:
    counts = counts_by_attribute(Agency.objects.filter(slug="yanchi"), year=2020)
    assert counts == {
        DisclosureAttribute.PROACTIVE: 26,
        DisclosureAttribute.ON_REQUEST: 51,
        DisclosureAttribute.NOT_OPEN: 60,
        DisclosureAttribute.PARTLY_OPEN: 0,
    }


def test_every_public_item_was_signed_by_four_people_none_of_them_its_author(made: Made) -> None:
    for item in InformationItem.objects.public().select_related("signed_case"):
        item.assert_publishable()
        signers = {act.by_id for act in item.signed_case.acts.filter(kind="signed")}
        assert len(signers) == 4
        assert item.created_by_id not in signers


def test_every_state_of_a_review_an_item_and_a_document_occurs(made: Made) -> None:
    states = set(ReviewCase.objects.values_list("state", flat=True))
    assert states == {"open", "undetermined", "complete", "returned", "reopened", "withdrawn"}
    waiting = set(ReviewCase.objects.filter(state="open").values_list("waiting_for", flat=True))
    assert waiting == {"reviewer_1", "reviewer_2", "reviewer_3", "confidentiality"}
    validities = set(NormativeRecord.objects.values_list("validity", flat=True))
    assert validities == {"not_yet", "in_force", "amended", "repealed", "expired"}
    assert InformationItem.objects.tombstones().count() >= 7
    assert InformationItem.objects.public().filter(has_unpublished_changes=True).exists()
    assert InformationItem.objects.filter(publish_at__gt=timezone.now(), live=False).exists()
    assert set(InformationItem.objects.public().values_list("attachments__kind", flat=True)) >= {"file", "image"}
    kinds = set(Interpretation.objects.values_list("kind", flat=True))
    assert kinds == {"text", "graphic", "questions", "press", "expert"}
    assert MediaPost.objects.filter(live=True).exists()


def test_no_agency_publishes_the_same_title_twice_but_a_document_issued_anew(made: Made) -> None:
    titles = InformationItem.objects.public().order_by().values_list("agency__slug", "title")
    twice = titles.annotate(number=Count("pk")).filter(number__gt=1)
    assert list(twice) == [("luoyang", "洛阳市院前医疗急救管理办法", 2)]


def test_tables_add_up_to_what_the_sentence_says(made: Made) -> None:
    found = InformationItem.objects.public().filter(title__endswith="行政处罚信息公示")
    assert found.count() >= 5
    for item in found:
        stated = int(re.findall(r"行政处罚决定(\d+)件", item.body)[0])
        assert sum(map(int, re.findall(r"<td>(\d+)</td>", item.body))) == stated


def test_an_agency_shows_the_columns_that_it_fills_and_two_that_are_blank(made: Made) -> None:
    used = InformationItem.objects.values("column")
    for agency in Agency.objects.all():
        shown = agency.columns.filter(is_shown=True).exclude(parent=None)
        assert shown.exclude(pk__in=used).count() == 2, agency
        assert shown.filter(pk__in=used).exists()


def test_what_is_kept_closed_was_looked_at_every_year_or_is_due(made: Made) -> None:
    closed = InformationItem.objects.filter(agency__slug="yanchi", attribute="not_open")
    assert (closed.count(), closed.filter(next_review_on__lte=TODAY).count()) == (60, 15)


def test_the_desk_of_a_drafter_has_something_in_every_light(made: Made) -> None:
    drafter = User.objects.get(username="luoyang-drafter")
    lights = {due.clock.light.value for due in items_due(drafter, today=TODAY)}
    assert lights == {"overdue", "today", "near", "normal"}
    assert due_for_rereview(drafter, today=TODAY).exists()


def test_history_was_written_in_the_order_in_which_it_happened(made: Made) -> None:
    moments = list(AuditEvent.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[0].year == 2019
    assert not InformationItem.objects.filter(published_on__lt=F("formed_on")).exists()


def test_the_accounts_are_written_down_and_open_the_back_office(made: Made) -> None:
    text = accounts_file.text()
    password = next(line.split()[1] for line in text.splitlines() if line.strip().startswith("口令"))
    assert accounts_file.path().stat().st_mode & 0o077 == 0
    client = Client()
    for name in ("admin", "luoyang-drafter", "hospital-reviewer-3"):
        answer = client.post("/accounts/login/", {"login": name, "password": password})
        assert answer.status_code == 302, name
        assert client.get("/admin/").status_code == 200
        client.logout()
    held = User.objects.get(username="city-supervisor").memberships.get()
    assert held.role == Role.SUPERVISOR
    assert held.agency.kind == "government"


def test_agencies_that_are_there_already_are_left_alone(db: None, make_agency: Callable[..., Agency]) -> None:
    make_agency()
    with pytest.raises(DemoRefused) as refused:
        platform.make(today=TODAY)
    assert "GONGKAI_VAR" in refused.value.hint
