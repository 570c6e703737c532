"""Reports of the years before the platform computed them, as files: the published figures, contradictions and all.

The tables carry what the agencies published; the words around them are the example's own and keep only the numbers that
contradict them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Number, Report, blank_report
from gongkai.annual_report.writing import write
from gongkai_web.demo import figures
from gongkai_web.demo.figures import Published

_PROBLEMS = "存在的主要问题：解读形式单一，业务人员更换频繁。\n改进情况：组织业务培训，由专人负责栏目更新。"
_FEES = "本年度未收取信息处理费。"


@dataclass(frozen=True)
class PublishedFile:
    """One file as it was downloaded from the agency's page."""

    name: str
    data: bytes


def published_files() -> list[PublishedFile]:
    """Four reports that are read, one whose name has to be completed by a person, one file that is no report."""
    nameless = _report("卫生健康局", 2021, _NO_DOCUMENTS, "（一）主动公开。公开信息31条。")
    return [
        _file("洛阳市卫生健康委员会2022年年报.html", _luoyang(), "html"),
        _file("朝阳卫健委年报（2022）.docx", _chaoyang(), "docx"),
        _file("盐池县卫健局2020年度.xlsx", _yanchi(), "xlsx"),
        _file("保山2021年报.pdf", _baoshan(), "pdf"),
        _file("年报.md", nameless, "md"),
        PublishedFile("会议通知.txt", "关于召开信息公开培训会的通知\n请各单位派一人参加。".encode()),
    ]


def _file(name: str, report: Report, kind: str) -> PublishedFile:
    return PublishedFile(name, write(report, to=kind))


_NO_DOCUMENTS: dict[str, Number] = {}


def _luoyang() -> Report:
    values = _table2(figures.LUOYANG)
    values |= _rows({"received": 11, "granted": 11, "total": 11})
    text = (
        "（一）主动公开。通过网站公开信息468条；政务新媒体发布信息3443条，其中微信公众号2088条、视频号463条、"
        "抖音和快手892条。\n（二）依申请公开。新收政府信息公开申请11件，均予以公开。"
    )
    return _report("洛阳市卫生健康委员会", 2022, values, text)


def _chaoyang() -> Report:
    values = _table2(figures.CHAOYANG)
    values |= _rows({"received": 1, "unavailable.not_held": 1, "total": 1})
    parts = "、".join(f"{label}{number}条" for label, number in figures.CHAOYANG.website_parts)
    text = (
        f"（一）主动公开。2022年通过网站公开政府信息1143条，其中{parts}。\n"
        "（二）依申请公开。新收政府信息公开申请1件。\n"
        "（四）政府信息公开平台建设。2022年通过网站公开政府信息818条。"
    )
    return _report("朝阳市卫生健康委员会", 2022, values, text)


def _yanchi() -> Report:
    values: dict[str, Number] = {
        "proactive.other_services.previous_items": 44,
        "proactive.other_services.decisions": 73,
        "proactive.penalties.previous_items": 160,
        "proactive.penalties.change": 5,
        "proactive.penalties.decisions": 27,
        "proactive.coercive_measures.previous_items": 8,
    }
    text = (
        "（一）主动公开。全年行政许可处理决定203件，行政处罚事项160项，与上年相比无增减。\n"
        "（二）依申请公开。本年度未收到政府信息公开申请。"
    )
    return _report("盐池县卫生健康局", 2020, values, text)


def _baoshan() -> Report:
    parts = "、".join(f"{label}{number}条" for label, number in figures.BAOSHAN.website_parts)
    text = f"（一）主动公开。全年主动公开政府信息504条，其中{parts}。\n（二）依申请公开。未收到政府信息公开申请。"
    return _report("保山市卫生健康委员会", 2021, _table2(figures.BAOSHAN), text)


def _table2(published: Published) -> dict[str, Number]:
    register = published.register
    return {
        "proactive.normative_documents.issued": register.issued,
        "proactive.normative_documents.repealed": register.repealed,
        "proactive.normative_documents.in_force": register.in_force,
        "proactive.permits.decisions": published.permits,
        "proactive.penalties.decisions": published.penalties,
        "proactive.coercive_measures.decisions": published.coercive_measures,
        "proactive.fees.amount_wan": published.fees_wan,
    }


def _rows(counts: dict[str, int]) -> dict[str, Number]:
    """All applicants of these reports were natural persons."""
    return {
        f"applications.{row}.{column}": number
        for row, number in counts.items()
        for column in ("natural_person", "total")
    }


def _report(agency: str, year: int, values: dict[str, Number], overview: str) -> Report:
    form = formats.for_year(year)
    cells = {path: Cell(values.get(path, 0)) for path in form.cells}
    return replace(
        blank_report(form, agency=agency, year=year),
        cells=cells,
        title=f"{agency}{year}年政府信息公开工作年度报告",
        sections={"overview": overview, "problems": _PROBLEMS, "other_matters": _FEES},
        signed_by=agency,
        signed_on=date(year + 1, 1, 24),
    )
