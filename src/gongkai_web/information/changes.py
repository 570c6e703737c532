"""What changed since the last signature, side by side."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem, MediaChannel, MediaPost
from gongkai_web.information.models.item import ATTRIBUTE_CHOICES, REASON_CHOICES
from gongkai_web.proactive.models import Column

_MODELS: dict[str, type[models.Model]] = {
    InformationItem.subject_type(): InformationItem,
    MediaPost.subject_type(): MediaPost,
}
_BLOCK_END = re.compile(r"</(?:p|div|li|h[2-5]|tr|table|ul|ol|blockquote|figure)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)
_IMAGE = re.compile(r'<img\b[^>]*?src="([^"]*)"[^>]*>', re.IGNORECASE)


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, with the differing characters marked."""

    label: str
    before: SafeString
    after: SafeString
    changed: bool


def field_changes(
    before: Mapping[str, object] | None, after: Mapping[str, object], *, kind: str, skip: Collection[str] = ()
) -> list[FieldChange]:
    """Every field that is filled in, in the order of the form; `before` is `None` when nothing was signed yet."""
    model = _MODELS[kind]
    rows = []
    for name, value in after.items():
        if name in skip:
            continue
        stored = value if before is None else before.get(name)
        old, new = as_text(name, stored), as_text(name, value)
        if old == new and stored != value:
            new += "\n（文字相同，格式或结构有变化）"
        if old or new:
            rows.append(_row(_label(model, name), old, new))
    return rows


def as_text(name: str, value: object) -> str:
    """A value of a snapshot as a person reads it."""
    if value in (None, "", []):
        return ""
    if name == "attachments" and isinstance(value, Sequence):
        return "\n".join(f"{entry['title']}（{entry['file']}，{str(entry['sha256'])[:8]}）" for entry in value)
    if name in _LOOKUPS:
        found = _LOOKUPS[name]._default_manager.filter(pk=value).first()
        return str(found) if found else ""
    if name in _CHOICES:
        return _CHOICES[name].get(str(value), str(value))
    return html_to_text(str(value)) if name == "body" else str(value)


def html_to_text(html: str) -> str:
    """The words of the body, one block a line, table cells divided by tabs; where links and pictures lead is shown."""
    text = _IMAGE.sub(r"［图片：\1］", _LINK.sub(r"\2〔链接：\1〕", html))
    text = _TAG.sub("", _CELL_END.sub("\t", _BLOCK_END.sub("\n", text)))
    lines = (line.strip() for line in unescape(text).splitlines())
    return "\n".join(line for line in lines if line)


_LOOKUPS: dict[str, type[models.Model]] = {"agency": Agency, "column": Column, "item": InformationItem}
_CHOICES = {
    "attribute": dict(ATTRIBUTE_CHOICES),
    "exemption_reason": dict(REASON_CHOICES),
    "channel": {channel.value: str(channel.label) for channel in MediaChannel},
}


def _label(model: type[models.Model], name: str) -> str:
    labels = {field.name: str(field.verbose_name) for field in model._meta.concrete_fields}
    return labels.get(name, "附件")


def _row(label: str, old: str, new: str) -> FieldChange:
    if old == new:
        return FieldChange(label, format_html("{}", old), format_html("{}", new), changed=False)
    before, after = mark(old, new)
    return FieldChange(label, before, after, changed=True)


def mark(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts with `<del>` and `<ins>` around what differs; compared by sentence, then by character."""
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, _pieces(old), _pieces(new), autojunk=False).get_opcodes():
        before, after = "".join(_pieces(old)[a:b]), "".join(_pieces(new)[c:d])
        if tag == "equal":
            left.append(("", before))
            right.append(("", after))
        else:
            deleted, inserted = _characters(before, after)
            left += deleted
            right += inserted
    return _render(left, "del"), _render(right, "ins")


_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
_CLOSE = 2000
"""Characters up to which a changed passage is compared letter by letter; beyond it is marked as a whole."""
_Run = tuple[str, str]


def _pieces(text: str) -> list[str]:
    return [piece for piece in _SENTENCE.findall(text) if piece]


def _characters(before: str, after: str) -> tuple[list[_Run], list[_Run]]:
    if not before or not after or max(len(before), len(after)) > _CLOSE:
        return [("x", before)], [("x", after)]
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kind = "" if tag == "equal" else "x"
        left.append((kind, before[a:b]))
        right.append((kind, after[c:d]))
    return left, right


def _render(runs: list[_Run], element: str) -> SafeString:
    parts = ((_wrap(text, element) if kind else text,) for kind, text in runs if text)
    return format_html_join("", "{}", parts)


def _wrap(text: str, element: str) -> SafeString:
    return format_html("<del>{}</del>", text) if element == "del" else format_html("<ins>{}</ins>", text)
