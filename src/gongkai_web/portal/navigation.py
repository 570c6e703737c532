"""The entries of the main navigation and of the footer. An entry whose address does not exist is left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` is what a page gives as `section`; `view` the name of an address."""

    name: str
    label: str
    view: str


@dataclass(frozen=True, slots=True)
class Link:
    """What a template shows."""

    name: str
    label: str
    url: str


MAIN = (
    Entry("home", "首页", "portal:home"),
    Entry("agencies", "公开机关", "portal:agencies"),
    Entry("policies", "政策文件库", "portal:policies"),
    Entry("reports", "年度报告", "portal:reports"),
    Entry("apply", "依申请公开", "applications:apply"),
)
FOOTER = (
    Entry("search", "检索", "search:search"),
    Entry("statistics", "信息公开统计", "statistics:overview"),
    Entry("site_map", "网站地图", "portal:site_map"),
    Entry("help", "使用帮助", "portal:help"),
    Entry("feed", "订阅更新", "portal:feed"),
    Entry("api", "开放数据", "api:api-root"),
)
SEARCH = (Entry("search", "检索", "search:search"), Entry("policies", "政策文件库", "portal:policies"))
"""Where the search form leads: to full-text search, or to the policy library where that is not installed."""


@cache
def links(entries: tuple[Entry, ...]) -> tuple[Link, ...]:
    """The entries that this installation has."""
    found = ((entry, address(entry.view)) for entry in entries)
    return tuple(Link(entry.name, entry.label, url) for entry, url in found if url)


def search_address() -> str:
    """Where the search form leads."""
    return links(SEARCH)[0].url


def address(view: str) -> str:
    """Where a view is; empty where this installation does not have it."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
