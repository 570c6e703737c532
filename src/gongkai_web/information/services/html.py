"""Cleaning the body: what stays is structure; scripts, styles and foreign hosts go."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import nh3

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "h5", "hr", "i", "img", "ins", "li", "ol", "p", "pre", "q", "s", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "p": {"class"},
    "div": {"class"},
    "span": {"class"},
    "table": {"class"},
}
_IMAGE = re.compile(r'<img((?:\s+[\w-]+="[^"]*")*)\s*/?>')
_DESCRIBED = re.compile(r'\balt="\s*[^"\s]')
_CLASSES = {"align-center", "align-right", "indent", "signature", "number"}
_PICTURES = "/documents/"


def clean_body(html: str) -> str:
    """HTML that is safe to show as it stands, loading nothing from elsewhere.

    >>> clean_body('<p onclick="x()">甲<script>x()</script><img src="https://x.example/a.png">乙</p>')
    '<p>甲乙</p>'
    """
    cleaned = nh3.clean(
        html.replace("\r\n", "\n").strip(),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return _IMAGE.sub(lambda image: image[0] if 'src="' in image[1] else "", cleaned).strip()


def undescribed_picture(body: str) -> int:
    """Which picture of a cleaned body, counted from 1, has no words that a screen reader could say; 0 for none.

    >>> undescribed_picture('<img src="/documents/1/a.png" alt="流程图"><img src="/documents/2/b.png" alt=" ">')
    2
    """
    pictures = enumerate(_IMAGE.finditer(body), start=1)
    return next((number for number, image in pictures if not _DESCRIBED.search(image[1])), 0)


def _keep(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return " ".join(part for part in value.split() if part in _CLASSES) or None
    if tag == "img" and name == "src":
        parts = urlsplit(value)
        return value if not parts.netloc and not parts.scheme and value.startswith(_PICTURES) else None
    return value
