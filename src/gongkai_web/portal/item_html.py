"""An item's article as HTML. Written here and not in a template: the template engine of Django takes ten times as long
over the dozen values of this page, which is the one that citizens open most. Rare parts have templates.

Every value is escaped where it is written; `ItemPage.body` is the one exception, cleaned when it was stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.template.loader import render_to_string

from gongkai_web.information.models import AttachmentKind
from gongkai_web.portal.selectors.item import Fact, File, ItemPage, Related
from gongkai_web.portal.selectors.register import Register

_EMPTY = {"title": "这件信息没有正文", "text": "内容见上方的内容概述，需要原件的可向发文机关咨询。"}


def article(page: ItemPage, *, column_url: str, application_url: str) -> str:
    """Everything between breadcrumb and footer."""
    return (
        f'<article>\n<header class="item-head"><h1>{escape(page.item.title)}</h1>{_stamp(page.register)}</header>\n'
        f'{_notice(page.register)}{facts_html(page.facts)}\n<div class="section with-side">\n'
        f"<div>{_text(page)}</div>\n<div>\n{_side(page)}"
        f"{_tools(page, column_url=column_url, application_url=application_url)}</div></div>\n</article>"
    )


def facts_html(lines: Iterable[Fact]) -> str:
    """The metadata head."""
    return f'<dl class="facts">{"".join(map(_fact, lines))}</dl>'


def _fact(fact: Fact) -> str:
    value = escape(fact.value)
    if fact.day is not None:
        value = f'<time datetime="{fact.day.isoformat()}">{value}</time>'
    elif fact.url:
        value = f'<a href="{escape(fact.url)}" rel="noopener noreferrer">{value}</a>'
    whole = ' class="whole"' if fact.whole else ""
    return f"<div{whole}><dt>{fact.label}</dt><dd>{value}</dd></div>"


def _stamp(register: Register | None) -> str:
    if register is None:
        return ""
    return f'<span class="stamp stamp--{register.validity.value}">{register.validity.label}</span>'


def _notice(register: Register | None) -> str:
    if register is None or register.notice is None:
        return ""
    notice = register.notice
    told = {"title": notice.label, "text": notice.text, "url": notice.url, "link": notice.link}
    return render_to_string("portal/components/notice.html", {**told, "serious": register.serious}) + "\n"


def _text(page: ItemPage) -> str:
    prose = f'<div class="prose">{page.body}</div>'
    if page.media:
        return f'{prose}\n<div class="media">{"".join(map(_figure, page.media))}</div>'
    if not page.body and not page.files:
        return f"{prose}\n{render_to_string('portal/components/empty.html', _EMPTY)}"
    return prose


def _figure(file: File) -> str:
    url, label = escape(file.url), escape(file.label)
    if file.kind == AttachmentKind.IMAGE:
        shown = f'<img src="{url}" alt="{label}" loading="lazy">'
    else:
        player = "video" if file.kind == AttachmentKind.VIDEO else "audio"
        shown = f'<{player} src="{url}" controls preload="metadata" aria-label="{label}"></{player}>'
    return f'<figure>{shown}<figcaption>{label} <a class="tools" href="{url}">下载</a></figcaption></figure>'


def _side(page: ItemPage) -> str:
    boxes = [
        _box("files", "附件", f'<ul class="files">{"".join(map(_file, page.files))}</ul>') if page.files else "",
        _box("interpretations", "政策解读", _links(map(_explaining, page.interpretations)))
        if page.interpretations
        else "",
        _box("explained", "解读的文件", _links(map(_explained, page.policies))) if page.policies else "",
        _box("life", "文件沿革", _life(page.register)) if page.register else "",
    ]
    return "".join(boxes)


def _box(name: str, heading: str, content: str, *, kind: str = "box") -> str:
    return f'<section class="{kind}" aria-labelledby="{name}"><h2 id="{name}">{heading}</h2>{content}</section>\n'


def _links(entries: Iterable[str]) -> str:
    return f'<ul class="links">{"".join(f"<li>{entry}</li>" for entry in entries)}</ul>'


def _link(url: str, label: str) -> str:
    return f'<a href="{escape(url)}">{escape(label)}</a>'


def _file(file: File) -> str:
    kind = escape(file.type)
    size = f"<small>{escape(file.size)}</small>" if file.size else ""
    return f'<li><span class="type">{kind}</span><span>{_link(file.url, file.label)}{size}</span></li>'


def _explaining(link: Related) -> str:
    return f'<span class="chip chip--blue">{escape(link.kind)}</span> {_link(link.url, link.title)}'


def _explained(link: Related) -> str:
    number = f'<br><span class="quiet small">{escape(link.kind)}</span>' if link.kind else ""
    return _link(link.url, link.title) + number


def _life(register: Register) -> str:
    record = register.record
    numbers = (("统一编号：", record.unified_number), ("备案号：", record.filing_number))
    stated = "　".join(f"{label}{escape(number)}" for label, number in numbers if number)
    steps = render_to_string("portal/components/timeline.html", {"steps": register.steps})
    return steps + (f'<p class="quiet small">{stated}</p>' if stated else "")


def _tools(page: ItemPage, *, column_url: str, application_url: str) -> str:
    offered = [_link(f"{page.item.url}print/", "打印版")]
    if page.column:
        offered.append(_link(column_url, f"“{page.column.name}”更多信息"))
    if application_url:
        offered.append(_link(application_url, "申请获取未公开的信息"))
    return _box("tools", "使用本件", _links(offered), kind="box tools")
