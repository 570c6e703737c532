"""Tags and filters of the public templates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.template import Context

from gongkai_web.portal.chrome import Site, bare_frame, frame

register = template.Library()


@register.simple_tag(takes_context=True)
def chrome(context: Context) -> Site:
    """The frame of the page; without a request (the page for an inner error) one that asks nothing."""
    request = context.get("request")
    return frame(request, agency=context.get("agency")) if request is not None else bare_frame()


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
