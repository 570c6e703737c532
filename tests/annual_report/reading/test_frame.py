"""Where reports begin and end, their titles, parts, signatures and dates."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report.model import Place
from gongkai.annual_report.reading import frame_ends, frame_title
from gongkai.annual_report.reading.dates import find_date
from gongkai.annual_report.reading.document import Grid, GridCell, Paragraph
from gongkai.annual_report.reading.frame import Narrative, cut, find_frames
from gongkai.annual_report.reading.frame_unfold import unfolded
from gongkai.annual_report.reading.frame_year import YearEvidence, identify_year
from gongkai.annual_report.reading.text import read_text

BODY = """\
测试市卫生健康委员会2024年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》编制本报告，统计期限为2024年1月1日至2024年12月31日。
一、总体情况
2024年，本机关有序推进公开工作。
二、主动公开政府信息情况
规章\t0\t0\t0
三、收到和处理政府信息公开申请情况
全年收到申请6件。
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
解读形式不够多样。
六、其他需要报告的事项
本年度未收取信息处理费。
"""
SIGNED = BODY + "测试市卫生健康委员会\n2025年1月20日\n"


def narrative(text: str) -> Narrative:
    blocks, (frame,) = find_frames(read_text(text).blocks)
    return cut(frame, blocks, set(), {})


def test_each_part_has_its_text_without_its_tables() -> None:
    assert narrative(BODY).sections == {
        "preamble": "根据《中华人民共和国政府信息公开条例》编制本报告，统计期限为2024年1月1日至2024年12月31日。",
        "overview": "2024年，本机关有序推进公开工作。",
        "proactive": "",
        "applications": "全年收到申请6件。",
        "remedies": "",
        "problems": "解读形式不够多样。",
        "other_matters": "本年度未收取信息处理费。",
    }


def test_headings_are_kept_as_printed_with_their_line() -> None:
    heading = narrative(BODY.replace("五、存在的主要问题及改进情况", "五、存在问题及整改措施")).headings[4]
    assert heading.key == "problems"
    assert heading.text == "五、存在问题及整改措施"
    assert heading.place is not None
    assert heading.place.line == 10


def test_the_signature_is_no_part_of_the_last_section() -> None:
    read = narrative(SIGNED)
    assert (read.signed_by, read.signed_on) == ("测试市卫生健康委员会", date(2025, 1, 20))
    assert read.sections["other_matters"] == "本年度未收取信息处理费。"


@pytest.mark.parametrize("tail", ["附件下载", "【打印】【关闭】", "上一篇：测试市2023年政府信息公开工作年度报告"])
def test_page_furniture_after_the_report_is_left_out(tail: str) -> None:
    read = narrative(f"{SIGNED}{tail}\n主办单位：测试市人民政府")
    assert read.signed_on == date(2025, 1, 20)
    assert read.sections["other_matters"] == "本年度未收取信息处理费。"


def test_a_page_above_the_report_is_left_out() -> None:
    page = "首页 > 政务公开\n政府信息公开年报\n" + BODY.replace(
        "\n根据", "\n发布时间：2025-01-20 来源：测试市卫健委\n根据", 1
    )
    assert narrative(page).sections["preamble"].startswith("根据《中华人民共和国政府信息公开条例》")


def test_two_reports_in_one_document_are_two_frames() -> None:
    text = SIGNED + SIGNED.replace("2024", "2023").replace("2025", "2024")
    blocks, frames = find_frames(read_text(text).blocks)
    assert [frame.title.year if frame.title else None for frame in frames] == [2024, 2023]
    signatures = [cut(frame, blocks, set(), {}).signed_on for frame in frames]
    assert signatures == [date(2025, 1, 20), date(2024, 1, 20)]


def test_a_table_of_contents_is_no_report() -> None:
    headings = [line for line in BODY.splitlines() if line[1:2] == "、"]
    title, rest = BODY.split("\n", 1)
    text = "\n".join([title, "目录", *headings, rest])
    assert narrative(text).sections["overview"] == "2024年，本机关有序推进公开工作。"


def test_parts_in_the_wrong_order_keep_their_text() -> None:
    text = "一、总体情况\n工作有序。\n二、其他需要报告的事项\n无。\n三、存在的主要问题及改进情况\n解读不足。"
    assert narrative(text).sections == {"overview": "工作有序。", "other_matters": "无。", "problems": "解读不足。"}


def test_a_heading_of_other_wording_is_taken_by_its_number_where_one_is_missing() -> None:
    text = BODY.replace("五、存在的主要问题及改进情况", "五、下一步工作打算")
    assert narrative(text).sections["problems"] == "解读形式不够多样。"


def test_a_glued_report_is_cut_inside_its_one_paragraph() -> None:
    glued = (
        "当前位置： 首页 政府信息公开年报 测试区2021年度政府信息公开工作年度报告 来源：测试区 "
        "时间：2022-02-08 16:34 打印 根据条例编制本报告。一、总体情况2021年，工作有序。"
        "二、主动公开政府信息情况 规章000三、收到和处理政府信息公开申请情况 "
        "收到1件。四、政府信息公开行政复议、行政诉讼情况无。五、存在的主要问题及改进情况解读不足。六、其他需要报告的事项"
        "2021年，无收取信息处理费情况。 附件下载"
    )
    blocks, (frame,) = find_frames(read_text(glued).blocks)
    assert frame.title == frame_title.Title("测试区2021年度政府信息公开工作年度报告", 2021, "测试区")
    tables = {index for index, block in enumerate(blocks) if isinstance(block, Paragraph) and block.text == "规章000"}
    assert cut(frame, blocks, tables, {}).sections == {
        "preamble": "根据条例编制本报告。",
        "overview": "2021年，工作有序。",
        "proactive": "",
        "applications": "收到1件。",
        "remedies": "无。",
        "problems": "解读不足。",
        "other_matters": "2021年，无收取信息处理费情况。",
    }


def test_a_report_without_a_title_begins_with_its_preamble() -> None:
    opening = "2021年，测试市卫生健康委员会深入贯彻条例，全面推进政务公开工作，努力提供优质服务。"
    text = BODY.split("\n", 1)[1].split("\n", 1)[1]
    assert narrative(f"首页\n{opening}\n{text}").sections["preamble"] == opening


def test_a_report_framed_by_a_table_is_taken_out_of_it() -> None:
    rows = [["一、总体情况"], ["2024年，本机关有序推进公开工作。" * 8], ["二、主动公开政府信息情况"], ["规章", "0"]]
    cells = [[GridCell(text, r, c) for c, text in enumerate(row)] for r, row in enumerate(rows)]
    grid = Grid(cells, aligned=True, locate=lambda cell: Place(line=cell.row + 1))
    blocks = unfolded([grid])
    assert [type(block) for block in blocks] == [Paragraph, Paragraph, Paragraph, Grid]
    table = blocks[3]
    assert isinstance(table, Grid)
    assert table.rows[0][1].row == 0
    assert table.locate(table.rows[0][1]).line == 4


@pytest.mark.parametrize(
    ("text", "year", "agency"),
    [
        ("测试市卫生健康委员会 2024 年政府信息公开工作年度报告", 2024, "测试市卫生健康委员会"),
        ("测试县卫生健康局 2020 年 政府信息公开工作年度的报告", 2020, "测试县卫生健康局"),
        ("测试县发展和改革局2023年政府信息公开年度报告-测试县发改局", 2023, "测试县发展和改革局"),
        ("2023年测试市司法局政府信息公开工作年度报告", 2023, "测试市司法局"),
        ("测试市司法局政府信息公开工作年度报告（2023年度）", 2023, "测试市司法局"),
        ("测试市司法局关于2022年度政府信息公开工作情况的报告", 2022, "测试市司法局"),
        ("测试市司法局二〇二二年政府信息公开年报", 2022, "测试市司法局"),
        ("2023年政府信息公开工作年度报告", 2023, None),
    ],
)
def test_a_title_says_year_and_agency(text: str, year: int, agency: str | None) -> None:
    title = frame_title.parse_title(text)
    assert title is not None
    assert (title.year, title.agency) == (year, agency)


@pytest.mark.parametrize(
    "text",
    [
        "政府信息公开年报",
        "关于做好2023年政府信息公开工作年度报告编制的通知",
        "现向社会公布测试市司法局2023年政府信息公开年度报告。本报告所列数据的统计期限为全年，共六个部分。",
        "政府信息公开指南",
    ],
)
def test_navigation_notices_and_sentences_are_no_titles(text: str) -> None:
    assert frame_title.parse_title(text) is None


def test_a_title_over_two_lines_is_put_together() -> None:
    text = "测试区人民政府\n2023 年政府信息公开工作年度报告\n一、总体情况\n工作有序。"
    _, (frame,) = find_frames(read_text(text).blocks)
    assert frame.title == frame_title.Title("测试区人民政府 2023 年政府信息公开工作年度报告", 2023, "测试区人民政府")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二二年一月二十四日", date(2022, 1, 24)),
        ("二○二五年十二月三十一日", date(2025, 12, 31)),
        ("2022年1月24日", date(2022, 1, 24)),
        ("2022-01-24 16:34", date(2022, 1, 24)),
        ("2022 年 1 月 4 日", date(2022, 1, 4)),
        ("2022.02.30、2022.3.1", date(2022, 3, 1)),  # the first that is in the calendar
    ],
)
def test_dates_are_read_as_written(text: str, day: date) -> None:
    found = find_date(text)
    assert found is not None
    assert found[0] == day


def test_a_signature_glued_to_the_last_sentence_is_parted_from_it() -> None:
    assert frame_ends.glued_signature("未收取信息处理费。 测试县司法局 2024年1月17日") == (
        "未收取信息处理费。",
        "测试县司法局",
        date(2024, 1, 17),
    )


def test_the_period_tells_the_year_where_the_title_does_not() -> None:
    assert identify_year(YearEvidence(preamble="统计期限为2023年1月1日至12月31日。")) == (2023, [])


def test_the_year_before_the_signature_is_the_last_resort() -> None:
    assert identify_year(YearEvidence(signed_on=date(2022, 1, 24))) == (2021, [])


def test_a_period_of_another_year_is_a_doubt() -> None:
    year, (doubt,) = identify_year(YearEvidence(title=2024, preamble="自2023年1月1日起至2023年12月31日止。"))
    assert year == 2024
    assert (doubt.code, doubt.candidates) == ("year-conflict", ("2024", "2023"))


def test_no_sign_of_a_year_is_a_doubt() -> None:
    year, (doubt,) = identify_year(YearEvidence())
    assert year is None
    assert doubt.code == "year-missing"


def test_a_line_of_the_page_is_not_joined_to_the_title() -> None:
    head = "2025年测试镇政府信息公开工作年度报告\n发布日期：2026-01-12 点击数：\n政府信息公开工作年度报告\n"
    page = head + "一、总体情况\n工作有序。"
    _, (frame,) = find_frames(read_text(page).blocks)
    assert frame.title is not None
    assert (frame.title.year, frame.title.agency) == (2025, "测试镇")


def test_a_signature_below_the_title_counts_where_none_ends_the_report() -> None:
    read = narrative(BODY.replace("\n根据", "\n测试市卫生健康委员会\n（2025年1月20日）\n根据", 1))
    assert (read.signed_by, read.signed_on) == ("测试市卫生健康委员会", date(2025, 1, 20))
    assert read.sections["preamble"].startswith("根据")


def test_sentences_that_begin_like_page_furniture_stay_text() -> None:
    sentences = "微信公众号全年发布信息12条。\n附件所列事项均已公开。"
    assert narrative(BODY + sentences).sections["other_matters"].endswith(sentences)


def test_a_table_of_contents_is_no_preamble() -> None:
    headings = [line for line in BODY.splitlines() if line[1:2] == "、"]
    title, preamble, rest = BODY.split("\n", 2)
    assert narrative("\n".join([title, "目 录", *headings, preamble, rest])).sections["preamble"] == preamble


def test_the_day_of_publication_is_not_taken_from_the_period() -> None:
    assert frame_ends.published_on("统计时间：2023年1月1日至2023年12月31日") is None
    assert frame_ends.published_on("来源：测试区 时间：2022-02-08 16:34") == date(2022, 2, 8)


def test_tables_printed_after_the_text_belong_to_the_same_report() -> None:
    tables = "二、主动公开政府信息情况\n规章\t0\t0\t0\n三、收到和处理政府信息公开申请情况\n自然人\t总计\n"
    read = narrative(SIGNED + tables)
    assert [heading.key for heading in read.headings].count("proactive") == 1
    assert read.sections["other_matters"] == "本年度未收取信息处理费。"
    assert read.signed_on == date(2025, 1, 20)


def test_a_heading_repeated_above_its_table_is_no_text() -> None:
    text = BODY.replace("规章\t0", "二、主动公开政府信息情况\n规章\t0")
    assert narrative(text).sections["proactive"] == ""
