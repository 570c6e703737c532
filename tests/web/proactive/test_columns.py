"""Columns: ready-made sets, two levels, staleness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.information.models import InformationItem
from gongkai_web.proactive.models import Column
from gongkai_web.proactive.selectors import shown_columns, stale_columns
from gongkai_web.proactive.services import save_column, take_set

pytestmark = pytest.mark.django_db


def test_a_set_is_taken_once(agency: Agency, staff: dict[Role, User]) -> None:
    administrator = staff[Role.ADMINISTRATOR]
    assert len(take_set(agency, "art20", by=administrator)) == 15
    assert take_set(agency, "art20", by=administrator) == []
    assert agency.columns.get(code="art20-07").parent == agency.columns.get(code="statutory")


def test_each_set_stays_together_in_the_order_of_taking(agency: Agency) -> None:
    taken = [*take_set(agency, "art20"), *take_set(agency, "health")]
    shown = list(agency.columns.exclude(parent=None).order_by("position", "pk"))
    assert [column.code for column in shown] == [column.code for column in taken]
    assert len({column.position for column in shown}) == len(shown)


def test_only_whoever_keeps_columns_takes_sets(agency: Agency, staff: dict[Role, User]) -> None:
    with pytest.raises(NotAllowed):
        take_set(agency, "art20", by=staff[Role.DRAFTER])
    with pytest.raises(GongkaiError, match="没有名为"):
        take_set(agency, "nothing", by=staff[Role.ADMINISTRATOR])


def test_there_are_two_levels_and_no_third(agency: Agency) -> None:
    take_set(agency, "art20")
    third = Column(agency=agency, parent=agency.columns.get(code="art20-07"), name="三级", slug="third")
    with pytest.raises(ValidationError, match="两级"):
        save_column(third)


def test_a_parent_is_of_the_same_agency(agency: Agency, other_agency: Agency) -> None:
    column = Column(agency=agency, parent=other_agency.columns.get(code="statutory"), name="甲", slug="a")
    with pytest.raises(ValidationError, match="不属于所选机构"):
        save_column(column)


def test_a_column_without_anything_new_is_stale_and_a_parent_counts_its_children(
    agency: Agency, live_item: InformationItem
) -> None:
    parent = live_item.column
    own = Column.objects.create(agency=agency, name="公告", slug="notices", update_interval_days=14)
    Column.objects.filter(pk=parent.pk).update(update_interval_days=14)
    child = Column.objects.create(agency=agency, parent=parent, name="子栏目", slug="child", update_interval_days=14)
    stale = {entry.column.pk: entry.newest for entry in stale_columns(Agency.objects.filter(pk=agency.pk))}
    assert own.pk in stale
    assert child.pk in stale
    assert parent.pk not in stale
    later = timezone.localdate() + timedelta(days=15)
    assert parent.pk in {e.column.pk for e in stale_columns(Agency.objects.filter(pk=agency.pk), today=later)}


def test_the_portal_lists_top_columns_that_are_shown(agency: Agency) -> None:
    agency.columns.filter(code="rules").update(is_shown=False)
    assert [column.code for column in shown_columns(agency)] == ["guide", "statutory", "annual-report", "application"]


def test_sets_are_taken_on_screen(agency: Agency, staff: dict[Role, User], sign_in: Callable[[User], Client]) -> None:
    client = sign_in(staff[Role.ADMINISTRATOR])
    page = client.post("/admin/column-sets/", {"agency": agency.pk, "set": "health"}, follow=True).content.decode()
    assert "建立14个栏目" in page
    assert client.post("/admin/column-sets/", {"agency": "999999", "set": "health"}).status_code == 404
