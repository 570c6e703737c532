"""Random reports: any form, consistent or not, with blanks and dashes, and narrative full of awkward characters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Column, Format
from gongkai.annual_report.model import Cell, CellState, Number, Report

FORMS = [formats.load(form_id, unsplit=unsplit) for form_id in formats.IDS for unsplit in (False, True)]
AGENCIES = ["云溪市卫生健康委员会", "青石县人民政府", "云溪市青石区市场监督管理局", "临川自治县教育和体育局"]
DASHES = ["—", "/", "无", "-", "――"]
COUNTS = [0, 0, 0, 0, 1, 2, 7, 12, 89, 345, 1143, 13612, 517645]
AMOUNTS = ["0", "113.372", "7730.28", "0.0001", "4068.2080", "1135.754393", "12"]
PHRASES = [
    "全年主动公开信息1143条，其中图解144条、问答369条，占44.9%",
    "公众号阅读量5109万人次（同比增长12.5%）",
    "围绕“一件事”梳理《事项清单》3版",
    "发布<解读>栏目*12*期|专题#5个",
    "A&B类与_C_类事项各占50%，费用$1.776万元~2万元",
    "办理周期由20个工作日压减至15个工作日",
    "更新[指南](目录)2次；“三审三校”全覆盖！",
    "问：如何申请？答：可当面、邮寄或在线提交",
    "投入1,234.5元，减少3-5个环节，完成率100％",
    r"路径为C:\公开\目录，编号≥10、≤99",
    "与Open Data平台对接，访问https://example.gov.cn/a_b?x=1&y=2查询",
    "就“重点实事”——专场新闻发布会3场……作解读",
    "采纳意见③条，温度±2℃，面积5㎡",
]
OPENINGS = [
    "",
    "一是",
    "1.",
    "2. ",
    "（1）",
    "（一）主动公开。",
    "（二）依申请公开：",
    "- ",
    "* ",
    "> ",
    "# ",
    "+ ",
    "=",
    "“",
    "《要点》",
]
ENDS = ["。", "。", "。", "：", "", "，"]


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report as a reader could have made it: what is printed of it is what it says."""
    form = draw(st.sampled_from(FORMS))
    random = Random(draw(st.integers(0, 2**32)))  # noqa: S311 - the seed is what Hypothesis shrinks
    agency, year = draw(st.sampled_from(AGENCIES)), draw(st.integers(2019, 2025))
    signed = draw(st.booleans())
    return Report(
        agency=agency,
        year=year,
        format=form,
        cells=cells(form, random, gaps=draw(st.sampled_from([0.0, 0.05, 0.3])), consistent=draw(st.booleans())),
        sections={key: text for key in sections(form) if (text := draw(narratives))},
        title=draw(st.sampled_from([None, f"{agency}{year}年政府信息公开工作年度报告"])),
        signed_by=agency if signed else None,
        signed_on=draw(st.dates(date(year + 1, 1, 1), date(year + 1, 12, 31))) if signed else None,
    )


def sections(form: Format) -> list[str]:
    return [section.key for section in form.sections]


def cells(form: Format, random: Random, *, gaps: float, consistent: bool) -> dict[str, Cell]:
    """Every cell of the form; `gaps` is the share of cells left blank, dashed or illegible."""
    numbers = {path: _number(column, random) for path, column in form.cells.items()}
    if consistent:
        _add_up(form, numbers)
    drawn = {path: _cell(number, form.cells[path], random, gaps) for path, number in numbers.items()}
    drawn["applications.received.natural_person"] = Cell(6)  # a form without any number is no report
    return drawn


def _number(column: Column, random: Random) -> Number:
    if column.kind == "money":
        return Decimal(random.choice(AMOUNTS))
    return random.choice(COUNTS) * (random.choice([1, -1]) if column.kind == "change" else 1)


def _add_up(form: Format, numbers: dict[str, Number]) -> None:
    for identity in form.identities:
        if identity.id in ("row-sum", "outcome-sum", "remedy-sum"):
            numbers[identity.right[0]] = sum(numbers[path] for path in identity.left)


def _cell(number: Number, column: Column, random: Random, gaps: float) -> Cell:
    if random.random() >= gaps:
        plus = column.kind == "change" and number > 0 and random.random() < 0.5
        return Cell(number, raw=f"+{number}" if plus else "")
    state = random.choice([CellState.BLANK, CellState.BLANK, CellState.DASH, CellState.UNREADABLE])
    raw = {CellState.BLANK: "", CellState.DASH: random.choice(DASHES), CellState.UNREADABLE: "见附件"}[state]
    return Cell(None, state, raw)


paragraphs = st.builds(
    lambda opening, phrases, end: f"{opening}{'；'.join(phrases)}{end}",
    st.sampled_from(OPENINGS),
    st.lists(st.sampled_from(PHRASES), min_size=1, max_size=8),
    st.sampled_from(ENDS),
)
narratives = st.lists(paragraphs, max_size=4).map("\n".join)
