"""What paragraph styles say of a paragraph: whether it is a heading, and whether it is numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from gongkai.annual_report.reading.docx_package import W

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset(("title", "标题", "文章标题"))
_DEEPEST = 20  # styles that a style is based on


@dataclass(frozen=True, slots=True)
class Style:
    """`heading` 1–6 or 0; `number` is the list (numId, ilvl) that the style puts its paragraphs into."""

    heading: int = 0
    number: tuple[str, int] | None = None


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """Style id → what it says, with what it inherits."""
    if root is None:
        return {}
    nodes = {n.get(f"{W}styleId", ""): n for n in root.iterchildren(f"{W}style") if n.get(f"{W}type") == "paragraph"}
    return {style_id: _style(node, nodes) for style_id, node in nodes.items()}


def _style(node: etree._Element, nodes: dict[str, etree._Element]) -> Style:
    heading, number = 0, None
    current: etree._Element | None = node
    for _ in range(_DEEPEST):
        if current is None:
            break
        heading = heading or _heading(current)
        properties = current.find(f"{W}pPr")
        number = number or paragraph_number(properties)
        based_on = current.find(f"{W}basedOn")
        current = None if based_on is None else nodes.get(based_on.get(f"{W}val", ""))
    return Style(heading, number)


def _heading(node: etree._Element) -> int:
    name = node.find(f"{W}name")
    printed = "" if name is None else name.get(f"{W}val", "")
    if match := _HEADING_NAME.fullmatch(printed):
        return min(int(match[1]), 6)
    return 1 if printed.lower() in _TITLE_NAMES else outline_level(node.find(f"{W}pPr"))


def outline_level(properties: etree._Element | None) -> int:
    """The heading level that the outline level states; Word counts from 0, and 9 means body text."""
    level = None if properties is None else properties.find(f"{W}outlineLvl")
    value = "" if level is None else level.get(f"{W}val", "")
    return int(value) + 1 if value in {"0", "1", "2", "3", "4", "5"} else 0


def paragraph_number(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list and level that a paragraph's properties state."""
    node = None if properties is None else properties.find(f"{W}numPr")
    if node is None:
        return None
    number, level = node.find(f"{W}numId"), node.find(f"{W}ilvl")
    value = "0" if level is None else level.get(f"{W}val", "0")
    if number is None or not (value.isascii() and value.isdigit()):
        return None
    return number.get(f"{W}val", ""), min(int(value[:2]), 8)
