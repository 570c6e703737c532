"""What the API gives away, and what it does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.api import selectors
from gongkai_web.information.models import InformationItem
from gongkai_web.information.services.drafting import save_draft
from gongkai_web.information.services.publication import withdraw

Make = Callable[..., Any]


def test_a_live_item_is_listed_and_a_draft_is_not(client: Client, live_item: InformationItem, make_item: Make) -> None:
    draft = make_item(title="没有签审的草稿")
    answer = client.get("/api/v1/items")
    assert [row["id"] for row in answer.json()["results"]] == [live_item.pk]
    assert client.get(f"/api/v1/items/{draft.pk}").status_code == 404


def test_an_answer_cannot_know_who_asks(sign_in: Make, staff: dict[Role, User], live_item: InformationItem) -> None:
    asked = sign_in(staff[Role.DRAFTER]).get(f"/api/v1/items/{live_item.pk}").wsgi_request
    assert not hasattr(asked, "session")
    assert not hasattr(asked, "user")


def test_an_item_comes_with_its_catalogue_entry_body_and_files(
    client: Client, make_item: Make, make_file: Make, sign_all: Make, agency: Agency
) -> None:
    item = make_item(
        document_number="某卫发〔2025〕8号",
        keywords="防疫，夏季",
        attachments=[make_file(agency, "申请表", b"form")],
        formed_on=date(2025, 6, 3),
    )
    sign_all(item)
    found = client.get(f"/api/v1/items/{item.pk}").json()
    assert found["title"] == "关于做好夏季防疫工作的通知"
    assert found["body_html"] == "<p>正文。</p>"
    assert found["document_number"] == "某卫发〔2025〕8号"
    assert found["formed_on"] == "2025-06-03"
    assert found["keywords"] == ["防疫", "夏季"]
    assert found["agency"] == {"slug": "health", "name": "某市卫生健康委员会"}
    assert found["column"] == {"slug": "statutory", "name": "法定主动公开内容"}
    assert (found["attribute"], found["validity"]) == ("proactive", None)
    assert found["url"] == f"http://testserver/items/{item.pk}/"
    (file,) = found["attachments"]
    assert (file["title"], file["kind"]) == ("申请表", "file")
    assert file["sha256"] == hashlib.sha256(b"form").hexdigest()
    assert b"".join(client.get(file["url"]).streaming_content) == b"form"  # type: ignore[attr-defined]


def test_a_changed_draft_of_a_live_item_stays_inside(
    client: Client, live_item: InformationItem, staff: dict[Role, User]
) -> None:
    draft = live_item.draft()
    draft.title = "还没有签审的新标题"
    save_draft(draft, by=staff[Role.DRAFTER])
    assert client.get(f"/api/v1/items/{live_item.pk}").json()["title"] == "关于做好夏季防疫工作的通知"


def test_a_withdrawn_item_is_gone_from_the_next_answer_on(
    client: Client, live_item: InformationItem, staff: dict[Role, User]
) -> None:
    first = client.get("/api/v1/items")
    withdraw(live_item, by=staff[Role.REVIEWER_3], reason="内容有误")
    second = client.get("/api/v1/items", headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.json()["results"]) == (200, [])
    gone = client.get(f"/api/v1/items/{live_item.pk}")
    assert gone.status_code == 410
    assert gone.json()["code"] == "API-WITHDRAWN"
    assert gone.json()["message"] == f"索引号为{live_item.index_number}的信息已撤回。理由：内容有误"


def test_unchanged_content_is_answered_with_304(client: Client, live_item: InformationItem) -> None:
    first = client.get("/api/v1/items")
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/api/v1/items", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_pages_follow_one_another_without_gap_or_repetition(
    client: Client, make_item: Make, sign_all: Make, django_assert_max_num_queries: Any
) -> None:
    made = [make_item(title=f"第{number}号通知") for number in range(5)]
    for item in made:
        sign_all(item)
    with django_assert_max_num_queries(5):
        answer = client.get("/api/v1/items?limit=2").json()
    seen = [row["id"] for row in answer["results"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        seen += [row["id"] for row in answer["results"]]
    assert seen == sorted((item.pk for item in made), reverse=True)


def test_filters_narrow_the_list(client: Client, live_item: InformationItem, other_agency: Agency) -> None:
    year = live_item.published_on.year
    column = live_item.column.slug

    def found(query: str) -> int:
        return len(client.get(f"/api/v1/items?{query}").json()["results"])

    assert [found(f"agency=health&column={column}&year={year}"), found(f"published_from={year}-01-01")] == [1, 1]
    assert [found("agency=water"), found(f"year={year - 1}"), found("column=guide"), found("validity=repealed")] == [
        0, 0, 0, 0,
    ]  # fmt: skip
    assert found(f"published_to={year - 1}-12-31") == 0


def test_agencies_and_columns_are_listed_with_their_parents(client: Client, agency: Agency) -> None:
    agencies = client.get("/api/v1/agencies").json()["results"]
    assert [(row["slug"], row["parent"], row["kind_label"]) for row in agencies] == [
        ("gov", None, "人民政府"),
        ("health", "gov", "政府部门"),
    ]
    assert client.get("/api/v1/agencies/health").json()["name"] == "某市卫生健康委员会"
    columns = client.get("/api/v1/columns?agency=health&limit=100").json()["results"]
    assert {row["agency"] for row in columns} == {"health"}
    assert "法定主动公开内容" in [row["name"] for row in columns]


def test_a_hidden_column_is_not_told(client: Client, live_item: InformationItem) -> None:
    column = live_item.column
    column.is_shown = False
    column.save()
    names = [row["slug"] for row in client.get("/api/v1/columns?agency=health&limit=100").json()["results"]]
    assert column.slug not in names
    assert client.get(f"/api/v1/items/{live_item.pk}").json()["column"] is None


def test_counts_know_public_items_only(client: Client, live_item: InformationItem, make_item: Make) -> None:
    make_item(title="草稿")
    make_item(title="内部", attribute="not_open", exemption_reason="state_secret")
    counts = client.get("/api/v1/counts?agency=health").json()
    assert counts["total"] == 1
    assert counts["by_attribute"] == [
        {"key": "proactive", "label": "主动公开", "count": 1},
        {"key": "partly_open", "label": "删减后公开", "count": 0},
    ]
    year = live_item.published_on.year
    assert counts["by_year"] == [{"key": str(year), "label": f"{year}年", "count": 1}]
    assert {row["key"]: row["count"] for row in counts["by_column"]}["statutory"] == 1
    assert client.get("/api/v1/counts").json()["by_column"] == []


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/api/v1/items/99", 404, "API-NOT-FOUND"),
        ("/api/v1/agencies/nobody", 404, "API-NOT-FOUND"),
        ("/api/v1/items?agency=nobody", 404, "API-NOT-FOUND"),
        ("/api/v1/nothing/here", 404, "API-NOT-FOUND"),
        ("/api/v1/items?limit=101", 422, "API-PARAMETER"),
        ("/api/v1/items?cursor=x", 422, "API-PARAMETER"),
        ("/api/v1/items?published_from=2024-02-30", 422, "API-PARAMETER"),
        ("/api/v1/items/99999999999999999999", 422, "API-PARAMETER"),
        ("/api/v1/counts?years=2024", 422, "API-PARAMETER"),
    ],
)
def test_errors_are_json_in_chinese(client: Client, agency: Agency, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.json()["message"].endswith("。")


def test_an_error_names_the_parameter_and_what_it_may_hold(client: Client, agency: Agency) -> None:
    details = client.get("/api/v1/items?limit=101&published_to=gestern").json()["details"]
    assert {entry["parameter"]: entry["message"] for entry in details} == {
        "limit": "不能大于100。",
        "published_to": "应为日期，写作 2024-03-05。",
    }


def test_a_parameter_that_does_not_exist_is_refused_and_not_passed_over(client: Client, agency: Agency) -> None:
    assert client.get("/api/v1/items?agncy=health").json()["details"] == [
        {
            "parameter": "agncy",
            "message": "没有这个参数。可用的参数：agency、column、cursor、document_number、genre、limit、"
            "published_from、published_to、topic、validity、year。",
        }
    ]
    assert client.get("/api/v1/agencies/health?limit=2").json()["details"] == [
        {"parameter": "limit", "message": "没有这个参数。这个地址不带参数。"}
    ]


def test_chinese_is_written_as_it_is(client: Client, agency: Agency) -> None:
    assert "某市卫生健康委员会" in client.get("/api/v1/agencies/health").content.decode()


def test_a_fault_is_told_in_json_and_not_kept(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(selectors, "agencies", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/agencies")
    assert (answer.status_code, answer.json()["code"]) == (500, "API-FAULT")
    assert (answer.headers["Cache-Control"], "disk" in answer.content.decode()) == ("no-store", False)
    with pytest.raises(OSError, match="the disk is gone"):
        Client().get("/api/v1/agencies")


def test_nothing_can_be_written(client: Client, agency: Agency) -> None:
    answer = client.post("/api/v1/items", {})
    assert (answer.status_code, answer.json()["code"]) == (405, "API-METHOD")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_any_site_may_read_and_no_cookie_is_set(client: Client, live_item: InformationItem) -> None:
    answer = client.get("/api/v1/items")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    assert client.options("/api/v1/items").status_code == 204
    assert client.head("/api/v1/items").headers["ETag"] == answer.headers["ETag"]


def test_too_many_questions_are_refused_with_the_time_to_wait(client: Client, agency: Agency, settings: Any) -> None:
    settings.GONGKAI_API_PER_MINUTE = 2
    statuses = [client.get("/api/v1/agencies").status_code for _ in range(3)]
    # The minute may have turned between two of them; the fourth and fifth settle it.
    statuses += [client.get("/api/v1/agencies").status_code for _ in range(2)]
    assert 429 in statuses
    answer = client.get("/api/v1/agencies")
    assert answer.json()["code"] == "API-THROTTLED" if answer.status_code == 429 else answer.status_code == 200


def test_the_documentation_page_explains_every_parameter_and_loads_nothing_from_elsewhere(
    client: Client, agency: Agency
) -> None:
    page = client.get("/api/v1/").content.decode()
    for piece in ("/api/v1/items/{item_id}", "published_from", "body_html", "撤回", "openapi.json"):
        assert piece in page
    assert 'src="http' not in page
    assert "cdn" not in page
