"""Tags and filters of the public templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.core.exceptions import DisallowedHost
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from gongkai.proactive.columns import ColumnKind
from gongkai_web.portal import chrome as frames
from gongkai_web.portal import navigation as navigation_entries
from gongkai_web.portal.chrome import Site
from gongkai_web.portal.meta import Article, tags_html
from gongkai_web.proactive.models import Column

register = template.Library()


@register.simple_tag(takes_context=True)
def chrome(context: Context) -> Site:
    """The frame of the page; without a request (the page for an inner error) one that asks nothing. A view that has
    made a frame of its own gives it as `frame`."""
    given: Site | None = context.get("frame")
    if given is not None:
        return given
    request = context.get("request")
    if request is None:
        return frames.bare_frame()
    try:
        return frames.frame(request, agency=context.get("agency"))
    except DisallowedHost:  # this is the page that says so
        return frames.bare_frame()


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """The main navigation with the page's section marked."""
    return frames.navigation_bar(context.get("section") or "", within=bool(context.get("crumbs")))


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    """The footer."""
    site: Site = context["site"]
    return frames.footer(site.owner, site.code, site.contact)


@register.simple_tag(takes_context=True)
def meta_tags(context: Context) -> SafeString:
    """The standard tags of site, column and article. Source: 国办发〔2017〕47号."""
    site: Site = context["site"]
    column: Column | None = context.get("column")
    article: Article | None = context.get("article")
    tags = [("SiteName", site.name), ("SiteDomain", site.domain), ("SiteIDCode", site.code)]
    if column:
        tags += _column_tags(column)
    written = tags_html(tags) + (f"\n{article.html()}" if article else "")
    return mark_safe(written)  # noqa: S308  # both escape every content


def _column_tags(column: Column) -> list[tuple[str, str]]:
    return [
        ("ColumnName", column.name),
        ("ColumnDescription", column.description or column.name),
        ("ColumnKeywords", column.keywords or column.name),
        ("ColumnType", ColumnKind(column.kind).label),
    ]


@register.simple_tag
def address(view: str) -> str:
    """Where a view of another app is; empty where this installation does not have it."""
    return navigation_entries.address(view)


@register.filter
def chinese_date(day: date | None) -> str:
    """2026年3月30日; empty for no date.

    >>> chinese_date(date(2026, 3, 30))
    '2026年3月30日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


@register.filter
def isodate(day: date | None) -> str:
    """2026-03-30, for lists and for `datetime` attributes; much cheaper than the `date` filter."""
    return f"{day:%Y-%m-%d}" if day else ""


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """A value of a dictionary by a key that is a variable."""
    return mapping.get(key)


@register.filter
def sentence(text: object) -> str:
    """The text if it is a sentence for readers; empty for a name of an exception or an English message.

    >>> sentence("没有找到这个机关。"), sentence("Resolver404")
    ('没有找到这个机关。', '')
    """
    return str(text) if str(text).endswith("。") else ""
