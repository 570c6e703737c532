"""Everything one item's page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from gongkai.information.disclosure import DisclosureAttribute, ExemptionReason
from gongkai.information.normative import Validity
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import (
    Attachment,
    AttachmentKind,
    InformationItem,
    Interpretation,
    InterpretationKind,
)
from gongkai_web.portal.selectors.prepared import Prepared
from gongkai_web.portal.selectors.register import Register, register_of
from gongkai_web.portal.selectors.rows import item_url
from gongkai_web.portal.selectors.structure import Structure
from gongkai_web.proactive.models import Column

NOT_STATED = "无"


class Fact(NamedTuple):
    """One line of the metadata head. `whole` takes the full width; `day` is given for dates, `url` for links."""

    label: str
    value: str
    whole: bool = False
    day: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as the page offers it. `size` is a readable size, e.g. 1.2 MB."""

    label: str
    url: str
    type: str
    size: str
    kind: str


@dataclass(frozen=True, slots=True)
class Related:
    """An item that explains this one, or that this one explains."""

    title: str
    url: str
    kind: str


class Item(NamedTuple):
    """The columns of one item that its page needs, in the order in which they are read."""

    pk: int
    agency_id: int
    column_id: int
    live: bool
    withdrawn_at: datetime | None
    first_published_at: datetime | None
    withdrawal_reason: str
    index_number: str
    title: str
    summary: str
    document_number: str
    maker: str
    formed_on: date
    published_on: date | None
    effective_on: date | None
    topic: str
    genre: str
    keywords: str
    body: str
    source: str
    source_url: str
    attribute: str
    exemption_reason: str
    validity: str
    has_files: bool
    has_related: bool

    @property
    def url(self) -> str:
        """The item's page."""
        return item_url(self.pk)


@dataclass(frozen=True)
class ItemPage:
    """A live item with what belongs to it."""

    item: Item
    agency: Agency
    column: Column | None
    facts: tuple[Fact, ...]
    body: str
    files: tuple[File, ...]
    media: tuple[File, ...]
    interpretations: tuple[Related, ...]
    policies: tuple[Related, ...]
    register: Register | None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of an item that was public and no longer is. Its title may be the reason, so it is not repeated."""

    index_number: str
    agency: Agency
    reason: str
    withdrawn_at: datetime | None


def item_page(pk: int, *, agencies: Structure) -> ItemPage | Tombstone | None:
    """The item's page, its tombstone, or `None` for what was never public."""
    item = _read(pk)
    if item is None or item.first_published_at is None:
        return None
    agency = agencies.by_pk[item.agency_id]
    if not item.live or item.withdrawn_at is not None:
        return Tombstone(item.index_number, agency, item.withdrawal_reason, item.withdrawn_at)
    files = _files(pk) if item.has_files else ()
    related = _related(pk) if item.has_related else ((), ())
    return ItemPage(
        item=item,
        agency=agency,
        column=agencies.columns(agency).by_pk.get(item.column_id),
        facts=_facts(item, agency),
        body=scrollable(item.body),
        files=tuple(file for file in files if file.kind == AttachmentKind.FILE),
        media=tuple(file for file in files if file.kind != AttachmentKind.FILE),
        interpretations=related[0],
        policies=related[1],
        register=register_of(pk) if item.validity else None,
    )


def _query(pk: int) -> QuerySet[InformationItem, tuple[Any, ...]]:
    """One query; two flags spare the queries for files and links of the many items that have none."""
    files = Attachment.objects.filter(item_id=OuterRef("pk"))
    related = Interpretation.objects.filter(Q(policy_id=OuterRef("pk")) | Q(interpreting_id=OuterRef("pk")))
    items = InformationItem.objects.annotate(has_files=Exists(files), has_related=Exists(related)).order_by()
    found: QuerySet[InformationItem, tuple[Any, ...]] = items.filter(pk=pk).values_list(*Item._fields)
    return found


_ITEM = Prepared(_query)


def _read(pk: int) -> Item | None:
    rows = _ITEM.rows(pk) if pk <= BigIntegerField.MAX_BIGINT else []
    return Item(*rows[0]) if rows else None


def _facts(item: Item, agency: Agency) -> tuple[Fact, ...]:
    """Source: 政府信息公开目录系统实施指引（试行）; the order is the one of public portals."""
    core = [
        Fact("索引号", item.index_number),
        Fact("主题分类", item.topic or NOT_STATED),
        Fact("发文机关", item.maker or agency.name),
        Fact("成文日期", _day(item.formed_on), day=item.formed_on),
        Fact("名称", item.title, whole=True),
        Fact("发文字号", item.document_number or NOT_STATED),
        Fact("发布日期", _day(item.published_on), day=item.published_on),
        Fact("公开方式", DisclosureAttribute(item.attribute).label),
        Fact("信息来源", item.source or agency.name, url=item.source_url),
    ]
    return _in_pairs([*core, *(fact for fact in _further_facts(item) if fact.value)])


def _in_pairs(facts: list[Fact]) -> tuple[Fact, ...]:
    """Lines of half width stand in pairs; one without a partner takes the full width."""
    paired: list[Fact] = []
    waiting = False
    for number, fact in enumerate(facts):
        alone = not waiting and not fact.whole and (number + 1 == len(facts) or facts[number + 1].whole)
        paired.append(fact._replace(whole=True) if alone else fact)
        waiting = not waiting and not paired[-1].whole
    return tuple(paired)


def _further_facts(item: Item) -> tuple[Fact, ...]:
    partly = item.attribute == DisclosureAttribute.PARTLY_OPEN.value
    return (
        Fact("体裁分类", item.genre),
        Fact("有效性", Validity(item.validity).label if item.validity else ""),
        Fact("施行日期", _day(item.effective_on), day=item.effective_on),
        Fact("主题词", item.keywords),
        Fact(
            "删减理由",
            ExemptionReason(item.exemption_reason).label if partly and item.exemption_reason else "",
            whole=True,
        ),
        Fact("内容概述", item.summary, whole=True),
    )


def _file_query(pk: int) -> QuerySet[Attachment, tuple[Any, ...]]:
    found: QuerySet[Attachment, tuple[Any, ...]] = (
        Attachment.objects.filter(item_id=pk)
        .order_by("sort_order", "pk")
        .values_list("title", "kind", "document_id", "document__title", "document__file", "document__file_size")
    )
    return found


_FILES = Prepared(_file_query)


def _files(pk: int) -> tuple[File, ...]:
    return tuple(_file(*row) for row in _FILES.rows(pk))


def _file(title: str, kind: str, key: int, document_title: str, path: str, size: int | None) -> File:  # noqa: PLR0913, PLR0917  # a row
    name = PurePath(path).name
    return File(
        label=title or document_title,
        url=reverse("wagtaildocs_serve", args=[key, name]),
        type=PurePath(name).suffix.lstrip(".").upper() or "文件",
        size=filesizeformat(size) if size else "",
        kind=kind,
    )


def _related_query(pk: int) -> QuerySet[Interpretation, tuple[Any, ...]]:
    """Links in both directions, of which both ends are public."""
    public = Q(interpreting__live=True, interpreting__withdrawn_at=None, policy__live=True, policy__withdrawn_at=None)
    links = Interpretation.objects.filter(public, Q(policy_id=pk) | Q(interpreting_id=pk)).order_by("pk")
    found: QuerySet[Interpretation, tuple[Any, ...]] = links.values_list(
        "kind", "policy_id", "interpreting_id", "policy__title", "policy__document_number", "interpreting__title"
    )
    return found


_RELATED = Prepared(_related_query)


def _related(pk: int) -> tuple[tuple[Related, ...], tuple[Related, ...]]:
    """What explains the item, and what it explains."""
    explaining, explained = [], []
    for kind, policy, interpreting, policy_title, number, title in _RELATED.rows(pk):
        if policy == pk:
            explaining.append(Related(title, item_url(interpreting), InterpretationKind(kind).label))
        else:
            explained.append(Related(policy_title, item_url(policy), number))
    return tuple(explaining), tuple(explained)


_NUMBER_CELL = re.compile(r'<td((?: (?:col|row)span="\d+")*)>(\s*[-−]?\d[\d,]*(?:\.\d+)?%?\s*)</td>')


def scrollable(body: str) -> str:
    """A wide table scrolls in its own frame, reachable by keyboard, instead of widening a phone's page; its numbers
    are marked, so that they stand below one another.

    >>> scrollable("<table><tr><td>甲</td><td>1,200.5</td></tr></table>").partition("<td>")[2]
    '甲</td><td class="number">1,200.5</td></tr></table></div>'
    """
    if "<table" not in body:
        return body
    body = _NUMBER_CELL.sub(r'<td\1 class="number">\2</td>', body)
    frame = '<div class="scroll" tabindex="0" role="group" aria-label="表格，可左右滚动"><table'
    return body.replace("<table", frame).replace("</table>", "</table></div>")


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
