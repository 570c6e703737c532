"""What a government page says of itself: title, site, publisher, day of publication.

Source: 国办函〔2019〕61号 asks every page for ArticleTitle, PubDate and ContentSource, every site for SiteName.
"""

from __future__ import annotations

import re
from datetime import date

from selectolax.lexbor import LexborHTMLParser

_NAMES = {
    "articletitle": "title",
    "sitename": "site",
    "pubdate": "published_on",
    "publishdate": "published_on",
    "contentsource": "publisher",
}
_DAY = re.compile(r"(20\d\d|19\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_LABELS = ("发布日期", "发布时间", "公开日期", "公开时间", "发文日期", "成文日期", "生成日期")
_NEAR = 40  # characters between a label and its date


def page_meta(parser: LexborHTMLParser, *, text: str) -> dict[str, str]:
    """The meta data of a page; `text` is the page's whole text, searched where the tags do not say it."""
    meta: dict[str, str] = {}
    head = parser.head
    for node in head.css("meta") if head is not None else ():
        _add(meta, node.attributes)
    if "published_on" in meta and (stated := iso_day(meta.pop("published_on"))):
        meta["published_on"] = stated
    if "title" not in meta:
        _add_title(meta, parser)
    if "published_on" not in meta and (labelled := _labelled_day(text)):
        meta["published_on"] = labelled
    return meta


def _add(meta: dict[str, str], attributes: dict[str, str | None]) -> None:
    name = _NAMES.get((attributes.get("name") or "").lower())
    content = (attributes.get("content") or "").strip()
    if name and content:
        meta.setdefault(name, content)


def _add_title(meta: dict[str, str], parser: LexborHTMLParser) -> None:
    for selector in ("title", "h1"):
        node = parser.css_first(selector)
        if node is not None and (text := " ".join(node.text().split())):
            meta["title"] = text
            return


def iso_day(text: str) -> str | None:
    """The first day that is written in `text`, as an ISO date.

    >>> iso_day("2024年1月17日 10:00")
    '2024-01-17'
    """
    match = _DAY.search(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def _labelled_day(text: str) -> str | None:
    for label in _LABELS:
        at = text.find(label)
        if at >= 0 and (day := iso_day(text[at : at + len(label) + _NEAR])):
            return day
    return None
