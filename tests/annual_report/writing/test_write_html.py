"""The web page: valid structure, standard meta tags, nothing from outside, a fragment for other pages."""

from __future__ import annotations

import re

from one_report import SLASH, TITLE, one_report
from selectolax.lexbor import LexborHTMLParser

from gongkai.annual_report.writing import html, write


def page(overview: str = "全年公开信息12条。") -> LexborHTMLParser:
    return LexborHTMLParser(write(one_report(overview=overview), to="html").decode())


def test_the_page_states_language_title_and_the_standard_meta_tags() -> None:
    tree = LexborHTMLParser(html.write(one_report(), site_name="云溪市人民政府").decode())
    metas = {m.attributes.get("name"): m.attributes.get("content") for m in tree.css("meta[name]")}
    assert tree.css_first("html").attributes["lang"] == "zh-CN"
    assert tree.css_first("title").text() == TITLE
    assert {key: metas[key] for key in ("SiteName", "ArticleTitle", "PubDate", "ContentSource")} == {
        "SiteName": "云溪市人民政府",
        "ArticleTitle": TITLE,
        "PubDate": "2025-01-20",
        "ContentSource": "云溪市卫生健康委员会",
    }


def test_nothing_is_loaded_from_anywhere() -> None:
    text = write(one_report(), to="html").decode()
    assert re.findall(r"(?:src|href|url\(|@import|https?:)", text) == []


def test_there_is_one_title_and_six_section_headings() -> None:
    tree = page()
    assert [node.text() for node in tree.css("h1")] == [TITLE]
    assert len(tree.css("section > h2")) == 6


def test_header_cells_say_what_they_head() -> None:
    applications = page().css("table")[1]
    assert len(applications.css("thead tr")) == 3
    assert {th.attributes["scope"] for th in applications.css("thead th")} == {"col", "colgroup"}
    assert {th.attributes["scope"] for th in applications.css("tbody th")} == {"row", "rowgroup"}


def test_wide_tables_scroll_in_a_named_region_that_the_keyboard_reaches() -> None:
    tree = page()
    regions = tree.css("div[role=region]")
    assert [region.attributes["tabindex"] for region in regions] == ["0", "0", "0"]
    names = [tree.css_first(f"#{region.attributes['aria-labelledby']}") for region in regions]
    assert [name.text() for name in names if name] == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_text_is_never_taken_for_markup() -> None:
    overview = "<script>alert(1)</script>&amp;<b>"
    tree = page(overview)
    assert tree.css("script") == []
    assert tree.css_first("section p").text() == overview


def test_a_dash_is_printed_as_it_was() -> None:
    text = write(one_report(applications__received__total=SLASH), to="html").decode()
    assert "<td>/</td>" in text


def test_the_fragment_takes_its_place_in_the_headings_of_another_page() -> None:
    fragment = html.render_fragment(one_report(overview="（一）主动公开\n全年12条。"), heading_level=2)
    assert fragment.startswith('<article class="gk-report">')
    assert re.findall(r"<(h\d)", fragment)[:3] == ["h2", "h3", "h4"]
    assert "<style" not in fragment


def test_the_style_sheet_touches_nothing_but_its_own_classes() -> None:
    rules = re.findall(r"^\s*([^@{}]+)\{", html.stylesheet(), re.MULTILINE)
    assert rules
    assert all(part.strip().startswith(".gk-") for rule in rules for part in re.split(r",(?![^(]*\))", rule))
