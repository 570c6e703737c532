"""Conditional answers, the page cache, and that both forget at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from portal_pages import Publish
from pytest_django import DjangoAssertNumQueries

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import InformationItem
from gongkai_web.information.services.publication import withdraw
from gongkai_web.portal import versions
from gongkai_web.portal.page_cache import Page, PageCache
from gongkai_web.proactive.models import Column

pytestmark = pytest.mark.django_db
ITEM_QUERIES = 2  # the tokens, the item
REGISTERED_ITEM_QUERIES = 4  # and its entry in the register with its events
LIST_QUERIES = 5  # tokens, newest and oldest year, count, page
HOME_QUERIES = 6  # tokens, tallies, newest, policies, two figures
AGENCY_QUERIES = 4  # tokens, newest, tallies by column, years


def test_an_unchanged_page_is_answered_with_304_at_the_cost_of_one_query(
    publish: Publish, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/items/{publish().pk}/"
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, no-cache"
    with django_assert_num_queries(1):
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_page_from_the_cache_costs_one_query(
    publish: Publish, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/items/{publish().pk}/"
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert again.content == first.content


def test_withdrawal_voids_the_copy_that_a_browser_holds(
    publish: Publish, client: Client, staff: dict[Role, User]
) -> None:
    item = publish()
    etag = client.get(f"/items/{item.pk}/").headers["ETag"]
    withdraw(item, by=staff[Role.REVIEWER_3], reason="数据有误。")
    assert client.get(f"/items/{item.pk}/", headers={"If-None-Match": etag}).status_code == 410


def test_publication_shows_at_once(publish: Publish, client: Client, agency: Agency) -> None:
    assert "新公开的信息" not in client.get("/").content.decode()
    publish(title="新公开的信息")
    assert "新公开的信息" in client.get("/").content.decode()


def test_a_renamed_agency_and_a_renamed_column_show_at_once(client: Client, agency: Agency) -> None:
    client.get("/agencies/health/")
    agency.name = "某市卫生健康局"
    agency.save()
    column = agency.columns.get(code="rules")
    column.name = "公开制度"
    column.save()
    page = client.get("/agencies/health/").content.decode()
    assert "某市卫生健康局" in page
    assert "公开制度" in page


def test_a_draft_that_was_never_public_makes_no_page_out_of_date(
    make_item: Callable[..., InformationItem], client: Client, agency: Agency
) -> None:
    before = versions.read()
    make_item()
    assert versions.read() == before


def test_every_change_of_structure_draws_a_new_token(agency: Agency) -> None:
    before = versions.read()
    Column.objects.create(agency=agency, name="自设栏目", slug="own")
    after = versions.read()
    assert after.structure != before.structure
    assert after.content == before.content


@pytest.mark.parametrize("number", [1, 6])
def test_lists_cost_the_same_number_of_queries_however_long_they_are(
    publish: Publish, client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in range(number):
        publish(document_number=f"某卫〔2025〕{count}号")
    client.get("/help/")  # agencies are in memory from here on
    client.get("/agencies/health/rules/")
    client.get("/agencies/gov/rules/")
    for address, queries in {
        "/": HOME_QUERIES,
        "/policies/": LIST_QUERIES,
        "/agencies/health/statutory/": LIST_QUERIES,
        "/agencies/health/": AGENCY_QUERIES,
        "/feed.xml": 2,
    }.items():
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200, address


def test_a_plain_item_costs_two_queries(
    publish: Publish, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, second = publish(), publish()
    client.get(f"/items/{first.pk}/")
    with django_assert_num_queries(ITEM_QUERIES):
        client.get(f"/items/{second.pk}/")


def test_an_item_in_the_register_costs_two_more(
    publish: Publish,
    client: Client,
    register: Callable[..., object],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    item = publish()
    register(item)
    client.get("/agencies/health/rules/")
    with django_assert_num_queries(REGISTERED_ITEM_QUERIES):
        client.get(f"/items/{item.pk}/")


def test_public_pages_set_no_cookie_and_open_no_session(publish: Publish, client: Client) -> None:
    response = client.get(f"/items/{publish().pk}/")
    assert not response.cookies
    assert response.headers["Vary"] == "Cookie"


def test_a_page_looks_the_same_to_people_who_are_signed_in(
    publish: Publish, client: Client, sign_in: Callable[[User], Client], staff: dict[Role, User]
) -> None:
    address = f"/items/{publish().pk}/"
    assert sign_in(staff[Role.ADMINISTRATOR]).get(address).content == client.get(address).content


def test_only_reading_is_possible(client: Client, db: None) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert client.head("/").content == b""


def test_the_cache_keeps_within_its_bytes_and_forgets_what_is_old() -> None:
    cache = PageCache(limit=10, seconds=60)
    cache.put("a", Page(b"12345", "text/html"))
    cache.put("b", Page(b"12345", "text/html"))
    assert cache.get("a")
    cache.put("c", Page(b"1", "text/html"))
    assert cache.get("b") is None
    assert cache.get("a")
    cache.put("d", Page(b"x" * 11, "text/html"))
    assert cache.get("d") is None
    assert cache.get("c")
    old = PageCache(limit=10, seconds=-1)
    old.put("a", Page(b"1", "text/html"))
    assert old.get("a") is None
