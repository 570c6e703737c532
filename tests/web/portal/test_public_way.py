"""Public pages take the short way, and the prepared frame of items shows nothing of another item."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from portal_pages import Publish, Read, texts

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.portal.shell import Shell, hole
from gongkai_web.proactive.services import take_set

pytestmark = pytest.mark.django_db


def test_a_public_page_cannot_know_who_reads(
    publish: Publish, sign_in: Callable[[User], Client], staff: dict[Role, User]
) -> None:
    asked = sign_in(staff[Role.DRAFTER]).get(f"/items/{publish().pk}/").wsgi_request
    assert not hasattr(asked, "session")
    assert not hasattr(asked, "user")


def test_the_short_way_keeps_what_holds_for_every_answer(publish: Publish, client: Client) -> None:
    headers = client.get(f"/items/{publish().pk}/").headers
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert int(headers["Content-Length"]) > 1000
    assert headers["X-Request-ID"]
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_what_is_missing_still_gets_the_page_that_helps(client: Client, agency: Agency) -> None:
    response = client.get("/items/999/")
    assert response.status_code == 404
    assert "没有找到这件信息" in response.content.decode()
    assert client.get("/agencies/nowhere/").status_code == 404
    assert client.get("/help").headers["Location"] == "/help/"


def test_the_back_office_goes_the_long_way(client: Client, agency: Agency) -> None:
    assert hasattr(client.get("/accounts/login/").wsgi_request, "session")


def test_items_of_two_columns_and_two_ways_of_showing_have_frames_of_their_own(
    publish: Publish, read: Read, client: Client, agency: Agency
) -> None:
    take_set(agency, "art20")
    first = publish(title="甲{{ main }}")
    second = publish(title="乙", column=agency.columns.get(code="art20-07"))
    for _ in range(2):
        assert texts(read(f"/items/{first.pk}/"), "h1") == ["甲{{ main }}"]
        assert texts(read(f"/items/{first.pk}/"), ".crumbs li")[-2:] == ["法定主动公开内容", "正文"]
        page = read(f"/items/{second.pk}/")
        assert texts(page, "h1") == ["乙"]
        assert texts(page, ".crumbs li")[-2:] == [agency.columns.get(code="art20-07").name, "正文"]
    assert read(f"/items/{first.pk}/").css_first(".display a").attributes["href"].endswith(f"next=/items/{first.pk}/")
    client.get("/display/?choice=large")
    assert read(f"/items/{first.pk}/").css_first("html").attributes["class"] == "large"


def test_a_renamed_column_renames_the_frame_of_its_items(publish: Publish, read: Read, agency: Agency) -> None:
    item = publish()
    read(f"/items/{item.pk}/")
    column = agency.columns.get(code="statutory")
    column.name = "法定公开"
    column.save()
    assert texts(read(f"/items/{item.pk}/"), ".crumbs li")[-2] == "法定公开"


def test_a_shell_wants_a_content_for_every_hole() -> None:
    shell = Shell.of(f"<h1>{hole('title')}</h1>{hole('main')}{hole('title')}")
    assert shell.fill({"title": "甲", "main": "乙"}) == "<h1>甲</h1>乙甲"
    with pytest.raises(KeyError):
        shell.fill({"title": "甲"})
