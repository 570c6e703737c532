"""PDF/A-2a, tagged, on the page of GB/T 9704-2012; set by typst with the fonts of an installed package.

Of the faces that the standard names, 仿宋, 楷体 and 小标宋 are not free: Noto Serif SC stands in, and Noto Sans SC for
黑体. A folder with the real fonts may be given. A character that no font has is an error, never an empty box.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from gongkai.documents.errors import WritingError

STANDARD = "a-2a"
TITLE_ROOM = 20  # characters of 2号 in a line
POINTS_PER_MM = 72 / 25.4

# Templates of the library share `documents/page.typ`, so the root that typst may read is the package; a template from
# elsewhere reads its own folder.
_ROOT = Path(__file__).parent.parent
# For each use the families by preference; the last of each is always there.
_FACES = {
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC"),
    "heading": ("SimHei", "STHeiti", "Noto Sans SC"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif SC"),
}
_FALLBACK = ("Noto Serif SC", "Noto Sans SC", "Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern Math")
# No glyph in any font; or a code point of private use, which means nothing and which PDF/A-2a forbids.
_MISSING = re.compile(r'the text `"(.+?)"`|contains the codepoint `"\\u\{([0-9a-f]+)\}"`', re.DOTALL)
_COMPILING = Lock()  # one compiler per template and font folder is shared by all threads


def typeset(template: Path, data: Mapping[str, Any], *, day: date | None, fonts: Path | None = None) -> bytes:
    """The template with its data, which it reads as `sys.inputs.data` (JSON), with the faces to use as `fonts`.

    PDF/A wants a date: that of `day`, so that equal texts give equal files, else now. `fonts` is a folder with the
    standard's own faces. Raises: WritingError `missing-glyph` for a character that no font can show.
    """
    compiler, faces = _compiler(template, fonts)
    text = json.dumps({**data, "fonts": faces}, ensure_ascii=False)
    try:
        with _COMPILING:
            compiled, warnings = compiler.compile_with_warnings(
                format="pdf", sys_inputs={"data": text}, pdf_standards=STANDARD, timestamp=_dated(day)
            )
    except typst.TypstError as error:
        raise _refusal(error) from error
    _require_fonts(warnings)
    return bytes(compiled)


@cache
def _compiler(template: Path, folder: Path | None) -> tuple[Any, dict[str, list[str]]]:
    paths = [serif_path().parent, sans_path().parent, *([folder] if folder else [])]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(dict.fromkeys(map(str, paths))))
    present = set(fonts.families())
    faces = {
        use: list(dict.fromkeys(name for name in (*names, *_FALLBACK) if name in present))
        for use, names in _FACES.items()
    }
    root = _ROOT if template.is_relative_to(_ROOT) else template.parent
    return typst.Compiler(template, root=root, font_paths=fonts, ignore_system_fonts=True), faces


def _dated(day: date | None) -> datetime:
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
