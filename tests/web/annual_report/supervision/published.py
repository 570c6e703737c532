"""Published reports of invented agencies, written in every format that the library writes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Number, Report, blank_report
from gongkai.annual_report.writing import write

OVERVIEW = (
    "（一）主动公开。{year}年在门户网站公开信息{published}条。\n（二）依申请公开。新收政府信息公开申请{received}件。"
)
PROBLEMS = (
    "存在的问题：部分科室对公开范围把握不准，政策解读以文字转载为主，图解偏少。\n"
    "改进情况：{year}年起每季度组织一次业务培训，解读材料与文件同步送审，由办公室逐件核对后发布。"
)
FEES = "本年度未收取信息处理费。"


def report(
    agency: str, year: int, *, received: int = 0, carried_in: int = 0, granted: int | None = None, **cells: Number
) -> Report:
    """A report whose equations hold: what came in is granted, or carried out. `__` in a name is the dot of a path."""
    form = formats.for_year(year)
    values: dict[str, Number] = dict.fromkeys(form.cells, 0)
    done = received + carried_in if granted is None else granted
    rows = {"received": received, "carried_in": carried_in, "granted": done, "total": done}
    rows["carried_out"] = received + carried_in - done
    for row, value in rows.items():
        values[f"applications.{row}.natural_person"] = values[f"applications.{row}.total"] = value
    values |= {path.replace("__", "."): value for path, value in cells.items()}
    facts = {"year": year, "published": 120, "received": received}
    return replace(
        blank_report(form, agency=agency, year=year),
        cells={path: Cell(value) for path, value in values.items()},
        title=f"{agency}{year}年政府信息公开工作年度报告",
        sections={
            "overview": OVERVIEW.format(**facts),
            "problems": PROBLEMS.format(**facts),
            "other_matters": FEES,
        },
        signed_by=agency,
        signed_on=date(year + 1, 1, 20),
    )


def file_of(agency: str, year: int, *, kind: str = "html", **facts: Number) -> bytes:
    """The same as a file of that kind."""
    return write(report(agency, year, **facts), to=kind)  # type: ignore[arg-type]
