"""What every page shares: frame, display modes, errors, and that nothing is loaded from elsewhere."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.views.defaults import permission_denied, server_error
from portal_pages import Publish, Read, meta, texts

from gongkai_web.accounts.models import Agency
from gongkai_web.portal.charts import bar_chart
from gongkai_web.portal.paging import Pager
from gongkai_web.portal.public import pages

PAGES = [
    "/", "/agencies/", "/agencies/health/", "/agencies/health/guide/", "/agencies/health/rules/",
    "/agencies/health/statutory/", "/agencies/health/annual-report/", "/agencies/health/application/", "/policies/",
    "/reports/", "/site-map/", "/help/",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_heading_a_title_landmarks_and_the_sites_meta_tags(
    address: str, read: Read, agency: Agency
) -> None:
    page = read(address)
    assert len(page.css("h1")) == 1
    assert page.css_first("title").text().endswith("政府信息公开")
    assert page.css_first("html").attributes["lang"] == "zh-Hans"
    assert [len(page.css(tag)) for tag in ("header.masthead", "main#main", "footer.foot")] == [1, 1, 1]
    assert page.css_first("a.skip").attributes["href"] == "#main"
    assert {"SiteName", "SiteDomain", "SiteIDCode"} <= set(meta(page))
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_no_page_needs_a_script_an_inline_style_or_another_host(address: str, client: Client, agency: Agency) -> None:
    html = client.get(address).content.decode()
    scripts = re.findall(r'<script src="([^"]+)" defer></script>', html)
    assert scripts == (["/static/search/suggest.js"] if address == "/" else [])
    assert html.count("<script") == len(scripts)
    assert not re.search(r"\sstyle=|\son\w+=", html)
    # The first page completes what is typed into its search box, which works without that just as well.
    loaded = re.findall(r'(?:src|srcset)="([^"]+)"|<link[^>]+href="([^"]+)"', html)
    assert all(address.startswith("/") for pair in loaded for address in pair if address)


@pytest.mark.django_db
def test_headings_never_skip_a_level(publish: Publish, read: Read, agency: Agency) -> None:
    for address in [*PAGES, f"/items/{publish(body='<h2>一</h2><p>文</p>').pk}/"]:
        levels = [int((node.tag or "h0")[1]) for node in read(address).css("h1, h2, h3, h4")]
        assert levels[0] == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), address


@pytest.mark.django_db
def test_the_marked_entry_of_the_navigation_is_the_page_or_lies_above_it(read: Read, agency: Agency) -> None:
    marked = read("/").css_first(".nav [aria-current]")
    assert (marked.text(), marked.attributes["aria-current"]) == ("首页", "page")
    above = read("/agencies/health/").css_first(".nav [aria-current]")
    assert (above.text(), above.attributes["aria-current"]) == ("公开机关", "true")


@pytest.mark.django_db
def test_display_choices_are_links_kept_in_a_cookie(client: Client, read: Read) -> None:
    offered = {link.text(): link.attributes["href"] for link in read("/help/").css(".display a")}
    assert list(offered) == ["大字版", "浅色", "深色"]
    response = client.get(str(offered["大字版"]))
    assert response.headers["Location"] == "/help/"
    assert read("/help/").css_first("html").attributes["class"] == "large"
    client.get("/display/?choice=dark")
    page = read("/help/")
    assert page.css_first("html").attributes["data-theme"] == "dark"
    assert texts(page, ".display a") == ["标准字号", "跟随系统", "浅色"]
    client.get("/display/?choice=normal")
    client.get("/display/?choice=auto")
    assert "class" not in read("/help/").css_first("html").attributes


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_site(client: Client, target: str) -> None:
    response = client.get("/display/", {"choice": "large", "next": target})
    assert response.headers["Location"] == "/"


@pytest.mark.django_db
def test_a_missing_page_helps_to_go_on(read: Read) -> None:
    page = read("/no/such/page/", status=404)
    assert page.css_first("h1").text() == "没有找到这个页面"
    assert "Resolver404" not in page.text()
    assert page.css_first("form.search") is not None
    assert {"/agencies/", "/apply/"} <= {link.attributes["href"] for link in page.css("main a")}


@pytest.mark.django_db
def test_a_refusal_says_what_to_do() -> None:
    response = permission_denied(RequestFactory().get("/"), PermissionError())
    assert response.status_code == 403
    assert "请联系机构管理员核对权限" in response.content.decode()


def test_the_page_for_an_inner_error_asks_nothing_of_the_database() -> None:
    """Runs without database access: a query would fail the test."""
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "故障已记入日志" in response.content.decode()


@pytest.mark.django_db
@override_settings(GONGKAI_SITE_NAME="某市政府信息公开平台")
def test_the_portal_carries_the_installations_name(read: Read) -> None:
    pages.clear()  # the name is a setting: it changes with a restart, not within one
    page = read("/help/")
    assert page.css_first(".brand").text(strip=True) == "公开某市政府信息公开平台"
    assert page.css_first("title").text() == "使用帮助 - 某市政府信息公开平台"


def test_the_pager_shows_ends_neighbours_and_gaps() -> None:
    pager = Pager(number=6, pages=12, total=240, query="q=a")
    assert [link.label for link in pager.links] == ["1", "…", "4", "5", "6", "7", "8", "…", "12"]
    assert pager.previous == "?q=a&page=5"
    assert Pager(number=1, pages=1, total=3, query="").many is False
    assert Pager(number=2, pages=2, total=30, query="").previous == "."


def test_a_chart_says_in_words_what_it_draws_and_has_its_table() -> None:
    chart = bar_chart("历年公开信息数量", [("2023年", 4), ("2024年", 0)], head=("年份", "件"))
    html = render_to_string("portal/components/chart.html", {"chart": chart})
    assert 'aria-label="历年公开信息数量：2023年 4，2024年 0"' in html
    assert html.count("<rect") == 2
    assert [bar.height for bar in chart.bars] == [128.0, 0.0]
    assert "<caption" in html
