"""Tidying, folding, parsing and marking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai_web.search.highlight import Piece, pieces, snippet
from gongkai_web.search.parsing import LONGEST, clean_question, key_of, terms_of
from gongkai_web.search.text import folded, number_key, pairs, text_of_html, tidy


@given(st.text())
def test_folding_never_moves_a_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text())
def test_tidying_and_folding_are_done_once_for_all(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert folded(folded(text)) == folded(text)


@given(st.text(), st.lists(st.text(min_size=1, max_size=3)))
def test_pieces_put_together_are_the_text(text: str, terms: list[str]) -> None:
    assert "".join(piece.text for piece in pieces(text, terms)) == text


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=3), max_size=4))
def test_a_snippet_is_never_longer_than_a_few_lines(text: str, terms: list[str]) -> None:
    assert sum(len(piece.text) for piece in snippet(text, terms)) <= 122


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>公<b>共</b>卫生</p><p>防疫</p>", "公共卫生\n防疫"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\n乙"),
        ("第一行<br>第二行", "第一行\n第二行"),
        ("<p>3 &lt; 5 &amp; 7</p>", "3 < 5 & 7"),
        ("<p>卫 生</p>", "卫生"),
    ],
)
def test_blocks_part_words_and_inline_elements_do_not(html: str, text: str) -> None:
    assert tidy(text_of_html(html)) == text


def test_radicals_and_traditional_script_become_plain_characters() -> None:
    assert tidy("⾏政许可") == "行政许可"
    assert tidy("政府資訊公開規範") == "政府资讯公开规范"


def test_a_null_character_is_dropped_from_text_and_question() -> None:
    assert tidy("甲\0乙") == "甲乙"
    assert clean_question("甲\0乙") == "甲乙"


def test_long_questions_are_cut() -> None:
    assert len(clean_question("卫" * 500)) == LONGEST
    assert len(terms_of(" ".join(f"词{n}" for n in range(30)))) == 8


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("国办发〔2019〕54号", ("国办发(2019)54号",)),
        ("洛卫规 [2022] 3 号", ("洛卫规(2022)3号",)),
        ("2019年54号", ("2019年54号",)),
        ("防疫 防疫 通知", ("防疫", "通知")),
        ("？！", ()),
        ("", ()),
    ],
)
def test_terms(question: str, terms: tuple[str, ...]) -> None:
    assert terms_of(question) == terms


def test_keys_of_numbers_ignore_marks_and_words_have_none() -> None:
    assert number_key("000014349/2017－00110") == number_key("000014349/2017-00110") == "000014349201700110"
    assert key_of("公共卫生") == ""


def test_pairs_are_distinct_and_in_order() -> None:
    assert pairs("防疫防疫") == ["防疫", "疫防"]
    assert pairs("疫") == []


def test_terms_that_overlap_are_marked_as_one() -> None:
    assert pieces("公共卫生服务", ["公共卫", "卫生"]) == (Piece("公共卫生", marked=True), Piece("服务"))


def test_a_snippet_shows_the_place_with_the_most_terms() -> None:
    text = "防疫。" + "其他内容" * 60 + "。防疫通知在这里。" + "结尾" * 100
    shown = snippet(text, ["防疫", "通知"])
    assert [piece.text for piece in shown if piece.marked] == ["防疫通知"]
    assert shown[0] == Piece("…")
    assert shown[-1] == Piece("…")


def test_a_snippet_of_a_text_without_the_terms_is_its_beginning() -> None:
    assert snippet("第一句。第二句。", ["没有"]) == (Piece("第一句。第二句。"),)
    assert snippet("", ["没有"]) == ()
