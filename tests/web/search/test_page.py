"""The search page as a reader sees it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from search_entries import make_entry
from selectolax.lexbor import LexborHTMLParser

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import InformationItem, ReviewCase
from gongkai_web.information.services.drafting import save_draft
from gongkai_web.information.services.publication import withdraw
from gongkai_web.search import services
from gongkai_web.search.asked import Asked
from gongkai_web.search.backend import SearchBackend
from gongkai_web.search.tantivy_backend import TantivyBackend

pytestmark = pytest.mark.django_db
MakeItem = Callable[..., InformationItem]
SignAll = Callable[..., ReviewCase]


@pytest.fixture
def publish(make_item: MakeItem, sign_all: SignAll, backend: SearchBackend) -> Callable[..., InformationItem]:
    """`publish(title=…)`: a live item that the index has."""

    def run(**fields: Any) -> InformationItem:
        item = make_item(**fields)
        sign_all(item)
        services.update()
        return item

    return run


Publish = Callable[..., InformationItem]


def page(client: Client, address: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(f"/search/{address}")
    assert response.status_code == status
    return LexborHTMLParser(response.content)


def titles(html: LexborHTMLParser) -> list[str]:
    return [node.text(deep=True) for node in html.css(".items .title")]


def test_an_empty_question_shows_the_form_and_how_to_ask(client: Client, backend: SearchBackend) -> None:
    html = page(client, "")
    assert html.css_first("form[role=search] input[name=q]") is not None
    assert "文号可写作" in html.body.text()  # type: ignore[union-attr]


def test_a_summary_that_begins_the_text_is_not_shown_twice(client: Client, publish: Publish) -> None:
    publish(summary="明确接种门诊的设置要求。", body="<p>明确接种门诊的设置要求。</p><p>各单位分工落实。</p>")
    shown = page(client, "?q=接种门诊").css_first(".summary").text(deep=True)  # type: ignore[union-attr]
    assert shown.count("明确接种门诊的设置要求") == 1
    assert "各单位分工落实" in shown


def test_a_hit_shows_title_place_number_and_agency_with_the_terms_marked(client: Client, publish: Publish) -> None:
    publish(title="防疫工作方案", body="<p>概述。</p><p>各单位做好防疫。</p>", document_number="某卫发〔2025〕3号")
    html = page(client, "?q=防疫")
    assert titles(html) == ["防疫工作方案"]
    assert [mark.text() for mark in html.css("mark")] == ["防疫", "防疫"]
    assert html.css_first(".about").text(separator=" ") == "某卫发〔2025〕3号 市卫健委"  # type: ignore[union-attr]
    assert html.css_first("#found").text() == "共找到 1 件"  # type: ignore[union-attr]


def test_what_is_typed_and_what_is_written_is_escaped(client: Client, publish: Publish) -> None:
    publish(title="防疫<script>alert(1)</script>", body="<p>防疫 &lt;b&gt;</p>")
    content = client.get("/search/?q=防疫<script>x").content.decode()
    assert "<script>x" not in content
    content = client.get("/search/?q=防疫").content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert" in content


def test_drafts_withdrawn_items_and_stale_entries_of_the_index_are_not_shown(
    client: Client, publish: Publish, make_item: MakeItem, staff: dict[Role, User]
) -> None:
    item = publish(title="防疫方案")
    make_item(title="防疫草稿")
    withdraw(item, by=staff[Role.REVIEWER_3], reason="有误")  # the index has not heard of it yet
    html = page(client, "?q=防疫")
    assert titles(html) == []
    assert "防疫草稿" not in html.html  # type: ignore[operator]


def test_a_text_that_was_replaced_does_not_live_on_in_a_snippet(
    client: Client, publish: Publish, staff: dict[Role, User], sign_all: SignAll
) -> None:
    item = publish(title="防疫方案", summary="概述", body="<p>防疫：联系人张某。</p>")
    draft = item.draft()
    draft.body = "<p>防疫：联系人略。</p>"
    save_draft(draft, by=staff[Role.DRAFTER])
    sign_all(item)  # the index has not heard of it yet
    html = page(client, "?q=防疫")
    assert titles(html) == ["防疫方案"]
    assert html.css_first(".summary").text() == "概述"  # type: ignore[union-attr]


def test_filters_keep_the_question_and_can_be_taken_away(client: Client, publish: Publish, agency: Agency) -> None:
    publish(title="防疫方案")
    html = page(client, f"?q=防疫&agency={agency.slug}&year=1999")
    assert titles(html) == []
    addresses = {a.text(): a.attributes["href"] for a in html.css(".chosen a")}
    assert addresses["机关：市卫健委 ×，取消这个条件"] == f"?q={quote('防疫')}&year=1999"
    assert titles(page(client, f"?q=防疫&agency={agency.slug}")) == ["防疫方案"]
    assert titles(page(client, "?q=防疫&agency=nobody")) == []


def test_a_column_is_chosen_by_its_name_and_offered_when_it_is_asked_for(
    client: Client, publish: Publish, agency: Agency
) -> None:
    column = agency.columns.get(code="statutory")
    publish(title="防疫方案")
    assert titles(page(client, f"?column={column.name}")) == ["防疫方案"]
    assert titles(page(client, "?column=没有的栏目")) == []
    html = page(client, f"?q={column.name}")
    assert column.name in [a.text() for a in html.css(".matching a")]


def test_a_hidden_column_names_nothing_and_finds_nothing_before_the_index_has_heard_of_it(
    client: Client, publish: Publish, agency: Agency, make_item: MakeItem, sign_all: SignAll
) -> None:
    column, other = (agency.columns.create(name=name, slug=name) for name in ("防疫专题", "水利专题"))
    publish(title="防疫方案", column=column)
    publish(title="防疫预案", column=other)
    offered = sorted(a.text() for a in page(client, "?q=防疫").css(".narrow a"))
    assert offered == ["水利专题1 件", "防疫专题1 件"]
    assert titles(page(client, "?q=防疫&column=防疫专题")) == ["防疫方案"]
    column.is_shown = False
    column.save()  # noted; the index follows after the commit, which a test never reaches
    assert services.is_behind()
    html = page(client, "?q=防疫")
    assert sorted(titles(html)) == ["防疫方案", "防疫预案"]
    assert "防疫专题" not in html.html  # type: ignore[operator]
    html = page(client, "?q=防疫&column=防疫专题")
    assert (titles(html), html.css_first("#found").text()) == ([], "没有找到")  # type: ignore[union-attr]
    assert client.get("/search/suggest/?q=防疫专").json() == {"suggestions": []}
    assert titles(page(client, "?q=防疫&column=水利专题")) == ["防疫预案"]


def test_a_withdrawn_item_is_not_shown_while_hundreds_of_changes_wait(
    client: Client, publish: Publish, staff: dict[Role, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [publish(title=f"防疫通报第{number}期") for number in range(3)]
    monkeypatch.setattr(services, "WITHIN_A_REQUEST", 1)
    items[0].column.name = "防疫动态"
    items[0].column.save()
    withdraw(items[0], by=staff[Role.REVIEWER_3], reason="有误")
    assert services.is_behind()
    assert sorted(titles(page(client, "?q=防疫"))) == ["防疫通报第1期", "防疫通报第2期"]
    assert client.get("/search/suggest/?q=防疫通").json() == {"suggestions": ["防疫通报第2期", "防疫通报第1期"]}


def test_only_filters_that_would_change_something_are_offered(
    client: Client, publish: Publish, agency: Agency, other_agency: Agency, backend: SearchBackend
) -> None:
    publish(title="防疫方案")
    assert [h.text() for h in page(client, "?q=防疫").css(".side h2")] == []
    with backend.exclusive():
        backend.update([make_entry(999, "防疫", agency=other_agency.pk)], remove=[])
    html = page(client, "?q=防疫")
    assert "机关" in [h.text() for h in html.css(".side h2")]
    addresses = {a.text(): str(a.attributes["href"]) for a in html.css(".narrow a")}
    assert addresses["市卫健委1 件"].endswith(f"&agency={agency.slug}")


def test_nothing_found_leads_to_an_application_with_the_question(
    client: Client, backend: SearchBackend, agency: Agency
) -> None:
    html = page(client, "?q=没有的东西")
    assert "没有找到包含“没有的东西”的政府信息" in html.body.text()  # type: ignore[union-attr]
    assert html.css_first(".apply-hint a").attributes["href"]  # type: ignore[union-attr]
    html = page(client, f"?q=没有的东西&agency={agency.slug}")
    assert client.get(str(html.css_first(".apply-hint a").attributes["href"])).status_code == 200  # type: ignore[union-attr]


def test_pages_lead_on_and_back(client: Client, publish: Publish) -> None:
    for number in range(21):
        publish(title=f"防疫通知第{number}期")
    html = page(client, "?q=防疫")
    assert len(titles(html)) == 20
    assert html.css_first("a[rel=next]").attributes["href"] == f"?q={quote('防疫')}&page=2"  # type: ignore[union-attr]
    assert len(titles(page(client, "?q=防疫&page=2"))) == 1


def test_nonsense_in_the_address_is_ignored(client: Client, publish: Publish) -> None:
    publish(title="防疫方案")
    for nonsense in (
        "year=abc",
        "year=²",
        "page=-1",
        "page=99999999999",
        "validity=x",
        "sort=x",
        "q=%00防疫",
        "column=%00",
    ):
        assert client.get(f"/search/?q=防疫&{nonsense}").status_code == 200


def test_without_an_index_titles_are_found_and_the_page_says_so(
    client: Client, make_item: MakeItem, sign_all: SignAll, backend: SearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_all(make_item(title="防疫方案"))
    monkeypatch.setattr(services, "SMALL", 0)
    html = page(client, "?q=防疫")
    assert titles(html) == ["防疫方案"]
    assert "检索索引正在建立" in html.body.text()  # type: ignore[union-attr]


def test_too_many_questions_have_to_wait_and_others_do_not(
    client: Client, backend: SearchBackend, settings: Any
) -> None:
    settings.GONGKAI_SEARCH_PER_MINUTE = 3
    answers = [client.get("/search/?q=防疫") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 61
    assert "检索过于频繁" in answers[3].content.decode()
    assert client.get("/search/?q=防疫", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/search/").status_code == 200


def test_no_answer_is_kept_by_anybody_or_listed_by_engines(client: Client, publish: Publish) -> None:
    publish(title="防疫方案")
    response = client.get("/search/?q=防疫")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert LexborHTMLParser(response.content).css_first("meta[name=robots]").attributes["content"] == "noindex, follow"  # type: ignore[union-attr]


def test_questions_are_not_logged(
    client: Client, publish: Publish, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.GONGKAI_SEARCH_PER_MINUTE = 1
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            client.get("/search/?q=410000199001011234")
            client.get("/search/suggest/?q=410000199001011234")
    logged = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert not [record for record in logged if "410000199001011234" in record.getMessage()]


def test_suggestions_are_columns_and_public_titles(
    client: Client, publish: Publish, make_item: MakeItem, agency: Agency
) -> None:
    publish(title="法定节假日值班安排")
    make_item(title="法定草稿")
    found = client.get("/search/suggest/?q=法定").json()["suggestions"]
    assert "法定节假日值班安排" in found
    assert "法定主动公开内容" in found
    assert "法定草稿" not in found
    assert client.get("/search/suggest/?q=").json() == {"suggestions": []}


@pytest.mark.parametrize(
    ("address", "box"), [("/", "site-search"), ("/search/", "question"), ("/search/?q=防疫", "question")]
)
def test_the_boxes_of_the_first_page_and_of_the_answer_complete_what_is_typed(
    client: Client, backend: SearchBackend, agency: Agency, address: str, box: str
) -> None:
    html = LexborHTMLParser(client.get(address).content)
    typed = html.css_first(f"form[role=search] input#{box}")
    assert typed is not None
    assert typed.attributes["data-suggest"] == "/search/suggest/"
    assert typed.attributes["maxlength"] == "100"
    assert typed.attributes["value"] == ("防疫" if "=" in address else "")
    assert [script.attributes["src"] for script in html.css("script")] == ["/static/search/suggest.js"]


def test_other_methods_are_refused(client: Client, backend: SearchBackend) -> None:
    assert client.post("/search/", {"q": "防疫"}).status_code == 405


def test_a_page_costs_few_queries_however_many_hits_it_shows(
    client: Client, publish: Publish, backend: SearchBackend, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(8):
        publish(title=f"防疫通知第{number}期")
    client.get("/search/?q=防疫")
    with django_assert_max_num_queries(8 if isinstance(backend, TantivyBackend) else 13):
        client.get("/search/?q=防疫")


def test_an_address_asks_only_for_what_is_set() -> None:
    asked = Asked(question="防疫", agency="health", page=3)
    assert asked.address(page=2) == f"?q={quote('防疫')}&agency=health&page=2"
    assert asked.address(agency="") == f"?q={quote('防疫')}"
