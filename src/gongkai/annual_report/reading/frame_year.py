"""Which year a report is about: its title, the period of its figures, its text, its dates, the name of the file."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from gongkai.annual_report.model import Doubt
from gongkai.annual_report.reading.dates import chinese_year
from gongkai.text.width import half_width

_PERIOD = re.compile(r"(20\d\d)\s*年\s*1\s*月\s*1\s*日[^。；]{0,12}?(?:(20\d\d)\s*年|当年|同年)?\s*12\s*月\s*31\s*日")
_OPENING = re.compile(r"\s*(?:一是|（一）)?\s*(20\d\d|二[〇零○O0][〇零○O0一二三四五六七八九]{2})\s*年")
_MENTION = re.compile(r"(20[12]\d)\s*年(?:度|政府信息公开)")
_REACH = 2000  # characters of the overview in which the period of the figures is looked for
_IN_NAME = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """What a document says about its year, each member in the order in which it is believed."""

    title: int | None = None
    preamble: str = ""
    overview: str = ""
    signed_on: date | None = None
    published_on: date | None = None
    source: str = ""


def identify_year(evidence: YearEvidence) -> tuple[int | None, list[Doubt]]:
    """The year of the report, and a doubt where its title, its period and its dates name different years.

    >>> identify_year(YearEvidence(preamble="数据统计期限为2023年1月1日至12月31日。"))[0]
    2023
    """
    year, doubts = _identified(evidence)
    if year is None and evidence != (narrow := _narrow(evidence)):
        return _identified(narrow)
    return year, doubts


def _narrow(evidence: YearEvidence) -> YearEvidence:
    """The evidence with digits in half width (２０２４年)."""
    preamble, overview = half_width(evidence.preamble), half_width(evidence.overview[:_REACH])
    return replace(evidence, preamble=preamble, overview=overview)


def _identified(evidence: YearEvidence) -> tuple[int | None, list[Doubt]]:
    period = _period(evidence.preamble) or _period(evidence.overview[:_REACH])
    opening = _year(_OPENING.match(evidence.overview))
    mentioned = _year(_MENTION.search(evidence.preamble))
    signed = evidence.signed_on.year - 1 if evidence.signed_on else None
    published = evidence.published_on.year - 1 if evidence.published_on else None
    named = _year(_IN_NAME.search(evidence.source))
    year = evidence.title or period or mentioned or opening or signed or published or named
    if year is None:
        return None, [Doubt("year-missing", "未找到报告年度：请在标题或统计期限中查看，并人工补录。")]
    return year, _conflict(year, [period, opening, signed])


def _conflict(year: int, others: list[int | None]) -> list[Doubt]:
    """A doubt where the stated period, or two of the other signs together, speak for another year."""
    period = others[0]
    votes = Counter(other for other in others if other and other != year)
    rival = period if period and period != year else next((y for y, count in votes.items() if count > 1), None)
    if rival is None:
        return []
    message = f"报告年度不一致：标题为{year}年，正文（统计期限、开头或落款）为{rival}年，按{year}年读取，请核对。"
    return [Doubt("year-conflict", message, candidates=(str(year), str(rival)))]


def _period(text: str) -> int | None:
    found = _PERIOD.search(text)
    if found is None or (found[2] and found[2] != found[1]):
        return None
    return int(found[1])


def _year(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    return int(found[1]) if found[1].isascii() else chinese_year(found[1])
