"""From a text with gaps to the fields of one item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from html import escape
from random import Random
from typing import Any

from gongkai.information.disclosure import DisclosureAttribute
from gongkai_web.accounts.models import Role
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.files import enclose
from gongkai_web.demo.texts import Enclosure, Text
from gongkai_web.information.models import Attachment, AttachmentKind, InformationItem
from gongkai_web.information.services.drafting import create_item


@dataclass(frozen=True)
class Draft:
    """An item before it exists. `more` are further fields of the model."""

    cast: Cast
    column: str
    title: str
    genre: str
    paragraphs: Sequence[str]
    formed_on: date
    table: Sequence[Sequence[str]] = ()
    enclosure: Enclosure = Enclosure.NONE
    topic: str = "卫生、体育"
    keywords: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def changed(self, **more: Any) -> Draft:
        """With further fields."""
        return replace(self, more={**self.more, **more})

    def create(self) -> InformationItem:
        """Store it as a draft of the agency's drafter."""
        agency = self.cast.agency
        return create_item(
            agency=agency,
            by=self.cast[Role.DRAFTER],
            column=agency.columns.get(code=self.column),
            title=self.title,
            genre=self.genre,
            topic=self.topic,
            keywords=self.keywords,
            summary=self.paragraphs[0][:120],
            body=html_of(self.paragraphs, self.table),
            formed_on=self.formed_on,
            attachments=self._attachments(),
            attribute_approval=f"{agency.short_name}发文稿纸第{self.formed_on:%m%d}号",
            **{"attribute": DisclosureAttribute.PROACTIVE.value, **self.more},
        )

    def _attachments(self) -> list[Attachment]:
        if self.enclosure is Enclosure.NONE:
            return []
        document = enclose(
            self.cast.agency, self.enclosure, title=self.title, paragraphs=self.paragraphs, rows=self.table
        )
        picture = self.enclosure is Enclosure.PNG
        kind = AttachmentKind.IMAGE if picture else AttachmentKind.FILE
        title = f"{self.title}要点图：{self.paragraphs[0][:60]}" if picture else self.title
        return [Attachment(document=document, title=title[:200], kind=kind, sha256=document.sha256)]


def filled(text: Text, *, cast: Cast, formed_on: date, chance: Random, **more: str) -> Draft:
    """The text with its gaps filled by the agency's names, the date and small invented numbers.

    `q` of `q_year` is the last quarter that was over on that day, `m_month` of `m_year` the last month; `last` is the
    year before. Parts of a whole are written as what is left of it, so that every table adds up.
    """
    n, m, d = chance.randint(21, 48), chance.randint(3, 9), chance.randint(1, 9)
    quarter = (formed_on.year * 12 + formed_on.month - 1) // 3 - 1
    month = formed_on.replace(day=1) - timedelta(days=1)
    gaps = {
        "name": cast.part.name,
        "short": cast.part.short_name,
        "office": cast.agency.disclosure_office,
        "year": formed_on.year,
        "last": formed_on.year - 1,
        "month": formed_on.month,
        "m_year": month.year,
        "m_month": month.month,
        "q_year": quarter // 4,
        "q": quarter % 4 + 1,
        "n": n,
        "m": m,
        "d": d,
        "n_less_m": n - m,
        "n_less_m_2": n - m - 2,
        "m_less_2": m - 2,
        **more,
    }
    return Draft(
        cast,
        text.column,
        text.title.format(**gaps),
        text.genre,
        [paragraph.format(**gaps) for paragraph in text.paragraphs],
        formed_on,
        [[cell.format(**gaps) for cell in row] for row in text.table],
        text.enclosure,
        text.topic,
        text.keywords,
    )


def html_of(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> str:
    """Paragraphs, then the table with a header row."""
    parts = [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs]
    if table:
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table[0])
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table[1:])
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    return "".join(parts)
