"""Chinese names of places, and their order on the form."""

from __future__ import annotations

import pytest

from gongkai.annual_report import formats
from gongkai.annual_report.naming import place_label, place_rank


@pytest.mark.parametrize(
    ("place", "label"),
    [
        ("applications.*.natural_person", "表三 · 自然人列"),
        ("applications.received.*", "表三 · 一、本年新收政府信息公开申请数量"),
        ("applications.granted.total", "表三 · 三（一）予以公开 · 总计"),
        ("applications.partly_granted.other", "表三 · 三（二）部分公开 · 其他"),
        (
            "applications.unavailable.not_held.enterprise",
            "表三 · 三（四）无法提供 1.本机关不掌握相关政府信息 · 商业企业",
        ),
        ("applications.total.total", "表三 · 三（七）总计 · 总计"),
        ("applications.carried_out.total", "表三 · 四、结转下年度继续办理 · 总计"),
        ("applications.refused.state_secret", "表三 · 三（三）不予公开 1.属于国家秘密"),
        ("applications.*.*", "表三"),
        ("proactive.normative_documents.in_force", "表二 · 行政规范性文件 · 现行有效件数"),
        ("proactive.fees.amount_wan", "表二 · 行政事业性收费 · 本年收费金额"),
        ("remedies.reconsideration.*", "表四 · 行政复议"),
        ("remedies.litigation_direct.upheld", "表四 · 行政诉讼（未经复议直接起诉） · 结果维持"),
        ("sections.overview", "一、总体情况"),
        ("headings.problems", "五、存在的主要问题及改进情况"),
        ("sections.preamble", "正文开头"),
        ("title", "标题"),
        ("signed_on", "落款日期"),
        ("report", "report"),
        ("applications.unheard_of.total", "applications.unheard_of.total"),
    ],
)
def test_place_in_words_of_the_form(place: str, label: str) -> None:
    assert place_label(place, formats.load("2021")) == label


def test_columns_of_the_2019_form_have_their_own_names() -> None:
    form = formats.load("2019")
    assert place_label("proactive.penalties.change", form) == "表二 · 行政处罚 · 本年增/减"
    assert place_label("applications.other_outcome.total", form) == "表三 · 三（六）其他处理 · 总计"


def test_places_sort_as_they_stand_on_the_form() -> None:
    form = formats.load("2021")
    places = [
        "title",
        "sections.overview",
        "proactive.*.*",
        "proactive.rules.*",
        "proactive.rules.issued",
        "headings.applications",
        "applications.*.natural_person",
        "applications.*.total",
        "applications.received.*",
        "applications.received.total",
        "applications.carried_out.total",
        "remedies.reconsideration.upheld",
        "sections.other_matters",
        "signed_on",
    ]
    backwards = places[::-1]
    assert sorted(backwards, key=lambda place: place_rank(place, form)) == places
