"""A report as an outline of title, headings, paragraphs and tables, in the order they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual_report.model import Report
from gongkai.annual_report.writing.layout import LayoutTable, tables
from gongkai.documents.text import break_title, chinese_date, clean, right_indents

DOCUMENT_NAME = "政府信息公开工作年度报告"
# （一）主动公开。… : a numbered lead is set in 楷体 by GB/T 9704, up to its full stop or colon.
_LEAD = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。：:；;]{1,30}(?:[。：:]|$)")
_TITLE_BREAK = re.compile(r"\d年度?|(?=[12]\d{3}\s*年)")
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of narrative; its first `lead` characters are a numbered sub-heading, all of it if `heading`."""

    text: str
    lead: int = 0

    @property
    def heading(self) -> bool:
        return self.lead == len(self.text) > 0


@dataclass(frozen=True, slots=True)
class Part:
    """One of the six headed sections: its statutory heading, its narrative, then its table if the form has one."""

    key: str
    heading: str
    passages: tuple[Passage, ...]
    table: LayoutTable | None


@dataclass(frozen=True, slots=True)
class Outline:
    """All that is printed. `signed_by` and `day` (e.g. 2025年1月20日) are empty where they are not stated.

    `author` is the agency as the properties of a file name it, or who signs, or nothing.
    """

    title: str
    author: str
    preamble: tuple[Passage, ...]
    parts: tuple[Part, ...]
    signed_by: str
    day: str


def outline(report: Report) -> Outline:
    """What is printed of `report`: statutory headings and labels around its own narrative and figures."""
    drawn = tables(report)
    parts = tuple(
        Part(section.key, section.full_heading, passages(report, section.key), drawn.get(section.key))
        for section in report.format.sections
    )
    title = title_of(report)
    signer = _signer(report, title)
    author = clean(report.agency or "").strip() or signer
    return Outline(title, author, passages(report, "preamble"), parts, signer, chinese_date(report.signed_on))


def passages(report: Report, key: str) -> tuple[Passage, ...]:
    """The paragraphs of one section, blank lines dropped."""
    return tuple(_passages(report.sections.get(key, "")))


def title_of(report: Report) -> str:
    """The printed title; the statutory one where none is printed or where it names no year."""
    own = clean(report.title or "").strip()
    if own and (report.year is None or _names_year(own, report.year)):
        return own
    return f"{clean(report.agency or '')}{_year_text(report.year)}{DOCUMENT_NAME}"


def title_lines(title: str, *, room: float) -> tuple[str, ...]:
    """The title in one line, or in two parted after the year, where it is wider than `room` full-width characters.

    A title breaks where the sense breaks (GB/T 9704 §7.3.1). One that has no such place is left to the line breaker.

    >>> title_lines("云溪市卫生健康委员会2024年政府信息公开工作年度报告", room=20)
    ('云溪市卫生健康委员会2024年', '政府信息公开工作年度报告')
    """
    return break_title(title, places=(match.end() for match in _TITLE_BREAK.finditer(title)), room=room)


def signature_indents(text: Outline) -> tuple[float, float]:
    """Right indents of name and date in characters: date 右空四字, the name centred over it (GB/T 9704 §7.3.5)."""
    return right_indents(text.signed_by, text.day)


def _passages(text: str) -> Iterator[Passage]:
    for line in text.splitlines():
        one = clean(line).strip()
        if one:
            lead = _LEAD.match(one)
            yield Passage(one, lead.end() if lead else 0)


def _signer(report: Report, title: str) -> str:
    """Who signs: as printed, or the agency itself where the title leaves out its full name."""
    agency = clean(report.agency or "").strip()
    return clean(report.signed_by or "").strip() or (agency if agency not in title else "")


def _names_year(title: str, year: int) -> bool:
    return str(year) in title or str(year).translate(_CHINESE_DIGITS) in title


def _year_text(year: int | None) -> str:
    return "" if year is None else f"{year}年"
