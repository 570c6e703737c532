"""Width and the key under which labels are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.width import drop_invisible, fold, half_width, squeeze


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("（一） 予以公开", "(一)予以公开"),
        ("(一)予以公开", "(一)予以公开"),
        ("3.危及“三安全一稳定”", '3.危及"三安全一稳定"'),
        ("３．危及「三安全一稳定」", '3.危及"三安全一稳定"'),
        ("本年收费金额（单位：万元）", "本年收费金额(单位:万元)"),
        ("自\xa0然\u3000人\u200b\ufeff", "自然人"),
        ("不补正、行政机关", "不补正,行政机关"),
        ("ＡＰＰ—App", "app-app"),
        ("国办公开办函〔2021〕30号", "国办公开办函(2021)30号"),
        ("总计", "总计"),
        ("", ""),
    ],
)
def test_labels_printed_differently_share_a_key(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_half_width_keeps_punctuation() -> None:
    assert half_width("２０２４年１２月，ＡＰＰ（一）") == "2024年12月，APP（一）"


def test_invisible_characters_go() -> None:
    assert drop_invisible("政\u00ad府\u200b信\ufeff息") == "政府信息"


def test_squeeze_makes_one_line() -> None:
    assert squeeze("\n 一、\u200b总体 \n\t 情况\xa0") == "一、总体 情况"
