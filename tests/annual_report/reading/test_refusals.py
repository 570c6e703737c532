"""What is refused instead of read, and what the refusal says."""

from __future__ import annotations

import pytest

from gongkai.annual_report.reading import read
from gongkai.errors import UnreadableReportError

TITLE = "测试市司法局2023年政府信息公开工作年度报告\n"
PARTS = (
    "一、总体情况\n2023年，工作有序。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
    "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n解读不足。\n六、其他需要报告的事项\n无。\n"
)
OLD_TABLE = (
    "统计指标\t单位\t统计数\n（一）主动公开政府信息数\t条\t12\n（一）收到申请数\t件\t3\n（二）申请办结数\t件\t3\n"
    "四、行政复议数量\t件\t0\n"
)
EMPTY_TABLE = (
    "第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t\t\t\n行政规范性文件\t\t\t\n"
    "第二十条第（五）项\t\t\t\n信息内容\t本年处理决定数量\t\t\n行政许可\t\t\t\n"
)


def refusal(text: str, name: str = "report.txt") -> UnreadableReportError:
    with pytest.raises(UnreadableReportError) as caught:
        read(text.encode(), name=name)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "关于做好2023年政府信息公开工作年度报告编制工作的通知\n各单位：请按时报送。",
        "首页\n政府信息公开年报\n测试市2023年政府信息公开工作年度报告\n测试市2022年政府信息公开工作年度报告\n",
        "今天天气很好，适合散步。",
    ],
    ids=["notice", "list of reports", "anything"],
)
def test_a_page_that_is_no_report(text: str) -> None:
    assert refusal(text).code == "no-report"


def test_a_report_in_the_form_of_before_2019() -> None:
    error = refusal(TITLE.replace("2023", "2018") + "一、总体情况\n2018年，工作有序。\n" + OLD_TABLE)
    assert error.code == "old-form"
    assert "2018年" in error.message


def test_an_old_form_without_a_year_is_known_by_its_rows() -> None:
    assert refusal("附件：统计表\n" + OLD_TABLE).code == "old-form"


def test_a_form_without_any_figure() -> None:
    error = refusal(TITLE + PARTS.replace("二、主动公开政府信息情况\n", "二、主动公开政府信息情况\n" + EMPTY_TABLE))
    assert error.code == "empty-form"


def test_a_report_whose_tables_are_images() -> None:
    text = TITLE + PARTS.replace("二、主动公开政府信息情况\n", "二、主动公开政府信息情况\n\n![](table2.png)\n\n")
    assert refusal(text, "report.md").code == "tables-are-images"


def test_a_report_whose_tables_are_missing() -> None:
    error = refusal(TITLE + PARTS)
    assert error.code == "no-tables"
    assert error.message.endswith("。")
    assert error.hint.endswith("。")
