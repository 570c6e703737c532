"""Atom feeds: the whole platform, one agency, one column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from gongkai_web.information.models import InformationItem
from gongkai_web.portal.public import public_page
from gongkai_web.portal.selectors import lists
from gongkai_web.portal.selectors.rows import item_url, public_items
from gongkai_web.portal.selectors.structure import Structure, agency_url, column_url, site_name
from gongkai_web.portal.views.requests import agency_or_404, column_or_404, structure_of

_ENTRIES = 30
_FIELDS = ("title", "summary", "agency_id", "published_on", "first_published_at", "last_published_at", "index_number")


@dataclass(frozen=True)
class Channel:
    """What one feed carries."""

    title: str
    url: str
    items: lists.Items
    agencies: Structure


class ItemFeed(Feed[InformationItem, Channel]):
    """The newest items of a channel."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Channel:
        """The platform, the agency or the column that the address names."""
        tree = structure_of(request)
        slug, column_slug = kwargs.get("slug"), kwargs.get("column_slug")
        if slug is None:
            return Channel(f"{site_name()}：最新公开", reverse("portal:home"), public_items(), tree)
        agency = agency_or_404(tree, slug)
        if column_slug is None:
            return Channel(f"{agency.name}：最新公开", agency_url(agency), lists.of_agency(agency), tree)
        column = column_or_404(tree, agency, column_slug)
        items = lists.in_column(tree.columns(agency), column)
        return Channel(f"{agency.name}：{column.name}", column_url(agency, column), items, tree)

    def title(self, obj: Channel) -> str:
        """Agency and column."""
        return obj.title

    def link(self, obj: Channel) -> str:
        """The page that the feed follows."""
        return obj.url

    def subtitle(self, obj: Channel) -> str:
        """What it is."""
        return f"{obj.title}，按发布日期排列的最近{_ENTRIES}件。"

    def items(self, obj: Channel) -> Sequence[InformationItem]:
        """The newest entries, with their agency from memory."""
        found = list(obj.items.only(*_FIELDS)[:_ENTRIES])
        for item in found:
            item.agency = obj.agencies.by_pk[item.agency_id]
        return found

    def item_title(self, item: InformationItem) -> str:
        """The item's name, not escaped: the generator does that."""
        return item.title

    def item_description(self, item: InformationItem) -> str:
        """内容概述."""
        return item.summary

    def item_link(self, item: InformationItem) -> str:
        """The item's page."""
        return item_url(item.pk)

    def item_guid(self, item: InformationItem) -> str:
        """The index number never changes, whatever the address does."""
        return f"urn:gongkai:item:{item.index_number}"

    def item_author_name(self, item: InformationItem) -> str:
        """The agency."""
        return item.agency.name

    def item_pubdate(self, item: InformationItem) -> datetime | None:
        """When it first went public."""
        return item.first_published_at

    def item_updateddate(self, item: InformationItem) -> datetime | None:
        """When its present text went public."""
        return item.last_published_at or item.first_published_at


feed = public_page(ItemFeed())
