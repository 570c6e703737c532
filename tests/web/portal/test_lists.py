"""Home, agencies, columns, the policy library, annual reports, feeds, site maps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import Client
from portal_pages import Publish, Read, texts

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import InformationItem, NormativeRecord
from gongkai_web.information.services.publication import withdraw
from gongkai_web.portal import paging
from gongkai_web.proactive.services import take_set

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_home_page_names_what_is_new_and_what_is_policy(publish: Publish, read: Read) -> None:
    publish(title="工作动态")
    publish(title="管理办法", document_number="某卫规〔2025〕2号")
    page = read("/")
    assert texts(page, "[aria-labelledby=newest] .title") == ["管理办法", "工作动态"]
    assert texts(page, "[aria-labelledby=policies] .title") == ["管理办法"]
    assert texts(page, ".figures dd")[0] == "2件"
    assert texts(page, "[aria-labelledby=agencies] li") == ["某市人民政府0 件", "某市卫生健康委员会2 件"]


def test_an_empty_installation_has_a_home_page_that_says_so(read: Read) -> None:
    page = read("/")
    assert "平台尚未建立机关" in page.css_first(".hero p").text()
    assert texts(page, ".empty b") == ["尚未公开政府信息", "尚未公开政策文件"]


def test_every_agency_stands_in_the_tree_with_its_count(publish: Publish, read: Read, other_agency: Agency) -> None:
    publish()
    page = read("/agencies/")
    assert texts(page, "tbody th") == ["某市人民政府", "某市卫生健康委员会", "某市水务局"]
    assert texts(page, "tbody td[data-label='已公开（件）']") == ["0", "1", "0"]


def test_an_agencys_area_has_the_unified_blocks(read: Read, agency: Agency) -> None:
    blocks = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"]
    assert texts(read("/agencies/health/"), ".entrances b") == blocks


def test_an_unknown_agency_or_column_is_a_404_that_says_where_to_look(read: Read, agency: Agency) -> None:
    assert "公开机关" in read("/agencies/nowhere/", status=404).css_first(".error-page p + h1 + p").text()
    assert "某市卫生健康委员会没有这个栏目" in read("/agencies/health/nothing/", status=404).text()


def test_an_upper_column_lists_its_children_too(publish: Publish, read: Read, agency: Agency) -> None:
    take_set(agency, "art20")
    publish(title="统计公报", column=agency.columns.get(code="art20-04"))
    publish(title="综合信息")
    assert texts(read("/agencies/health/statutory/"), ".items .title") == ["综合信息", "统计公报"]
    assert texts(read("/agencies/health/art20-04/"), ".items .title") == ["统计公报"]
    assert texts(read("/agencies/health/"), "section .agencies li")[3] == "统计信息1 件"


def test_a_column_carries_its_meta_tags_and_its_feed(read: Read, agency: Agency) -> None:
    take_set(agency, "art20")
    page = read("/agencies/health/art20-04/")
    tag = page.css_first("meta[name=ColumnDescription]")
    assert tag.attributes["content"] == "国民经济和社会发展统计信息"
    feed = page.css_first("link[type='application/atom+xml']")
    assert feed.attributes["href"] == "/agencies/health/art20-04/feed.xml"


def test_pages_keep_the_filters_in_their_addresses(
    publish: Publish, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging.paginate, "__kwdefaults__", {"per_page": 2})
    for number in range(5):
        publish(title=f"通知{number}")
    publish(title="公告")
    page = read("/agencies/health/statutory/?q=通知&year=&page=2")
    assert texts(page, ".items .title") == ["通知2", "通知1"]
    links = [link.attributes["href"] for link in page.css(".pager a")]
    first, third = "?q=%E9%80%9A%E7%9F%A5", "?q=%E9%80%9A%E7%9F%A5&page=3"
    assert links == [first, first, third, third]
    assert texts(read("/agencies/health/statutory/?q=通知&page=99"), ".items .title") == ["通知0"]
    assert texts(read("/agencies/health/statutory/?q=通知&page=x"), ".items .title") == ["通知4", "通知3"]


def test_a_filter_value_that_is_not_on_offer_is_named_and_ignored(publish: Publish, read: Read) -> None:
    publish(title="通知")
    page = read("/agencies/health/statutory/?year=1066")
    assert texts(page, ".row--error .error") == ["没有这个选项，已按不限显示。"]
    assert texts(page, ".items .title") == ["通知"]


def test_a_filter_that_finds_nothing_offers_the_way_back(publish: Publish, read: Read) -> None:
    publish()
    page = read("/agencies/health/statutory/?q=没有这样的标题")
    assert texts(page, ".empty b") == ["没有符合条件的信息"]
    assert page.css_first(".empty a").attributes["href"] == "."


@pytest.fixture
def library(
    publish: Publish,
    register: Callable[..., NormativeRecord],
    add_event: Callable[..., object],
    staff: dict[Role, User],
) -> None:
    """A repealed and a valid normative document, another numbered document, and something without a number."""
    old = register(publish(title="旧办法", document_number="某卫规〔2020〕1号", formed_on=date(2020, 1, 2)))
    add_event(old, by=staff[Role.DRAFTER], kind="repealed", effective_on=date(2024, 1, 1), basis="某卫规〔2024〕1号")
    register(publish(title="新办法", document_number="某卫规〔2024〕1号", topic="卫生、体育"))
    publish(title="年度要点", document_number="某卫办〔2024〕7号")
    publish(title="工作动态")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["年度要点", "新办法", "旧办法"]),
        ("?validity=repealed", ["旧办法"]),
        ("?kind=normative_document", ["新办法", "旧办法"]),
        ("?kind=other", ["年度要点"]),
        ("?topic=卫生、体育", ["新办法"]),
        ("?agency=health&q=〔2024〕", ["年度要点", "新办法"]),
        ("?agency=gov", []),
        ("?year=2001", ["年度要点", "新办法", "旧办法"]),
    ],
)
def test_the_policy_library_filters(library: None, read: Read, query: str, titles: list[str]) -> None:
    assert texts(read(f"/policies/{query}"), ".items .title") == titles


def test_the_policy_library_shows_what_is_in_force_and_what_is_not(library: None, read: Read) -> None:
    assert texts(read("/policies/"), ".items .chip") == ["现行有效", "废止"]


def test_annual_reports_are_listed_across_agencies_and_their_absence_is_stated(
    publish: Publish, read: Read, agency: Agency
) -> None:
    assert texts(read("/reports/"), ".empty b") == ["尚未公布年度报告"]
    publish(title="2024年度报告", column=agency.columns.get(code="annual-report"))
    publish(title="别的信息")
    assert texts(read("/reports/"), ".items .title") == ["2024年度报告"]
    assert texts(read("/reports/?agency=gov"), ".empty b") == ["没有符合条件的年度报告"]


def test_the_guide_has_the_statutory_elements_and_its_reviewed_text(
    publish: Publish, read: Read, agency: Agency
) -> None:
    agency.phone, agency.disclosure_office = "0999-1234567", "办公室"
    agency.save()
    take_set(agency, "art20")
    publish(title="指南", column=agency.columns.get(code="guide"), body="<p>受理范围。</p>")
    page = read("/agencies/health/guide/")
    labels = ["工作机构名称", "办公地址", "办公时间", "联系电话", "传真号码", "电子邮箱", "网站地址"]
    assert texts(page, ".contact dt") == labels
    assert texts(page, ".contact dd")[:4] == ["办公室", "未登记", "未登记", "0999-1234567"]
    headings = ["政府信息公开工作机构", "政府信息的分类", "编排体系", "获取方式", "指南正文"]
    assert texts(page, "main h2")[:5] == headings
    assert len(page.css("tbody tr")) == 15
    assert "组织机构代码、年份、流水号" in page.css_first("[aria-labelledby=order]").text()
    assert page.css_first("[aria-labelledby=text] .prose").text(strip=True) == "受理范围。"


def test_annual_reports_are_narrowed_by_the_year_they_report_on(publish: Publish, read: Read, agency: Agency) -> None:
    column = agency.columns.get(code="annual-report")
    for title in ("某委2024年政府信息公开工作年度报告", "某委2025年政府信息公开工作年度报告", "年度报告（无年份）"):
        publish(title=title, column=column)
    InformationItem.objects.update(published_on=date(2026, 1, 20))
    InformationItem.objects.filter(title__contains="2024").update(published_on=date(2025, 1, 20))
    page = read("/reports/?year=2025")
    assert texts(page, ".items .title") == ["年度报告（无年份）", "某委2025年政府信息公开工作年度报告"]
    assert texts(page, "#filter-year option") == ["不限", "2025年", "2024年"]
    assert texts(read("/reports/?year=2024"), ".items .title") == ["某委2024年政府信息公开工作年度报告"]


def test_the_office_can_be_called_and_written_to_from_a_phone(read: Read, agency: Agency) -> None:
    agency.phone, agency.email = "0379-6390 0000", "office@example.cn"
    agency.save()
    links = {link.text(): link.attributes["href"] for link in read("/agencies/health/").css(".contact a")}
    assert links["0379-6390 0000"] == "tel:0379-63900000"
    assert links["office@example.cn"] == "mailto:office@example.cn"


def test_the_page_on_applying_states_the_periods_of_the_law_in_force(read: Read, agency: Agency) -> None:
    steps = texts(read("/agencies/health/application/"), ".timeline b")
    assert steps[1:4] == ["7个工作日内", "20个工作日内", "最长再延20个工作日"]


def _feed_titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    entries = ElementTree.fromstring(response.content).iter(f"{ATOM}entry")  # noqa: S314  # our own answer
    return [entry.findtext(f"{ATOM}title") or "" for entry in entries]


def test_feeds_follow_the_platform_an_agency_and_a_column(
    publish: Publish, client: Client, agency: Agency, government: Agency
) -> None:
    publish(title="甲 & 乙")
    publish(title="年报", column=agency.columns.get(code="annual-report"))
    assert _feed_titles(client, "/feed.xml") == ["年报", "甲 & 乙"]
    assert _feed_titles(client, "/agencies/health/feed.xml") == ["年报", "甲 & 乙"]
    assert _feed_titles(client, "/agencies/gov/feed.xml") == []
    assert _feed_titles(client, "/agencies/health/statutory/feed.xml") == ["甲 & 乙"]
    assert client.get("/agencies/health/nothing/feed.xml").status_code == 404


def _locations(client: Client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)  # noqa: S314  # our own answer
    return [node.text or "" for node in root.iter(f"{SITEMAP}loc")]


def test_the_sitemap_names_pages_and_public_items_only(
    publish: Publish, client: Client, make_item: Callable[..., InformationItem]
) -> None:
    item, draft = publish(), make_item()
    parts = _locations(client, "/sitemap.xml")
    assert parts == ["http://testserver/sitemap-pages.xml", "http://testserver/sitemap-items-0.xml"]
    listed = _locations(client, "/sitemap-items-0.xml")
    assert f"http://testserver/items/{item.pk}/" in listed
    assert f"http://testserver/items/{draft.pk}/" not in listed
    pages = _locations(client, "/sitemap-pages.xml")
    for address in ("/agencies/health/guide/", "/statistics/", "/api/v1/"):
        assert f"http://testserver{address}" in pages
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_a_withdrawn_item_is_gone_from_every_list_at_once(
    publish: Publish, client: Client, staff: dict[Role, User]
) -> None:
    item = publish(title="即将撤回的信息", document_number="某卫规〔2025〕8号")
    lists = ["/", "/policies/", "/agencies/health/", "/agencies/health/statutory/", "/feed.xml"]
    for address in lists:
        assert "即将撤回的信息" in client.get(address).content.decode(), address
    withdraw(item, by=staff[Role.REVIEWER_3], reason="数据有误。")
    for address in [*lists, "/sitemap-items-0.xml"]:
        page = client.get(address).content.decode()
        assert "即将撤回的信息" not in page, address
        assert f"/items/{item.pk}/" not in page, address
