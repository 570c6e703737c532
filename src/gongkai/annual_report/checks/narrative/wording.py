"""Whose number is it, for which time, and does a word narrow it down?

A sentence is held against the tables only where nothing in it gives another fair reading: every word before the number
is either neutral, or names this agency, or it is a qualifier and the number counts as a part.
"""

from __future__ import annotations

import re
from enum import StrEnum

from gongkai.annual_report.checks.narrative.sentences import Quantity, Sentence
from gongkai.annual_report.model import Report


class Scope(StrEnum):
    """Whose number it is, seen from the tables of the report."""

    OWN = "own"
    WIDER = "wider"  # 全县、全系统 in the report of one department
    NARROWER = "narrower"  # 县政府本级 in the report of a government
    OTHER = "other"  # another body, another year, part of the year: not comparable


_YEAR = re.compile(r"((?:19|20)\d\d)(?=年|—|-|至)")
_EARLIER = re.compile(r"上年|去年|上一年|前年|往年|历年|同期")
_PART_YEAR = re.compile(
    r"上半年|下半年|[一二三四1-4]季度|前[一二三两]个?季度|(?<![\d年])\d{1,2}月份|近[两三四五几\d]年|历年|(?<!年)(?<!年度)以来"
    r"|自\d{4}年(?!1月1日)|截[至止](?:到)?(?:\d{4}年)?(?:[1-9]|1[01])月|20\d\d[年]?[-—–至]20\d\d|年均|“?十[三四五]五”?"
)
_WHOLE_DISTRICT = re.compile(
    r"全(?:国|省|自治区|市|州|盟|地区|县|区|旗|镇|乡|街道)|各级|各部门|各单位|各乡|各镇|各县|各街道"
)
_WIDER = re.compile(r"系统|下属|直属|所属|属各|辖区|基层|委属|局属|医疗机构|各医院|各学校|各科室|各单位|各级")
_NARROWER = re.compile(r"本级|办公厅|办公室|机关本身|局机关|委机关|机关各")
_GOVERNMENT = re.compile(r"(?:政府|管理委员会|管委会|办事处|实验区|开发区|新区)$")
_BODY = re.compile(r"(?:委员会|[委局厅部署院办]|政府|中心|办公室|机关|公司|医院|学校|大队|支队|总队)$")

# Neutral words. What remains of a phrase without them is a name or a qualifier.
_NEUTRAL = (
    r"(?:19|20)\d\d年?度?|1月1日|12月31日|截[至止]到?|年底|年末|本年度|本年|全年|年度|年内|今年以来|以来|今年|当年|期间|目前|"
    r"我[委局办厅镇乡区县市省州院站处队馆会]|我街道|我中心|我单位|我机关|我们|本机关|本单位|本部门|本[委局办厅镇乡区县市省州]|"
    r"共计|总计|合计|累计|一共|总共|共有|先后|依法|依规|依申请公开|依申请|按规定|按照规定|数量|件数|总数|总量|情况|方面|工作|各类|"
    r"公民|法人|其他组织|其它组织|社会公众|公众|群众|申请人|或者|以及|提出的?|提交的?|要求|关于|有关|涉及|相关|"
    r"(?:申请|受理|办件|办理|收件|新收)量|政府|政务|信息|公开|申请书|申请表|申请|事项|办件|件|条|材料|办理|受理|收到|接收到?|接到|收悉|收件|登记|处理|予以|进行|"
    r"全[省市州盟县区旗镇乡]|全街道|各级行政机关|行政机关|[委局办厅]?机关|"
    r"[共新收已均总为是有无的到了各向对由经年度于自从至在可其我本“”\"、：:|和或与及等是项一二三四五六七八九十]"
)
_NEUTRAL_WORDS = re.compile(_NEUTRAL)


def qualifier(phrase: str, *, also: re.Pattern[str] | None = None) -> str:
    """What remains of `phrase` without neutral words (and without those of `also`): a name or a qualifier."""
    if also is not None:
        phrase = also.sub("", phrase)
    return _NEUTRAL_WORDS.sub("", phrase)


def names_agency(words: str, report: Report) -> bool:
    """Is `words` this agency, in full or shortened? Short names keep the order of the characters.

    卫健委 and 卫生健康委 are both contained, in order, in 卫生健康委员会.
    """
    agency = report.agency or ""
    if len(words) > 1 and not is_body(words):
        return False  # 卫生健康 is a subject, 市卫生健康委 a body
    return _contained(words, agency) or _contained(agency, words)


def _contained(short: str, long: str) -> bool:
    rest = iter(long)
    return bool(short) and all(character in rest for character in short)


def is_government(report: Report) -> bool:
    """A government's tables add up the bodies under it; a department's tables are its own."""
    return bool(report.agency and _GOVERNMENT.search(report.agency))


def is_body(words: str) -> bool:
    """Do the words end as the name of a body does?"""
    return bool(_BODY.search(words))


def scope(sentence: Sentence, quantity: Quantity, report: Report) -> Scope:
    """Whose and which year's number `quantity` is, judged by the words before it in its part of the sentence."""
    return scope_of(sentence.segment(quantity.start) + sentence.right(quantity)[:6], report)


def scope_of(words: str, report: Report) -> Scope:
    """The scope that `words`, the part of a sentence up to a statement, give to it."""
    if _other_time(words, report.year):
        return Scope.OTHER
    if is_government(report):
        return Scope.NARROWER if _NARROWER.search(words) or _WIDER.search(words) else Scope.OWN
    if _WHOLE_DISTRICT.search(words) or _WIDER.search(words):
        return Scope.WIDER
    return Scope.NARROWER if "本级" in words else Scope.OWN


def other_year(words: str, year: int | None) -> bool:
    """Does the last year that `words` name differ from the year of the report?"""
    years = _YEAR.findall(words)
    return bool(years) and year is not None and int(years[-1]) != year


def _other_time(words: str, year: int | None) -> bool:
    last = max((match.end() for match in _EARLIER.finditer(words)), default=-1)
    named = max((match.end() for match in _YEAR.finditer(words)), default=-1)
    return last > named or other_year(words, year) or _PART_YEAR.search(words) is not None
