"""The report as PDF/A-2a, tagged, on the page of GB/T 9704-2012; set by typst with the fonts of an installed package.

Of the faces that the standard names, 仿宋, 楷体 and 小标宋 are not free: Noto Serif SC stands in, and Noto Sans SC for
黑体. A folder with the real fonts may be given. A character that no font has is an error, never an empty box.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing import WritingError
from gongkai.annual_report.writing.layout import LayoutCell, LayoutTable
from gongkai.annual_report.writing.outline import Outline, Passage, outline, signature_indents, title_lines

STANDARD = "a-2a"
TITLE_ROOM = 20  # characters of 2号 in a line
SMALLEST_POINTS = 4.0
CELL_PADDING_MM = 1.2
DIGIT_EM = 0.56  # digits of Noto Serif SC; those of other faces are narrower
POINTS_PER_MM = 72 / 25.4

_TEMPLATE = Path(__file__).with_name("report.typ")
# For each use the families by preference; the last of each is always there.
_FACES = {
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC"),
    "heading": ("SimHei", "STHeiti", "Noto Sans SC"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
}
_FALLBACK = ("Noto Serif SC", "Noto Sans SC", "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern Math")
# No glyph in any font; or a code point of private use, which means nothing and which PDF/A-2a forbids.
_MISSING = re.compile(r'the text `"(.+?)"`|contains the codepoint `"\\u\{([0-9a-f]+)\}"`', re.DOTALL)
_COMPILING = Lock()  # one compiler per font folder is shared by all threads


def write(report: Report, *, fonts: Path | None = None) -> bytes:
    """A PDF/A-2a file. `fonts` is a folder with the standard's own faces, used where they are found there.

    Raises: WritingError `missing-glyph` where the report holds a character that no font can show.
    """
    text = outline(report)
    compiler, faces = _compiler(fonts)
    data = json.dumps(_data(text, faces), ensure_ascii=False)
    try:
        with _COMPILING:
            compiled, warnings = compiler.compile_with_warnings(
                format="pdf", sys_inputs={"report": data}, pdf_standards=STANDARD, timestamp=_dated(report)
            )
    except typst.TypstError as error:
        raise _refusal(error) from error
    _require_fonts(warnings)
    return bytes(compiled)


@cache
def _compiler(folder: Path | None) -> tuple[Any, dict[str, list[str]]]:
    paths = [serif_path().parent, sans_path().parent, *([folder] if folder else [])]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(dict.fromkeys(map(str, paths))))
    present = set(fonts.families())
    faces = {
        use: list(dict.fromkeys(name for name in (*names, *_FALLBACK) if name in present))
        for use, names in _FACES.items()
    }
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True), faces


def _dated(report: Report) -> datetime:
    """PDF/A wants a date: the day of signature or publication, so that equal reports give equal files; else now."""
    day = report.signed_on or report.published_on
    return datetime.combine(day, time(), UTC) if day else datetime.now(UTC).replace(microsecond=0)


def _refusal(error: Any) -> WritingError:
    found = _MISSING.search(str(error))
    if found:
        return WritingError(
            "missing-glyph",
            f"PDF 字体中没有这样的字形：{found[1] or f'U+{found[2].upper()}（专用区字符）'}。",
            "请改用常用文字，或者用 --fonts 指定一个含有这些字形的字体文件夹。",
        )
    return WritingError("pdf-failed", f"PDF 排版失败：{error}", "请改写成 DOCX 或 HTML，并报告这一问题。")


def _require_fonts(warnings: list[Any]) -> None:
    """A font that is not found is only a warning to typst; a page set in some other face would go unnoticed."""
    missing = [str(warning) for warning in warnings if "unknown font" in str(warning)]
    if missing:
        raise WritingError("missing-font", f"缺少字体：{'；'.join(missing)}", "请重新安装 pylopdf-fonts-zh-cn。")


def _data(text: Outline, faces: dict[str, list[str]]) -> dict[str, Any]:
    name_indent, day_indent = signature_indents(text)
    signature = [[line, indent] for line, indent in ((text.signed_by, name_indent), (text.day, day_indent)) if line]
    return {
        "title": text.title,
        "title-lines": title_lines(text.title, room=TITLE_ROOM),
        "author": text.author,
        "fonts": faces,
        "preamble": [_passage(one) for one in text.preamble],
        "parts": [
            {
                "heading": part.heading,
                "passages": [_passage(one) for one in part.passages],
                "table": _table(part.table) if part.table else None,
            }
            for part in text.parts
        ],
        "signature": signature,
    }


def _passage(passage: Passage) -> list[str]:
    return [passage.text[: passage.lead], passage.text[passage.lead :]]


def _table(table: LayoutTable) -> dict[str, Any]:
    return {
        "widths": table.widths,
        "header-rows": table.header_rows,
        "breakable": table.header_rows > 0 and len(table.rows) > 4,
        "text-size": table.points,
        "padding": 1.6 if table.points > 11 else 1.0,  # mm above and below
        "number-size": _number_size(table),
        "rows": [list(map(_cell, row.cells)) for row in table.rows],
    }


def _cell(cell: LayoutCell) -> dict[str, Any]:
    return {"text": cell.text, "role": cell.role, "rowspan": cell.rowspan, "colspan": cell.colspan}


def _number_size(table: LayoutTable) -> float:
    """The type size in points at which the longest number fits its column on one line."""
    room = (table.widths[-1] - CELL_PADDING_MM) * POINTS_PER_MM
    return max(SMALLEST_POINTS, min(table.points, room / (table.longest_number() * DIGIT_EM)))
