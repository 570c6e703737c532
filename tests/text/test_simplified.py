"""Traditional text becomes simplified text; inserted pinyin goes, real brackets stay."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from opencc_pyo3 import OpenCC

from gongkai.text.pinyin import is_syllable, strip_pinyin
from gongkai.text.simplified import is_traditional, to_simplified
from gongkai.text.traditional import TRADITIONAL_ONLY


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("公開(kāi)", "公开"),
        ("會(huì )議", "会议"),
        ("公開（kāi）情況", "公开情况"),
        ("政府信息公開(kai)", "政府信息公开"),
        ("中華(hua)(hua)人(ren)", "中华人"),
        ("綠(lǜ)色", "绿色"),
        ("結轉下年度繼續辦理", "结转下年度继续办理"),
        ("行政訴訟 | 總計 | 0", "行政诉讼 | 总计 | 0"),
    ],
)
def test_traditional_text_with_inserted_pinyin(printed: str, read: str) -> None:
    assert to_simplified(printed) == read


@pytest.mark.parametrize(
    "text",
    [
        "国内生产总值(GDP)增长",
        "客户端(app)、里程(km)",
        "第二十条第(一)项",
        "官网(http://www.example.gov.cn)",
        "办公系统(OA)",
        "乾县人民政府公开了著作目录",
        "受理5?15件",
        "",
    ],
)
def test_simplified_text_and_real_brackets_stay(text: str) -> None:
    assert to_simplified(text) == text


def test_a_syllable_without_tone_stays_where_nothing_else_is_annotated() -> None:
    text = "本机关全年主动公开政府信息" * 20 + "全国(wan)指标"
    assert strip_pinyin(text) == text


def test_a_toneless_syllable_goes_where_others_carry_tones() -> None:
    text = "本機關全年主動公開政府信息" * 20 + "公開(kāi)了(le)信息"
    assert strip_pinyin(text).endswith("公開了信息")


def test_a_bracket_that_follows_no_chinese_character_stays() -> None:
    assert strip_pinyin("A(kāi)和 (kāi)") == "A(kāi)和 (kāi)"


def test_one_rare_character_in_a_name_does_not_convert_the_text() -> None:
    text = "本机关全年主动公开政府信息" * 10 + "联系人王並"
    assert not is_traditional(text)
    assert to_simplified(text) == text


def test_line_count_stays() -> None:
    text = "一、總體(tǐ)情況\n\n二、主動(dòng)\n公開\n(kāi)"
    assert to_simplified(text).count("\n") == text.count("\n")


@pytest.mark.parametrize("syllable", ["kāi", "huì", "lüè", "lǜ", "ɡōnɡ", "yánɡ", "me", "e"])
def test_syllables(syllable: str) -> None:
    assert is_syllable(syllable)


@pytest.mark.parametrize("word", ["app", "km", "pdf", "html", "kaiqi", "www", ""])
def test_other_letters_are_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_markers_are_changed_by_the_dictionary() -> None:
    converted = OpenCC("t2s").convert("\n".join(TRADITIONAL_ONLY)).split("\n")
    assert not [a for a, b in zip(TRADITIONAL_ONLY, converted, strict=True) if a == b]


def test_simplified_text_is_passed_through_in_no_time() -> None:
    text = ("2024年，本机关主动公开政府信息（一）1143条，其中政策文件81条。\n" * 400)[:10_000]
    to_simplified(text)
    best = min(_seconds(text) for _ in range(20))
    assert best < 0.001  # 60 µs on the machine it was measured on; ten times that would be a slow path


def _seconds(text: str) -> float:
    start = time.perf_counter()
    to_simplified(text)
    return time.perf_counter() - start


@pytest.mark.shared
def test_the_annotated_seed_reads_as_simplified(shared: Path) -> None:
    text = (shared / "seeds" / "001_8819132e5f94e15d.txt").read_text("utf-8")
    read = to_simplified(text)
    assert read.count("\n") == text.count("\n")
    assert "三、收到和处理政府信息公开申请情况" in read
    assert "(kāi)" not in read
    assert "一、本年新收政府信息公开申请数量" in read


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000_c11e980676f7b3fb", "002_289990b226e32aad", "003_3bbe8f1fcb5da8b5"])
def test_simplified_seeds_stay_as_they_are(shared: Path, name: str) -> None:
    text = (shared / "seeds" / f"{name}.txt").read_text("utf-8")
    assert to_simplified(text) == text
