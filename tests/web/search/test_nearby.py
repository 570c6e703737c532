"""What is offered where nothing was found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from gongkai_web.accounts.models import Agency
from gongkai_web.search import services
from gongkai_web.search.asked import Asked
from gongkai_web.search.backend import SearchBackend
from gongkai_web.search.nearby import offers

TEXTS = ("公共场所卫生许可办理指南", "医疗废物处置办法", "卫生许可收费标准", "COVID 防护指南2024")


def count(terms: tuple[str, ...]) -> int:
    return sum(all(term in text.lower() for term in terms) for text in TEXTS)


def offered(question: str) -> list[tuple[str, int]]:
    terms = tuple(question.lower().split())
    return [(choice.label, choice.count) for choice in offers(Asked(question=question), terms, count=count)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("如何办理公共场所卫生许可证", [("公共场所卫生许可 办理", 1), ("公共场所卫生许可", 1), ("办理", 1)]),
        ("医疗废物怎么处置", [("医疗废物 处置", 1), ("医疗废物", 1), ("处置", 1)]),
        ("卫生许可 食堂", [("卫生许可", 2)]),
        ("covid疫苗", [("covid", 1)]),
        ("野生动物", []),
        ("如何", []),
        ("x", []),
    ],
)
def test_the_longest_parts_that_occur_are_offered(question: str, expected: list[tuple[str, int]]) -> None:
    assert offered(question) == expected


def test_an_endless_question_costs_no_more_than_forty_counts() -> None:
    asked: list[tuple[str, ...]] = []

    def counting(terms: tuple[str, ...]) -> int:
        asked.append(terms)
        return 0

    assert (
        offers(
            Asked(), tuple("".join(map(chr, range(0x4E00 + 24 * n, 0x4E18 + 24 * n))) for n in range(8)), count=counting
        )
        == []
    )
    assert len(asked) == 40


@pytest.mark.django_db
def test_the_page_offers_them_within_the_filters(
    client: Client,
    make_item: Callable[..., Any],
    sign_all: Callable[..., Any],
    agency: Agency,
    backend: SearchBackend,
) -> None:
    sign_all(make_item(title="公共场所卫生许可办事指南"))
    services.update()
    html = LexborHTMLParser(client.get(f"/search/?q=怎样申请卫生许可证&agency={agency.slug}").content)
    (link,) = html.css(".nearby a")
    assert (link.text(), link.attributes["href"]) == ("卫生许可", f"?q={quote('卫生许可')}&agency={agency.slug}")
    assert html.css_first(".nearby .quiet").text() == "1 件"  # type: ignore[union-attr]
    assert not LexborHTMLParser(client.get("/search/?q=卫生许可").content).css(".nearby")
