"""Titles of reports: recognised whole, over two lines or glued into a paragraph; the year and agency they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.annual_report.reading.dates import chinese_year
from gongkai.text.width import half_width

_CORE = (
    r"(?:政府信息|政务信息|政务|信息)\s*(?:主动)?公开\s*(?:工作)?\s*(?:情况)?\s*(?:年度|年)?\s*的?\s*(?:工作)?\s*(?:情况)?"
    r"\s*的?\s*(?:报告|年报|总结)"
)
_YEAR = r"(?P<year>20\d\d|二[〇零○ＯO0][〇零○ＯO0一二三四五六七八九]{2})\s*年?\s*度?"
_HAN = r"[\u4e00-\u9fff（）()·]"

_CORE_AT = re.compile(_CORE)
_YEAR_AT = re.compile(_YEAR + r"(?=\D)|" + _YEAR.replace("P<year>", "P<last>") + "$")
_INLINE = re.compile(rf"(?P<agency>{_HAN}{{2,30}})?\s*{_YEAR}\s*(?P<inner>{_HAN}{{0,30}}?)\s*{_CORE}")
_NOT_TITLE = re.compile(r"的?编制|起草|报送|做好|格式|通知|公告|模板|要求|指南|目录|关于印发|规定|办法|[。；！？?!]")
_CUT_BEFORE = re.compile(
    r".*(?:[，,。；;：:、>》|\-—_\]】！!“”\"]|社会公布|向社会公开|现将|发布|公布|编制|首页|当前位置|(?:年报|年度报告)(?=.{4}))"
)
_TRAILING = re.compile(r"(?:关于|的|本级|[(（][^()（）]{0,12}[)）]?|[\s]+)+$")
_LONGEST_TITLE = 64


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, with what it says; `agency` may be shortened (市卫生健康委员会) or missing."""

    text: str
    year: int | None
    agency: str | None


def parse_title(text: str) -> Title | None:
    """What a whole paragraph says as a title, or None where it is none.

    >>> parse_title("测试市卫生健康委员会 2024 年政府信息公开工作年度报告").agency
    '测试市卫生健康委员会'
    """
    squeezed = "".join(text.split())
    core = _CORE_AT.search(squeezed)
    if core is None or len(squeezed) > _LONGEST_TITLE or core.end() < len(squeezed) - 20:
        return None
    if _NOT_TITLE.search(squeezed[: core.end()]):
        return None
    year, agency = _read(half_width(squeezed), core)
    if year is None and len(agency or "") < 4:
        return None
    return Title(text.strip(), year, agency)


def find_title(text: str) -> tuple[Title, int, int] | None:
    """The first title that stands inside running text, with its start and end."""
    for found in _INLINE.finditer(half_width(text)):
        agency = clean_agency(found["agency"] or "") or clean_agency(found["inner"])
        start = found.start("year")
        if agency and agency in found[0]:
            start = min(start, found.string.index(agency, found.start()))
        if not _NOT_TITLE.search(text[start : found.end()]) and not _NOT_TITLE.match(text[found.end() :][:6]):
            return (
                Title(" ".join(text[start : found.end()].split()), _to_year(found["year"]), agency),
                start,
                found.end(),
            )
    return None


def page_title(text: str) -> Title | None:
    """The title that a page or a crawler gives, without the name of the site after it (…年度报告-某某网)."""
    core = _CORE_AT.search(text)
    return parse_title(text[: core.end()]) if core else None


def clean_agency(text: str) -> str | None:
    """The agency that stands before the year of a title, without what leads up to it; None where nothing is left."""
    squeezed = "".join(text.split())
    squeezed = _CUT_BEFORE.sub("", squeezed)
    squeezed = squeezed.removeprefix("关于")
    squeezed = _TRAILING.sub("", squeezed).strip("0123456789年度")
    return squeezed if 2 <= len(squeezed) <= 30 else None


def _read(squeezed: str, core: re.Match[str]) -> tuple[int | None, str | None]:
    before = squeezed[: core.start()]
    found = _YEAR_AT.search(before)
    if found is None:
        after = _YEAR_AT.search(squeezed, core.end())
        return (_year_of(after) if after else None), clean_agency(before)
    agency = clean_agency(before[: found.start()]) or clean_agency(before[found.end() :])
    return _year_of(found), agency


def _year_of(found: re.Match[str]) -> int | None:
    return _to_year(found["year"] or found["last"])


def _to_year(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() else chinese_year(text)
