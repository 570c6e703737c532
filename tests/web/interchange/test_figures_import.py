"""Importing the figures of table 2 and single decisions."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.audit.models import AuditEvent
from gongkai_web.interchange.jobs import confirm
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.interchange.spreadsheets import csv_bytes
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_selectors import table2_figures

Make = Callable[..., Any]
FIGURES = ("期间*", "事项*", "处理决定数量", "其中依法未公开", "收费金额（万元）")
DECISIONS = ("事项*", "决定文书号*", "事项名称或案由*", "决定日期*", "是否公开", "不公开的依据", "公开日期")


def problems_of(job: Job) -> list[tuple[int, str, str]]:
    return [(found["row"], found["column"], found["message"]) for found in job.report["problems"]]


def test_quarters_and_fees_fill_the_table(upload: Make, staff: dict[Role, User], agency: Agency) -> None:
    rows = [
        ("2024年第1季度", "行政许可", "35", "2", ""),
        ("2024年第二季度", "行政许可", "1,020", "", ""),
        ("2024", "行政事业性收费", "", "", "276.024"),
        ("2024年", "行政强制", "0", "", ""),
    ]
    job = upload(csv_bytes(FIGURES, rows), kind=JobKind.FIGURES)
    assert (job.state, job.report["rows"]) == ("ready", 4)
    assert confirm(job, by=staff[Role.DRAFTER]).outcome == {"rows": 4}
    table = table2_figures(agency, 2024)
    assert table.cell("permits", "decisions").value == 1055
    assert table.cell("fees", "amount_wan").value == Decimal("276.024")
    assert table.cell("coercive_measures", "decisions").value == 0


def test_every_wrong_row_is_named(upload: Make) -> None:
    rows = [
        ("2024年13月", "行政许可", "35", "", ""),
        ("2024年", "行政许可", "", "", ""),
        ("2024年", "行政处罚", "-1", "", ""),
        ("2024年", "行政强制", "1", "2", ""),
        ("2024年", "行政事业性收费", "3", "", "1.0000001"),
        ("2023年", "行政许可", "5", "", ""),
        ("2023年3月", "行政许可", "1", "", ""),
        ("2023年", "其他", "1", "", ""),
    ]
    job = upload(csv_bytes(FIGURES, rows), kind=JobKind.FIGURES)
    assert job.state == "refused"
    assert problems_of(job) == [
        (2, "期间", "“2024年13月”不是期间。"),
        (3, "处理决定数量", "没有填写。"),
        (4, "处理决定数量", "“-1”不是件数。"),
        (5, "其中依法未公开", "多于处理决定数量。"),
        (6, "收费金额（万元）", "“1.0000001”的小数超过6位。"),
        (8, "期间", "与第7行的“2023年 行政许可”期间重叠，会重复计算。"),
        (9, "事项", "“其他”不在可选范围内。"),
    ]
    assert PeriodFigure.objects.count() == 0


def test_a_comma_that_splits_a_cell_is_named_not_cut_off(upload: Make) -> None:
    text = "期间,事项,收费金额（万元）\n2024年,行政事业性收费,1,5\n"
    job = upload(text.encode(), kind=JobKind.FIGURES, name="表二.csv")
    assert [(p["row"], p["column"], p["message"]) for p in job.report["problems"]] == [
        (2, "收费金额（万元）", "单元格之后多出没有表头的“5”，请删去；CSV 中带逗号的内容须加引号。")
    ]


def test_a_period_that_is_known_is_replaced_after_a_warning(
    upload: Make, staff: dict[Role, User], agency: Agency
) -> None:
    confirm(
        upload(csv_bytes(FIGURES, [("2024年", "行政许可", "35", "", "")]), kind=JobKind.FIGURES), by=staff[Role.DRAFTER]
    )
    again = upload(csv_bytes(FIGURES, [("2024年", "行政许可", "36", "", "")]), kind=JobKind.FIGURES)
    assert problems_of(again) == [(2, "期间", "这个期间已有数据（35件），导入后以这一行为准。")]
    confirm(again, by=staff[Role.DRAFTER])
    assert PeriodFigure.objects.get().decisions == 36


def test_yuan_taken_for_ten_thousand_yuan_is_noticed(upload: Make, staff: dict[Role, User]) -> None:
    first = upload(csv_bytes(FIGURES, [("2023年", "行政事业性收费", "", "", "276.024")]), kind=JobKind.FIGURES)
    confirm(first, by=staff[Role.DRAFTER])
    slip = upload(csv_bytes(FIGURES, [("2024年", "行政事业性收费", "", "", "2760240")]), kind=JobKind.FIGURES)
    assert problems_of(slip) == [(2, "收费金额（万元）", "是上一年276.024万元的1000倍以上。")]


def test_decisions_are_entered_and_updated_by_their_number(upload: Make, staff: dict[Role, User]) -> None:
    row = ("行政处罚", "某卫罚〔2024〕8号", "未按规定公示卫生许可证案", "2024-03-05", "", "", "")
    confirm(upload(csv_bytes(DECISIONS, [row]), kind=JobKind.DECISIONS), by=staff[Role.DRAFTER])
    again = upload(csv_bytes(DECISIONS, [(*row[:6], "2024-03-12")]), kind=JobKind.DECISIONS)
    assert problems_of(again) == [(2, "决定文书号", "已登记过，导入后更新原来的登记。")]
    confirm(again, by=staff[Role.DRAFTER])
    assert str(Decision.objects.get().published_on) == "2024-03-12"


def test_wrong_decisions_are_named(upload: Make) -> None:
    rows = [
        ("行政处罚", "1", "甲案", "2024-03-05", "否", "", ""),
        ("行政处罚", "2", "当事人11010119900307743X案", "2024-03-05", "", "", ""),
        ("行政许可", "3", "乙", "2024-03-05", "", "", "2024-03-01"),
        ("行政事业性收费", "4", "丙", "2024-03-05", "", "", ""),
    ]
    job = upload(csv_bytes(DECISIONS, rows), kind=JobKind.DECISIONS)
    assert problems_of(job) == [
        (2, "", "依法不公开的决定须写明依据，并且没有公开日期。"),
        (3, "事项名称或案由", "含有疑似身份证号码。"),
        (4, "公开日期", "公开日期不能早于决定日期。"),
        (5, "事项", "“行政事业性收费”不在可选范围内。"),
    ]
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("1,5", "“1,5”不是件数。"),
        ("12,34", "“12,34”不是件数。"),
        ("-3", "“-3”不是件数。"),
        ("三件", "“三件”不是件数。"),
        ("3.0", "“3.0”不是件数。"),
        ("1234567890", "“1234567890”不是件数。"),
        ("", "没有填写。"),
    ],
)
def test_what_is_no_number_of_decisions_is_refused_not_guessed(upload: Make, cell: str, message: str) -> None:
    job = upload(csv_bytes(FIGURES, [("2024年", "行政许可", cell, "", "")]), kind=JobKind.FIGURES)
    assert problems_of(job) == [(2, "处理决定数量", message)]


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_chinese_spreadsheets(upload: Make, encoding: str) -> None:
    text = '期间,事项,处理决定数量\r\n2024年,行政处罚,"1,203"\r\n'
    job = upload(text.encode(encoding), kind=JobKind.FIGURES)
    assert job.report["preview"][0]["cells"][:3] == ["2024年", "行政处罚", "1203"]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("0", "0"), ("1,276.024", "1276.024"), ("0.000001", "0.000001"), ("２７６．０２４万元", "276.024")],
)
def test_fees_are_read_in_ten_thousand_yuan_to_the_fen(
    upload: Make, staff: dict[Role, User], cell: str, amount: str
) -> None:
    job = upload(csv_bytes(FIGURES, [("2024年", "行政事业性收费", "", "", cell)]), kind=JobKind.FIGURES)
    confirm(job, by=staff[Role.DRAFTER])
    assert PeriodFigure.objects.get().amount_wan == Decimal(amount)


def test_merged_cells_formulas_and_errors_of_a_workbook_are_named_by_cell(upload: Make) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("2024年表二数据",),
        ("期间", "事项", "处理决定数量", "收费金额（万元）"),
        ("2024年第1季度", "行政许可", 35, None),
        ("2024年第2季度", None, 1203, None),
        ("2024年第3季度", "行政处罚", "=C3+C4", None),
        ("2024年", "行政事业性收费", None, 0.1 + 0.2),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B3:B4")
    file = io.BytesIO()
    book.save(file)
    job = upload(file.getvalue(), name="表二.xlsx", kind=JobKind.FIGURES)
    assert problems_of(job) == [
        (4, "事项", "单元格属于合并单元格B3:B4，请取消合并后逐行填写。"),
        (5, "处理决定数量", "单元格是公式，请复制后“选择性粘贴”为数值。"),
    ]
    assert job.report["preview"][1]["cells"] == ["2024年", "行政事业性收费", "", "", "0.3", ""]


def test_days_of_a_workbook_are_days_and_a_serial_number_is_not(upload: Make) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("事项", "决定文书号", "事项名称或案由", "决定日期"))
    sheet.append(("行政处罚", "某卫罚〔2024〕1号", "甲案", date(2024, 3, 5)))
    sheet.append(("行政处罚", "某卫罚〔2024〕2号", "乙案", 45356))
    file = io.BytesIO()
    book.save(file)
    job = upload(file.getvalue(), name="决定.xlsx", kind=JobKind.DECISIONS)
    assert problems_of(job) == [(3, "决定日期", "“45356”不是日期。")]
    assert job.report["preview"][0]["cells"][3] == "2024-03-05"


def test_more_rows_than_an_import_takes_are_refused_as_a_whole(upload: Make) -> None:
    rows = [("行政处罚", f"某卫罚〔2024〕{n}号", "案", "2024-03-05", "", "", "") for n in range(10_001)]
    job = upload(csv_bytes(DECISIONS, rows), kind=JobKind.DECISIONS)
    assert (job.state, job.message) == ("refused", "表格超过10000行。请分成几个文件，分批导入。")


def test_an_updated_decision_keeps_its_values_before_in_the_log(upload: Make, staff: dict[Role, User]) -> None:
    first = ("行政处罚", "某卫罚〔2024〕1号", "甲案", "2024-03-05", "是", "", "")
    confirm(upload(csv_bytes(DECISIONS, [first]), kind=JobKind.DECISIONS), by=staff[Role.DRAFTER])
    again = ("行政处罚", "某卫罚〔2024〕1号", "甲案", "2024-03-05", "是", "", "2024-03-12")
    confirm(upload(csv_bytes(DECISIONS, [again]), kind=JobKind.DECISIONS), by=staff[Role.DRAFTER])
    assert [str(decision.published_on) for decision in Decision.objects.all()] == ["2024-03-12"]
    event = AuditEvent.objects.filter(action="proactive.decision_saved").first()
    assert event is not None
    assert "published_on" not in event.details["before"]
    assert event.details["after"]["published_on"] == "2024-03-12"
