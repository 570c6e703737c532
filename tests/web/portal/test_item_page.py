"""An item's page: metadata head, meta tags, validity, attachments, interpretation, print view, tombstone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from portal_pages import Publish, Read, facts, meta, texts

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import (
    AgencyDocument,
    Attachment,
    AttachmentKind,
    InformationItem,
    Interpretation,
    NormativeRecord,
)
from gongkai_web.information.services.publication import resubmit_withdrawn, withdraw

pytestmark = pytest.mark.django_db
Register = Callable[..., NormativeRecord]
REASON = "附件数据有误，更正后重新公开。"


def test_the_metadata_head_has_the_catalogues_elements(publish: Publish, read: Read) -> None:
    item = publish(
        title="预防接种管理办法",
        document_number="某卫规〔2025〕2号",
        topic="卫生、体育",
        genre="规范性文件",
        keywords="预防接种",
        summary="规定接种单位的设置条件。",
        formed_on=date(2025, 6, 3),
    )
    shown = facts(read(f"/items/{item.pk}/"))
    today = timezone.localdate()
    assert shown == {
        "索引号": item.index_number,
        "主题分类": "卫生、体育",
        "发文机关": "某市卫生健康委员会",
        "成文日期": "2025年6月3日",
        "名称": "预防接种管理办法",
        "发文字号": "某卫规〔2025〕2号",
        "发布日期": f"{today.year}年{today.month}月{today.day}日",
        "公开方式": "主动公开",
        "信息来源": "某市卫生健康委员会",
        "体裁分类": "规范性文件",
        "主题词": "预防接种",
        "内容概述": "规定接种单位的设置条件。",
    }


def test_what_is_not_stated_says_so_and_is_not_left_blank(publish: Publish, read: Read) -> None:
    shown = facts(read(f"/items/{publish().pk}/"))
    assert shown["发文字号"] == "无"
    assert shown["主题分类"] == "无"
    assert "有效性" not in shown


def test_an_item_with_parts_removed_names_the_ground(publish: Publish, read: Read) -> None:
    item = publish(attribute="partly_open", exemption_reason="privacy")
    shown = facts(read(f"/items/{item.pk}/"))
    assert shown["公开方式"] == "删减后公开"
    assert shown["删减理由"] == "涉及个人隐私，公开会对第三方合法权益造成损害"


def test_an_article_carries_the_standard_meta_tags(
    publish: Publish, read: Read, agency: Agency, government: Agency
) -> None:
    government.site_code = "4100000001"
    government.save()
    item = publish(title="通知一", keywords="甲,乙", summary="概述。", source="某日报")
    tags = meta(read(f"/items/{item.pk}/"))
    assert tags["SiteName"] == "政府信息公开"
    assert tags["SiteDomain"] == "testserver"
    assert tags["SiteIDCode"] == "4100000001"
    assert tags["ColumnName"] == "法定主动公开内容"
    assert tags["ColumnType"] == "法定主动公开内容"
    assert tags["ArticleTitle"] == "通知一"
    assert tags["PubDate"] == f"{timezone.localdate():%Y-%m-%d}"
    assert tags["ContentSource"] == "某日报"
    assert tags["Keywords"] == "甲,乙"
    assert tags["Description"] == "概述。"
    assert tags["Url"] == f"http://testserver/items/{item.pk}/"


def test_a_reprint_links_to_its_source(publish: Publish, read: Read) -> None:
    item = publish(source="某省卫健委", source_url="https://source.example/a")
    link = read(f"/items/{item.pk}/").css_first(".facts a")
    assert link.attributes["href"] == "https://source.example/a"
    assert link.text() == "某省卫健委"


def test_text_of_people_is_escaped_everywhere(publish: Publish, client: Client) -> None:
    item = publish(title='<script>alert("甲")</script>', summary="<b>概</b>", keywords='"><img src=x>')
    for address in (f"/items/{item.pk}/", f"/items/{item.pk}/print/", "/", "/agencies/health/", "/feed.xml"):
        page = client.get(address).content.decode()
        assert "<script>" not in page
        assert "<img src=x>" not in page
        assert "alert(" in page or address == "/feed.xml"


def test_a_wide_table_scrolls_in_a_frame_that_the_keyboard_reaches(publish: Publish, read: Read) -> None:
    item = publish(body="<table><tbody><tr><td>甲</td></tr></tbody></table>")
    frame = read(f"/items/{item.pk}/").css_first(".prose .scroll")
    assert frame.attributes["tabindex"] == "0"
    assert frame.css_first("td").text() == "甲"


def test_a_document_in_force_is_stamped(publish: Publish, read: Read, register: Register) -> None:
    item = publish()
    register(item)
    page = read(f"/items/{item.pk}/")
    assert texts(page, ".stamp") == ["现行有效"]
    assert texts(page, ".notice") == []
    assert facts(page)["有效性"] == "现行有效"


def test_a_repealed_document_says_since_when_and_by_what(
    publish: Publish,
    read: Read,
    register: Register,
    add_event: Callable[..., object],
    staff: dict[Role, User],
) -> None:
    item, decision = publish(title="旧办法"), publish(title="废止决定")
    day = date(2025, 6, 10)
    add_event(
        register(item), by=staff[Role.DRAFTER], kind="repealed", effective_on=day, basis="废止决定", basis_item=decision
    )
    page = read(f"/items/{item.pk}/")
    assert texts(page, ".stamp") == ["废止"]
    assert page.css_first(".notice b").text() == "本文件自2025年6月10日起废止，仅供查阅。"
    assert page.css_first(".notice a").attributes["href"] == f"/items/{decision.pk}/"
    assert texts(page, ".timeline b") == ["制发", "施行", "废止"]


def test_an_expired_document_says_so(publish: Publish, read: Read, register: Register) -> None:
    item = publish(formed_on=date(2020, 1, 2))
    register(item, in_force_until=date(2025, 1, 31))
    page = read(f"/items/{item.pk}/")
    assert texts(page, ".stamp") == ["失效"]
    assert page.css_first(".notice b").text() == "本文件自2025年2月1日起失效，仅供查阅。"


def test_an_amended_document_points_to_the_amendment_even_when_it_is_not_on_the_portal(
    publish: Publish, read: Read, register: Register, add_event: Callable[..., object], staff: dict[Role, User]
) -> None:
    item = publish()
    day = date(2025, 7, 1)
    add_event(register(item), by=staff[Role.DRAFTER], kind="amended", effective_on=day, basis="某卫规〔2025〕9号")
    page = read(f"/items/{item.pk}/")
    assert texts(page, ".stamp") == ["已修改"]
    assert "依据：某卫规〔2025〕9号" in page.css_first(".notice").text()
    assert page.css_first(".notice a") is None


def test_a_document_not_yet_in_force_says_when(publish: Publish, read: Read, register: Register) -> None:
    item = publish()
    register(item, effective_on=date(2999, 1, 1))
    page = read(f"/items/{item.pk}/")
    assert texts(page, ".stamp") == ["尚未施行"]
    assert page.css_first(".notice b").text() == "本文件自2999年1月1日起施行，目前尚未施行。"


def test_policy_and_interpretation_link_to_each_other(publish: Publish, read: Read) -> None:
    policy = publish(title="管理办法", document_number="某卫规〔2025〕2号")
    reading = publish(title="一图读懂管理办法")
    Interpretation.objects.create(policy=policy, interpreting=reading, kind="graphic")
    there = read(f"/items/{policy.pk}/").css_first("[aria-labelledby=interpretations]")
    assert there.css_first("a").attributes["href"] == f"/items/{reading.pk}/"
    assert there.css_first(".chip").text() == "图解"
    back = read(f"/items/{reading.pk}/").css_first("[aria-labelledby=explained]")
    assert back.css_first("a").attributes["href"] == f"/items/{policy.pk}/"


def test_an_interpretation_that_is_not_public_is_not_named(
    publish: Publish, make_item: Callable[..., InformationItem], client: Client
) -> None:
    policy = publish()
    Interpretation.objects.create(policy=policy, interpreting=make_item(title="未公开的解读"), kind="text")
    assert "未公开的解读" not in client.get(f"/items/{policy.pk}/").content.decode()


def test_attachments_are_offered_and_go_with_the_item(
    publish: Publish,
    read: Read,
    client: Client,
    agency: Agency,
    staff: dict[Role, User],
    make_file: Callable[..., AgencyDocument],
) -> None:
    document = make_file(agency, "实施方案")
    item = publish(attachments=[document])
    link = read(f"/items/{item.pk}/").css_first(".files a")
    assert link.text() == "实施方案"
    address = link.attributes["href"]
    assert address
    assert client.get(address).status_code == 200
    withdraw(item, by=staff[Role.REVIEWER_3], reason=REASON)
    assert client.get(address).status_code == 404


def test_a_draft_has_no_page(make_item: Callable[..., InformationItem], client: Client) -> None:
    item = make_item(title="内部草稿")
    for address in (f"/items/{item.pk}/", f"/items/{item.pk}/print/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "内部草稿" not in response.content.decode()


def test_a_withdrawn_item_leaves_a_tombstone_without_its_content(
    publish: Publish, read: Read, client: Client, staff: dict[Role, User]
) -> None:
    item = publish(title="含有隐私的标题", body="<p>不应再出现的正文。</p>")
    client.get(f"/items/{item.pk}/")
    withdraw(item, by=staff[Role.REVIEWER_3], reason=REASON)
    page = read(f"/items/{item.pk}/", status=410)
    assert page.css_first("h1").text() == "这件信息已撤回"
    assert facts(page) == {"索引号": item.index_number, "机关": "某市卫生健康委员会", "撤回理由": REASON}
    assert meta(page)["robots"] == "noindex"
    for address in (f"/items/{item.pk}/", f"/items/{item.pk}/print/"):
        body = client.get(address).content.decode()
        assert "含有隐私的标题" not in body
        assert "不应再出现的正文" not in body


def test_an_item_under_a_new_review_after_withdrawal_stays_a_tombstone(
    publish: Publish, read: Read, staff: dict[Role, User]
) -> None:
    item = publish()
    withdraw(item, by=staff[Role.REVIEWER_3], reason=REASON)
    resubmit_withdrawn(item, by=staff[Role.DRAFTER])
    assert facts(read(f"/items/{item.pk}/", status=410))["撤回理由"] == REASON


def test_the_public_reads_the_signed_text_while_a_draft_waits(
    publish: Publish, client: Client, staff: dict[Role, User]
) -> None:
    from gongkai_web.information.services.drafting import save_draft  # noqa: PLC0415

    item = publish()
    draft = item.draft()
    draft.title = "没有签审的新标题"
    save_draft(draft, by=staff[Role.DRAFTER])
    assert "没有签审的新标题" not in client.get(f"/items/{item.pk}/").content.decode()


def test_the_print_view_is_a_sheet_with_the_whole_text(publish: Publish, read: Read) -> None:
    item = publish(title="通知一", body="<p>正文一。</p>")
    page = read(f"/items/{item.pk}/print/")
    assert page.css_first(".sheet h1").text() == "通知一"
    assert page.css_first(".sheet .prose").text(strip=True) == "正文一。"
    assert page.css_first(".masthead") is None
    assert meta(page)["robots"] == "noindex"


def test_pictures_are_printed_and_films_are_named(
    publish: Publish, read: Read, agency: Agency, make_file: Callable[..., AgencyDocument]
) -> None:
    picture, film = make_file(agency, "一图读懂"), make_file(agency, "操作演示")
    kinds = ((picture, AttachmentKind.IMAGE), (film, AttachmentKind.VIDEO))
    item = publish(
        attachments=[
            Attachment(document=document, title=document.title, kind=kind, sha256=document.sha256)
            for document, kind in kinds
        ]
    )
    page = read(f"/items/{item.pk}/print/")
    assert page.css_first(".sheet img").attributes["alt"] == "一图读懂"
    assert page.css_first(".sheet .enclosed").text() == "视频：操作演示（请在网页上观看或收听）"


def test_a_file_is_offered_with_its_type_and_size(
    publish: Publish, read: Read, agency: Agency, make_file: Callable[..., AgencyDocument]
) -> None:
    item = publish(attachments=[make_file(agency, "实施方案", b"x" * 2048)])
    shown = read(f"/items/{item.pk}/").css_first(".files li")
    assert (shown.css_first(".type").text(), shown.css_first("small").text()) == ("TXT", "2.0\xa0KB")


@pytest.mark.parametrize(
    "address", ["/items/999999/", "/items/99999999999999999999/", "/sitemap-items-99999999999999.xml"]
)
def test_a_number_without_an_item_is_a_404(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404


def test_breadcrumbs_lead_through_agency_and_columns(publish: Publish, read: Read) -> None:
    page = read(f"/items/{publish().pk}/")
    assert texts(page, ".crumbs li") == ["首页", "市卫健委", "法定主动公开内容", "正文"]
    links = [link.attributes["href"] for link in page.css(".crumbs a")]
    assert links == ["/", "/agencies/health/", "/agencies/health/statutory/"]


def test_an_item_in_a_hidden_column_stays_readable_but_the_column_is_not_linked(
    publish: Publish, read: Read, agency: Agency
) -> None:
    item = publish()
    column = agency.columns.get(code="statutory")
    column.is_shown = False
    column.save()
    assert texts(read(f"/items/{item.pk}/"), ".crumbs li") == ["首页", "市卫健委", "正文"]
    read("/agencies/health/statutory/", status=404)
