"""N7: section 五, and the properties that hold for every narrative."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from narrative_cases import COMPLETE, brief, findings, natural, told

from gongkai.annual_report.checks.finding import Severity
from gongkai.annual_report.checks.narrative import audit
from gongkai.annual_report.similarity import similarity

PROBLEMS = (
    "本机关政府信息公开工作还存在三方面不足：一是解读材料以文字为主，图表和视频较少；二是个别栏目更新间隔偏长；"
    "三是基层人员更换频繁，业务不熟。下一步，将配齐解读力量，按季检查栏目更新，每年组织两次培训。"
)
OTHER_PROBLEMS = (
    "对照年度要点，依申请公开答复文书说理不充分的情况仍有发生，部门之间会商时间较长，线下查阅点设备陈旧。今后要制作"
    "示范文书，压缩会商时限，更新查阅设备并延长开放时间，请群众代表参加评议。"
)


def test_a_section_without_problems_is_a_warning() -> None:
    found = findings("下一步，将继续加强培训。", section="problems")
    assert brief(found) == [("PROBLEMS-MISSING", Severity.WARNING, None, "存在的主要问题")]


def test_a_section_without_improvements_is_a_warning() -> None:
    found = findings("公开意识有所松懈，解读质量有待提升。", section="problems")
    assert brief(found) == [("IMPROVEMENT-MISSING", Severity.WARNING, None, "改进情况")]


def test_a_section_that_is_visibly_cut_is_not_judged() -> None:
    assert findings("解读质量有待提升……", section="problems") == []


def test_last_year_s_text_with_other_figures_is_a_copy() -> None:
    previous = told(PROBLEMS.replace("两次", "2次"), section="problems", year=2022)
    found = audit(told(PROBLEMS, section="problems"), previous=previous)
    assert [finding.code for finding in found] == ["PROBLEMS-COPIED"]
    assert found[0].severity is Severity.WARNING


def test_another_text_is_no_copy() -> None:
    previous = told(PROBLEMS, section="problems", year=2022)
    assert audit(told(OTHER_PROBLEMS, section="problems"), previous=previous) == []


def test_similarity_counts_the_part_that_stood_there_before() -> None:
    assert similarity(PROBLEMS + OTHER_PROBLEMS, PROBLEMS) == pytest.approx(0.53, abs=0.05)
    assert similarity("公开意识不强。", PROBLEMS) is None


def test_a_report_without_narrative_has_no_findings() -> None:
    assert audit(told("", year=2023)) == []
    assert [one.code for one in findings("", section="other_matters")] == ["FEE-MISSING"]


def test_a_finding_says_where_and_what_in_chinese() -> None:
    (finding,) = findings("2023年，我局收到政府信息公开申请5件。", natural({"received": 6, "granted": 6, "total": 6}))
    assert finding.place == "sections.overview"
    assert finding.quote == "2023年，我局收到政府信息公开申请5件"
    assert finding.message == "正文说收到的申请 5 件，“表三 · 一、本年新收”为 6，任何一种口径都对不上。"


counts = st.integers(0, 3000)


@given(granted=counts, partly=counts, not_held=counts, carried_in=st.integers(0, 50), carried_out=st.integers(0, 50))
def test_a_text_written_from_the_table_is_never_accused(
    granted: int, partly: int, not_held: int, carried_in: int, carried_out: int
) -> None:
    total = granted + partly + not_held
    received = total + carried_out - carried_in
    if received < 0:
        return
    figures = natural(
        {
            "received": received,
            "carried_in": carried_in,
            "granted": granted,
            "partly_granted": partly,
            "unavailable.not_held": not_held,
            "total": total,
            "carried_out": carried_out,
        }
    )
    text = (
        f"2023年，我委新收政府信息公开申请{received}件，上年结转申请{carried_in}件，共办结{total}件，其中予以公开{granted}件、"
        f"部分公开{partly}件、无法提供{not_held}件，结转下年度继续办理{carried_out}件。"
    )
    assert findings(text, figures) == []


@given(received=st.integers(1, 3000), wrong=st.integers(1, 3000))
def test_a_wrong_number_of_applications_is_always_found(received: int, wrong: int) -> None:
    figures = natural({"received": received, "granted": received, "total": received})
    found = findings(f"2023年，我委共收到政府信息公开申请{wrong}件。", figures)
    expected = [] if wrong == received else [("TEXT-APPLICATIONS", Severity.ERROR, wrong, received)]
    assert brief(found) == expected


WORDS = re.split(
    r"\s",
    "收到 申请 政府信息公开 其中 3件 12条 （ ） ， 。 ； ： 、 占比 8.7% 未 无 行政复议 行政诉讼 结转 上年"
    " 下年度 2023年 1月 30日 答复 共 等 分别为 比 增长 行政许可 处理决定 规范性文件 制发 信息处理费 元"
    " 万 约 余 《 》 一 两 × 网站 公开 信息",
)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
def test_any_text_is_audited_without_failing(text: str) -> None:
    for form in ("2019", "2021"):
        for finding in findings(text, form=form):
            assert finding.message
            assert finding.place.startswith("sections.")


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "1," * 50_000,
        "12 " * 30_000,
        "共9条（" * 20_000,
        "其中1条，" * 20_000,
        "《" * 100_000,
        "无" * 100_000,
    ],
)
def test_time_grows_with_the_length_of_the_text_only(text: str) -> None:
    start = time.perf_counter()
    findings(text)
    assert time.perf_counter() - start < 10  # a search that goes back and forth would take hours


def test_every_section_is_audited() -> None:
    for section in ("preamble", "proactive", "applications", "remedies", "problems", "other_matters"):
        text = COMPLETE.get(section, "") + "2023年，我委共收到政府信息公开申请5件。"
        assert [one.place for one in findings(text, section=section)] == [f"sections.{section}"]


@pytest.mark.parametrize(
    "signer",
    [
        "洛阳市卫生健康委员会",
        "市卫健委",
        "洛阳市卫生健康委员会办公室",
        "洛阳市政务公开工作领导小组",
        "洛阳市人民政府办公室",
    ],
)
def test_the_agency_and_the_offices_that_sign_for_it_are_no_other_agency(signer: str) -> None:
    assert findings("工作有序开展。", agency="洛阳市卫生健康委员会", signed_by=signer) == []


def test_a_signature_of_another_agency_is_a_warning() -> None:
    (finding,) = findings("工作有序开展。", agency="洛阳市卫生健康委员会", signed_by="洛阳市教育局")
    assert (finding.code, finding.severity.value, finding.place) == ("TEXT-AGENCY", "warning", "signed_by")
    assert finding.message == "落款是“洛阳市教育局”，而这是“洛阳市卫生健康委员会”的年度报告。"
