"""Copied passages: found wherever they were moved to, with their own places in the text."""

from __future__ import annotations

from gongkai.annual_report.similarity import alike, passages, pieces, similarity

PROBLEM = "部分科室对主动公开的范围把握不准，政策解读以文字转载为主，群众看得懂的图解偏少。"
PLAN = "下一步组织两次业务轮训，由各科室公开联络员参加，并建立解读材料与文件同步送审的台账。"
OTHER = "依申请公开的答复文书由法规人员统一审核，年内没有因程序问题被纠正的案件，档案整理仍不及时。"


def test_a_changed_year_and_a_changed_comma_do_not_hide_a_copy() -> None:
    last = f"2023年，{PROBLEM}"
    now = f"2024年{PROBLEM.replace('，', '；')}"
    assert similarity(now * 2, last * 2) == 1.0
    assert "".join(piece.text for piece in pieces(now, last) if piece.same).startswith("年部分科室")


def test_passages_are_found_where_they_were_moved_to() -> None:
    text, other = PLAN + OTHER + PROBLEM, PROBLEM + PLAN
    found = passages(text, other)
    assert [text[one.start : one.end] for one in found] == [PLAN.rstrip("。"), PROBLEM.rstrip("。")]
    assert [other[one.other_start] for one in found] == ["下", "部"]


def test_pieces_put_together_are_the_text() -> None:
    text = f"{OTHER}{PROBLEM}"
    cut = pieces(text, PROBLEM + PLAN)
    assert "".join(piece.text for piece in cut) == text
    assert [piece.same for piece in cut] == [False, True, False]


def test_short_phrases_of_the_field_are_no_passages() -> None:
    assert passages("政府信息公开工作领导小组召开会议", "市政府信息公开工作领导小组成员") == ()


def test_two_agencies_with_one_text_are_found_among_many() -> None:
    texts = {f"{number}局": "".join(chr(0x5000 + 97 * number + place) for place in range(90)) for number in range(60)}
    texts["甲局"] = PLAN * 2 + OTHER
    texts["乙局"] = OTHER + PLAN
    found = alike(texts, threshold=0.9)
    assert [(one.one, one.other, round(one.share, 2)) for one in found] == [("甲局", "乙局", 0.95)]


def test_a_model_text_that_sixty_agencies_follow_is_found_in_each_of_them() -> None:
    texts = {f"{number}局": f"{number}局：{PROBLEM}{PLAN}{OTHER}" for number in range(60)}
    found = alike(texts, threshold=0.8)
    assert {name for one in found for name in (one.one, one.other)} == set(texts)


def test_texts_that_are_too_short_prove_nothing() -> None:
    assert similarity("无", "无") is None
    assert alike({"甲": "无。", "乙": "无。"}, threshold=0.1) == []
