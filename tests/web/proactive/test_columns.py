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


def test_the_statutory_block_is_neither_hidden_nor_removed(
    agency: Agency, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    guide = agency.columns.get(code="guide")
    guide.is_shown = False
    with pytest.raises(GongkaiError, match="不能隐藏"):
        save_column(guide, by=staff[Role.ADMINISTRATOR])
    client = sign_in(staff[Role.ADMINISTRATOR])
    answer = client.post(f"/admin/columns/delete/{guide.pk}/", follow=True).content.decode()
    assert "法定栏目" in answer
    assert agency.columns.filter(code="guide").exists()


def test_a_column_stays_with_its_agency(agency: Agency, other_agency: Agency) -> None:
    column = save_column(Column(agency=agency, name="专题", slug="topic"))
    column.agency = other_agency
    with pytest.raises(GongkaiError, match="不能改到另一个机构"):
        save_column(column)


def test_a_column_with_items_is_not_deleted_and_the_answer_names_them(
    agency: Agency, staff: dict[Role, User], make_item: Callable[..., InformationItem],
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    column = save_column(Column(agency=agency, name="专题", slug="topic"))
    make_item(column=column)
    answer = sign_in(staff[Role.ADMINISTRATOR]).post(f"/admin/columns/delete/{column.pk}/", follow=True)
    assert "1项政府信息还在使用它" in answer.content.decode()


def test_the_list_shows_when_something_last_came_and_what_is_overdue(
    agency: Agency, live_item: InformationItem, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    save_column(Column(agency=agency, name="专题", slug="topic", update_interval_days=30))
    client = sign_in(staff[Role.ADMINISTRATOR])
    page = client.get("/admin/columns/").content.decode()
    assert "空白栏目" in page
    assert f"{live_item.published_on:%Y-%m-%d}" in page
    overdue = client.get("/admin/columns/?stale=stale").content.decode()
    guide, topic = agency.columns.get(code="guide"), agency.columns.get(slug="topic")
    assert f"/admin/columns/edit/{topic.pk}/" in overdue
    assert f"/admin/columns/edit/{guide.pk}/" not in overdue


def test_the_screen_of_sets_says_what_is_missing(
    agency: Agency, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(staff[Role.ADMINISTRATOR])
    page = client.get("/admin/column-sets/").content.decode()
    assert "政府信息公开专栏（法定）（5个栏目，已全部建立）" in page
    assert "条例第二十条事项（15个栏目，缺15个）" in page
    client.post("/admin/column-sets/", {"agency": agency.pk, "set": "art20"})
    assert "条例第二十条事项（15个栏目，已全部建立）" in client.get("/admin/column-sets/").content.decode()
