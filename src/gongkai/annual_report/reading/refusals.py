"""When a document is refused instead of read: no report, an old form, an empty form, tables as images, no tables.

A refusal says what was found and what to do next. It never becomes zeros.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.annual_report.model import Cell, CellState
from gongkai.annual_report.reading.document import Document, Grid, Paragraph
from gongkai.annual_report.reading.frame import Frame
from gongkai.errors import UnreadableReportError

FIRST_READABLE_YEAR = 2019

# Rows of the statistics table annexed to reports for years up to 2018 (国办发〔2014〕32号).
_OLD_ROWS = (
    "主动公开政府信息数",
    "主动公开规范性文件数",
    "制发规范性文件总数",
    "通过不同渠道和方式公开",
    "回应公众关注热点",
    "收到申请数",
    "申请办结数",
    "申请答复数",
    "行政复议数量",
    "行政诉讼数量",
    "依申请公开信息收取的费用",
    "机构建设和保障经费",
)
_FORMS_ENOUGH = 3
_FEWEST_PARTS = 3

_NOTHING = frozenset({CellState.BLANK, CellState.DASH, CellState.ABSENT_COLUMN, CellState.ABSENT_ROW})


def without_tables(document: Document, frame: Frame, year: int | None) -> UnreadableReportError:
    """Why a document has none of the statutory tables."""
    if is_old_form(document.blocks[frame.start : frame.end]):
        return old_form(year)
    if not is_report(frame):
        return UnreadableReportError(
            "no-report",
            "这份文件不是政府信息公开工作年度报告：没有找到报告标题、法定的六个部分和统计表。",
            "请确认打开的是报告正文页（不是栏目列表、通知或转载新闻），再重新读取。",
        )
    if year is not None and year < FIRST_READABLE_YEAR:
        return old_form(year)
    if int(document.meta.get("images", "0")) > 0 and not document.ocr:
        return UnreadableReportError(
            "tables-are-images",
            "报告中的统计表是图片，读不到数字。",
            "请下载表格的 Word、Excel 或文字版 PDF；"
            "只有图片时，安装文字识别组件（pip install 'gongkai[ocr]'）后读取图片本身。",
        )
    return UnreadableReportError(
        "no-tables",
        "找到了报告的文字，但没有找到第二、三、四部分的统计表。",
        "请确认保存的页面是完整的；表格在附件中时，请读取附件。",
    )


def empty_form(cells: Mapping[str, Cell]) -> UnreadableReportError | None:
    """The refusal of a form in which no figure is filled in, or None."""
    if any(cell.state not in _NOTHING for cell in cells.values()):
        return None
    return UnreadableReportError(
        "empty-form",
        "这是一份空白的年度报告表格：统计表中一个数字也没有填写。",
        "请读取填写后的报告；空白不会按零处理。",
    )


def old_form(year: int | None) -> UnreadableReportError:
    of = f"{year}年" if year else ""
    return UnreadableReportError(
        "old-form",
        f"这是{of}使用2019年以前旧统计表的年度报告，其指标与现行表格不对应，不能读取。",
        "2019年度起的报告使用现行表格（国办公开办函〔2019〕60号、〔2021〕30号），请读取2019年度及以后的报告。",
    )


def is_old_form(blocks: Sequence[Paragraph | Grid]) -> bool:
    """Whether the rows of the statistics table of before 2019 stand here."""
    found: set[str] = set()
    for text in _texts(blocks):
        found.update(row for row in _OLD_ROWS if row in text)
        if len(found) >= _FORMS_ENOUGH:
            return True
    return False


def is_report(frame: Frame) -> bool:
    return len({mark.key for mark in frame.marks}) >= _FEWEST_PARTS or (frame.title is not None and bool(frame.marks))


def _texts(blocks: Sequence[Paragraph | Grid]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        else:
            texts += ["".join(cell.text for cell in row) for row in block.rows]
    return texts
