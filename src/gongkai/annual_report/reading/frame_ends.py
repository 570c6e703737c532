"""What stands around a report: navigation and page furniture before and after it, and the signature that ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.reading.dates import find_date
from gongkai.text.width import half_width

_FURNITURE = re.compile(
    r"[\s【\[（(<]*(?:当前位置|您(?:现在)?(?:的|所在的?)?位置|首页|来源\s*[:：]|信息来源|文章来源|发布(?:时间|日期|机构|单位|人)|公开(?:日期|方式)|生成日期|成文日期"
    r"|时间\s*[:：]|日期\s*[:：]|字(?:体|号)|浏览|点击|阅读(?:次数|量)?|访问|作者|责任编辑|责编|编辑\s*[:：]|审核\s*[:：]|索引号|文号|主题词|关键词|打印|关闭|分享|"
    r"扫一扫|微信|微博|附件|上一[篇条页]|下一[篇条页]|相关(?:链接|文档|附件|阅读|信息|新闻|稿件)|主办|承办|协办|版权|网站(?:标识码|地图|声明)|\S{0,3}ICP|"
    r"备案|技术支持|文件下载|文字版|全真版|返回|收藏|保存|无障碍|适老|长者|-->|联系我们|关于我们|\S{0,4}公网安备|大\s*中\s*小|[大中小]\s*】)",
)
_GLUED_FURNITURE = re.compile(
    r"\s(?:附件下载|附件\s*[:：]|相关附件|相关链接|相关文档|打印本页|打印|关闭窗口|【|上一[篇条]|下一[篇条]|扫一扫|分享到|责任编辑|主办单位|版权所有|信息来源).*$",
    re.DOTALL,
)
_UNIT = re.compile(
    r"[\u4e00-\u9fff（）()·]{2,30}?(?:人民政府(?:办公[室厅])?|委员会(?:办公室)?|管委会|[局厅委办署处所院会社队校行区部]|办事处|办公室|中心|总队|支队|大队|分局|公司|集团|医院|学校|大学|镇|乡|街道)"
)
_GLUED_SIGNATURE = re.compile(
    r"(?<=[。！；\s])\s*([\u4e00-\u9fff（）()]{3,30})\s*((?:20\d\d|二[〇零○O]..)\s*年[\d一二三四五六七八九十\s]{1,5}月[\d一二三四五六七八九十\s]{1,5}日)\s*$"
)
_GLUED_HEAD = re.compile(r"\s*([\u4e00-\u9fff]{3,30})\s*[（(]?(20\d\d年\s?\d{1,2}月\s?\d{1,2}日)[)）]?\s+(?=\S)")
_PUBLISHED = re.compile(r"(?:^|\s)(?:发布|公开|发文|上网|更新)?(?:时间|日期)\s*[:：]\s*(.{0,24})")
_LONGEST_SIGNATURE = 46


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and when, and from which of the given paragraphs on the report's text is over."""

    by: str | None
    on: date | None
    start: int


def is_furniture(text: str) -> bool:
    """Whether a short paragraph belongs to the page rather than to the report (附件下载, 打印, 上一篇 …)."""
    return len(text) <= 80 and "。" not in text and _FURNITURE.match(text) is not None


def without_glued_furniture(text: str) -> str:
    """The text without page furniture that a stripped page glued to its end."""
    return _GLUED_FURNITURE.sub("", text).rstrip() if len(text) < 20_000 else text


def published_on(text: str) -> date | None:
    """The day of publication that a page printed above the report (发布时间：2022-02-08)."""
    found = _PUBLISHED.search(text)
    dated = find_date(found[1]) if found else None
    return dated[0] if dated else None


def is_unit(text: str) -> bool:
    """Whether a whole line can be the name of an agency."""
    squeezed = "".join(text.split())
    return 3 <= len(squeezed) <= 32 and _UNIT.fullmatch(squeezed) is not None


def is_date(text: str) -> bool:
    """Whether a whole line is a date, as below a signature."""
    dated = find_date(text) if len(text) <= _LONGEST_SIGNATURE else None
    return dated is not None and not (text[: dated[1]] + text[dated[2] :]).strip(" \u3000（）()")


def find_signature(paragraphs: Sequence[str]) -> Signature | None:
    """The signature at the end of a report's paragraphs: a line with the agency, one with the date, or both on one."""
    for at in range(len(paragraphs) - 1, max(-1, len(paragraphs) - 6), -1):
        text = paragraphs[at]
        if len(text) > _LONGEST_SIGNATURE or is_furniture(text):
            continue
        dated = find_date(text)
        if dated is None:
            if at and at == len(paragraphs) - 1 and is_unit(text):
                return Signature("".join(text.split()), None, at)
            continue
        day, start, end = dated
        if len(text[end:].strip(" 　)）印发")) > 2:
            continue
        return _signature(paragraphs, at, text[:start], day)
    return None


def glued_signature(text: str) -> tuple[str, str | None, date | None]:
    """A signature glued to the end of a paragraph: the text without it, who signed, and when."""
    found = _GLUED_SIGNATURE.search(half_width(text[-90:])) if text.endswith("日") else None
    if found is None:
        return text, None, None
    dated = find_date(found[2])
    rest = text[: len(text) - len(text[-90:]) + found.start()]
    return (rest.rstrip(), found[1], dated[0] if dated else None) if is_unit(found[1]) else (text, None, None)


def glued_head(text: str) -> tuple[str, str | None, date | None]:
    """A signature glued before the first words of a report: the text without it, who signed, and when."""
    found = _GLUED_HEAD.match(half_width(text[:90]))
    dated = find_date(found[2]) if found and is_unit(found[1]) else None
    return (text[found.end() :], found[1], dated[0]) if found and dated else (text, None, None)


def _signature(paragraphs: Sequence[str], at: int, before: str, day: date) -> Signature | None:
    signer = "".join(before.split()).strip("（(：:")
    if is_unit(signer):
        return Signature(signer, day, at)
    if signer:
        return None
    if at and is_unit(paragraphs[at - 1]):
        return Signature("".join(paragraphs[at - 1].split()), day, at - 1)
    return Signature(None, day, at)
