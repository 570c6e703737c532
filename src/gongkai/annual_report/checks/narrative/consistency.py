"""N8: years, dates, the name of the agency, and numbers that were left blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.sentences import LONGEST_TEXT, Sentence
from gongkai.annual_report.checks.narrative.statements import Context
from gongkai.annual_report.checks.narrative.wording import names_agency

_PERIOD = re.compile(
    r"(?:统计期限|统计时限|统计时间|统计周期|统计口径|所列数据)[^。]{0,20}?(20\d\d)年1月1日[^。]{0,8}?(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日"
)
_WHOLE_YEAR = re.compile(
    r"^(?:[一二三四五六七八九十]+、总体情况|[（(][一二三四五][）)][^，。]{0,14})?(20\d\d)年(?:度)?[，,]?"
)
_FEE_YEAR = re.compile(r"(20\d\d)年[^。]{0,24}处理费")
_DATE = re.compile(r"(\d{1,2})月(\d{1,2})日")
_YEAR_BEFORE = re.compile(r"(20\d\d)年$")
_OWN_TITLE = re.compile(
    r"([\u4e00-\u9fff]{2,24}?(?:政府|委员会|[局厅委]|办公室|管委会|办事处|中心))"
    r"(20\d\d)年(?:度)?政府信息公开(?:工作)?(?:年度报告|年报)"
)
_VERBS = re.compile(r"^(?:现|特|将|由|向社会|公布|公开|发布|编制|制作|形成)+")
_OFFICE = re.compile(r"(?:党政|综合|政务公开)*办公?[室厅]?$")
_FOR_OTHERS = re.compile(r"政务公开|信息公开|领导小组|(?:服务|数据|信息|融媒体?)中心$|[、，,]|政府办|办公[室厅]$")
# “主动公开信息  条”, “收到申请××件”, “办结（ ）件”: one pattern for each first character, so that the search leaps.
_MARKS = (" ", "\t", "\u3000", "\xa0", "_", "＿", "×", "X", "Ｘ", "x", "*", "＊", "（", "(")
_BLANKS = {
    mark: re.compile(
        rf"{re.escape(mark)}[ \t\u3000\xa0_＿×XxＸ*＊）)]{{0,11}}[件条份篇期次起项个]"
        r"(?=[ \t]*(?:[，。；、,;（(\n]|其中|$))"
    )
    for mark in _MARKS
}
_BEFORE_BLANK = (
    *("公开", "发布", "收到", "受理", "答复", "办结", "制发", "废止", "共"),
    *("信息", "申请", "文件", "解读", "结转", "推送"),
)
_NO_NUMBER = re.compile(r"(?:发布|公开|推送|刊登)(?:各类|政府|政务)*信息条(?=[，。；、,;])")


def audit(context: Context) -> Iterator[Finding]:
    """N8 of the whole narrative."""
    yield from _blanks(context)
    yield from _signer(context)
    if context.report.year is not None:
        for sentence in context.sentences:
            if "年" in sentence.text or "月" in sentence.text:
                yield from _sentence(context, sentence, context.report.year)
        yield from _left_over(context, context.report.year)


def _blanks(context: Context) -> Iterator[Finding]:
    """“主动公开信息  条”: the number was to be filled in later."""
    for key, text in context.report.sections.items():
        for start, end in _blank_places(text[:LONGEST_TEXT]):
            # An image may have lost the number.
            severity = Severity.WARNING if context.figures.uncertain("") else None
            begin = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
            quote = text[max(begin, start - 40) : end].strip()
            yield entry("TEXT-BLANK").finding(f"sections.{key}", left=text[start:end], severity=severity, quote=quote)


def _blank_places(text: str) -> Iterator[tuple[int, int]]:
    """Where a number is missing, from the word before it to the unit behind it."""
    for mark, pattern in _BLANKS.items():
        for match in pattern.finditer(text) if mark in text else ():
            word = next((word for word in _BEFORE_BLANK if text.endswith(word, 0, match.start())), "")
            if word:
                yield match.start() - len(word), match.end()
    if "信息条" in text:
        yield from (match.span() for match in _NO_NUMBER.finditer(text))


def _sentence(context: Context, sentence: Sentence, year: int) -> Iterator[Finding]:
    period = _PERIOD.search(sentence.text) if "1月1日" in sentence.text else None
    if period:
        yield from _period(sentence, period, year)
    fee = _FEE_YEAR.search(sentence.text) if sentence.section == "other_matters" else None
    if fee and int(fee[1]) == year - 1 and f"{year}年" not in sentence.text:
        yield _wrong_year(sentence, fee[1], year)
    if sentence.section == "preamble":
        yield from _title(context, sentence, year)
    if "月" in sentence.text:
        yield from _dates(sentence)


def _period(sentence: Sentence, match: re.Match[str], year: int) -> Iterator[Finding]:
    """The period is the year of the report, from its first day to its last."""
    last = match[2] or match[1]
    if int(match[1]) != year or int(last) != year:
        yield _wrong_year(sentence, match[1] if int(match[1]) != year else last, year, Severity.ERROR)
    elif (match[3], match[4]) != ("12", "31"):
        yield _wrong_year(sentence, f"截至{match[3]}月{match[4]}日", year)


def _wrong_year(sentence: Sentence, left: str, year: int, severity: Severity | None = None) -> Finding:
    return entry("TEXT-YEAR").finding(
        sentence.place, left=left, right=str(year), severity=severity, quote=sentence.printed
    )


def _title(context: Context, sentence: Sentence, year: int) -> Iterator[Finding]:
    """The preamble names the report: the same year, and the same agency."""
    for match in _OWN_TITLE.finditer(sentence.text):
        if int(match[2]) != year:
            yield _wrong_year(sentence, match[2], year)
        agency, name = context.report.agency, _VERBS.sub("", match[1])
        if agency and not names_agency(name, context.report) and not _share_name(name, agency):
            yield _other_agency(sentence.place, name, agency, said="正文写的是", quote=sentence.printed)


def _signer(context: Context) -> Iterator[Finding]:
    """The agency signs its own report; its office, or the office that leads openness there, may sign for it."""
    agency, signer = context.report.agency, context.report.signed_by
    if not agency or not signer or _FOR_OTHERS.search(signer):
        return
    name = _OFFICE.sub("", signer)
    if name and not names_agency(name, context.report) and not _share_name(name, agency):
        yield _other_agency("signed_by", signer, agency, said="落款是", quote=signer)


def _other_agency(place: str, name: str, agency: str, *, said: str, quote: str) -> Finding:
    return entry("TEXT-AGENCY").finding(place, left=name, right=agency, said=said, quote=quote)


def _share_name(name: str, agency: str) -> bool:
    """Words before the name may have been caught with it: compare the ends, as 县卫健局 and 盐池县卫生健康局."""
    return any(name[start:] and _in_order(name[start:], agency) for start in range(max(0, len(name) - 3)))


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return len(short) >= 3 and all(character in rest for character in short)


def _dates(sentence: Sentence) -> Iterator[Finding]:
    """A day that the calendar does not have."""
    for match in _DATE.finditer(sentence.text):
        before = sentence.text[max(0, match.start() - 5) : match.start()]
        year = _YEAR_BEFORE.search(before)
        if before[-1:].isdigit():
            continue  # “202311月15日” has lost its 年
        try:
            date(int(year[1]) if year else _LEAP_YEAR, int(match[1]), int(match[2]))
        except ValueError:
            left = f"{year[0]}{match[0]}" if year else match[0]
            yield entry("TEXT-DATE").finding(sentence.place, left=left, quote=sentence.printed)


_LEAP_YEAR = 2000  # a 29 February without a year is given the benefit of the doubt


def _left_over(context: Context, year: int) -> Iterator[Finding]:
    """A section 一 that opens with last year and never names this one was not brought up to date."""
    overview = [sentence for sentence in context.sentences if sentence.section in ("overview", "preamble")]
    if any(str(year) in sentence.text for sentence in overview):
        return
    for sentence in overview:
        match = _WHOLE_YEAR.match(sentence.text)
        if match and int(match[1]) == year - 1:
            yield _wrong_year(sentence, match[1], year)
            return
