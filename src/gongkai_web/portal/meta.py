"""The standard meta tags. Source: 国办发〔2017〕47号."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Self

from gongkai_web.portal.selectors.item import ItemPage

_LONGEST_DESCRIPTION = 160  # characters; search engines show no more


def tags_html(tags: Iterable[tuple[str, str]]) -> str:
    """A tag on each line; contents are escaped.

    >>> tags_html([("SiteName", '"甲"')])
    '<meta name="SiteName" content="&quot;甲&quot;">'
    """
    return "\n".join(f'<meta name="{name}" content="{escape(content)}">' for name, content in tags)


@dataclass(frozen=True, slots=True)
class Article:
    """What the meta tags say; `address` is absolute."""

    title: str
    published_on: date | None
    source: str
    keywords: str
    summary: str
    maker: str
    address: str

    def tags(self) -> list[tuple[str, str]]:
        """Name and content; optional tags only where there is something to say."""
        stated = [
            ("ArticleTitle", self.title),
            ("PubDate", f"{self.published_on:%Y-%m-%d}" if self.published_on else ""),
            ("ContentSource", self.source),
            ("Keywords", self.keywords),
            ("Description", self.summary[:_LONGEST_DESCRIPTION]),
            ("Author", self.maker),
            ("Url", self.address),
        ]
        return [(name, content) for name, content in stated if content]

    def html(self) -> str:
        """The tags, and which address is the page's own."""
        return f'{tags_html(self.tags())}\n<link rel="canonical" href="{escape(self.address)}">'

    @classmethod
    def of(cls, page: ItemPage, *, address: str) -> Self:
        """The tags of an item's page."""
        item = page.item
        return cls(
            title=item.title,
            published_on=item.published_on,
            source=item.source or page.agency.name,
            keywords=item.keywords,
            summary=item.summary,
            maker=item.maker or page.agency.name,
            address=address,
        )
