"""Tags and filters of the public templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai_web.portal import chrome as frames
from gongkai_web.portal.chrome import Site
from gongkai_web.portal.selectors.item import Fact

register = template.Library()


@register.simple_tag(takes_context=True)
def chrome(context: Context) -> Site:
    """The frame of the page; without a request (the page for an inner error) one that asks nothing."""
    request = context.get("request")
    if request is None:
        return frames.bare_frame()
    return frames.frame(request, agency=context.get("agency"))


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> SafeString:
    """The main navigation with the page's section marked."""
    return frames.navigation_bar(context.get("section") or "", within=bool(context.get("crumbs")))


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    """The footer."""
    site: Site = context["site"]
    return frames.footer(site.owner, site.code, site.contact)


_FACT = "<div{}><dt>{}</dt><dd>{}</dd></div>"
_WHOLE = mark_safe(' class="whole"')


@register.simple_tag
def facts(lines: Iterable[Fact]) -> SafeString:
    """The metadata head. Written here and not in a template: a dozen lines of it are half of an item's page."""
    rows = ((_WHOLE if fact.whole else "", fact.label, _value(fact)) for fact in lines)
    return format_html('<dl class="facts">{}</dl>', format_html_join("", _FACT, rows))


def _value(fact: Fact) -> str:
    if fact.day is not None:
        return format_html('<time datetime="{}">{}</time>', isodate(fact.day), fact.value)
    if fact.url:
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', fact.url, fact.value)
    return fact.value


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
