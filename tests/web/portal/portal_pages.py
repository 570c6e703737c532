"""Reading the portal's pages in tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from gongkai_web.information.models import InformationItem

Publish = Callable[..., InformationItem]
Read = Callable[..., Any]  # a LexborHTMLParser; an element that is missing fails the test by itself


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    """The texts of the selected elements, blanks trimmed."""
    return [node.text(strip=True) for node in tree.css(selector)]


def meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's named meta tags."""
    tags = {node.attributes["name"]: node.attributes.get("content") or "" for node in tree.css("meta[name]")}
    return {str(name): content for name, content in tags.items()}


def facts(tree: LexborHTMLParser) -> dict[str, str]:
    """The metadata head of an item's page."""
    return dict(zip(texts(tree, ".facts dt"), texts(tree, ".facts dd"), strict=True))
