"""Importing the figures of table 2 and single decisions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from gongkai_web.accounts.models import Agency, Role, User
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
