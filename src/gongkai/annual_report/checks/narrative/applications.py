"""N1: numbers of applications in the text against 表三.

Letters, consultations and complaints are no applications; 答复 may or may not count what came over from last year, what
was withdrawn, or what was not processed; the number of one kind of applicant is held against its own column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.figures import LEGAL, NATURAL, Reading
from gongkai.annual_report.checks.narrative.outcomes import OUTCOMES, Outcome
from gongkai.annual_report.checks.narrative.sentences import Quantity, Sentence
from gongkai.annual_report.checks.narrative.statements import Claim, Context, judge
from gongkai.annual_report.checks.narrative.wording import names_agency, qualifier

UNITS = frozenset("件条份宗起例个项次篇")
_TABLE = "applications"

RECEIVED: tuple[Reading, ...] = (("received",), ("received", "carried_in"))
# 受理 may leave out what was not processed or what the applicant dropped.
_ACCEPTED: tuple[Reading, ...] = tuple(
    (*reading, *less)
    for reading in RECEIVED
    for less in ((), ("-not_processed",), ("-other_outcome",), ("-not_processed", "-other_outcome"))
)
_DROPPED = ((), ("-other_outcome",), ("-not_processed",), ("-not_processed", "-other_outcome"))
ANSWERED: tuple[Reading, ...] = tuple(
    ("total", *carried, *dropped) for carried in ((), ("-carried_in",)) for dropped in _DROPPED
)

_RECEIVE = re.compile(r"收到|受理|接收|接到|新收|收悉|收件")
_ANSWER = re.compile(r"答复|办结|办理|回复|办复|处理完毕|处理完成")
_COMPLETED = re.compile(r"答复|办结|回复|办复|完毕|完成|办理率|结果")
_ANSWER_WORDS = re.compile(
    r"答复|办结|办理完毕|办理|回复|办复|完毕|完成|处理|及时|规范|妥善|全部|已经|经|作出|做出|书面"
)
_OBJECT = re.compile(r"申请")
# Other things that are received and answered. What stands last before a number is what it counts.
_RIVALS = re.compile(
    r"信访|提案|建议|咨询|留言|投诉|举报|热线|工单|信件|来信|来电|诉求|信箱|邮件|案件|许可|处罚|强制|舆情|问政|议案|意见|服务"
    r"|审批|登记|复议|诉讼|应诉|业务|事务|问题|项目|会议|培训|解读|文章|稿件|救助|补贴|补助|认定|资格|职称|证"
)
_NATURAL = re.compile(r"自然人|公民个人|公民")
_LEGAL = re.compile(r"法人(?:或者?|和|及|、|与)其[他它]组织")
_PART = re.compile(r"其中|含|包括|包含|另有|还有|主要")


def audit(context: Context) -> Iterator[Finding]:
    """N1 of every sentence that speaks of applications for information."""
    for sentence in context.sentences:
        if sentence.quantities and _speaks_of_applications(sentence):
            for quantity in sentence.quantities:
                claim = _claim(context, sentence, quantity) if quantity.unit in UNITS else None
                finding = judge(context, sentence, quantity, claim) if claim else None
                if finding:
                    yield finding


def _speaks_of_applications(sentence: Sentence) -> bool:
    return "申请" in sentence.text or is_topic(sentence)


def is_topic(sentence: Sentence) -> bool:
    """Does the sentence stand under the heading 依申请公开, or in section 三?"""
    return sentence.section == "applications" or "依申请" in sentence.topic


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one quantity: those to its left, and to both sides where the left names nothing."""

    left: str
    right: str

    @property
    def all(self) -> str:
        return self.left + self.right

    @property
    def names_applications(self) -> bool:
        """Is it said here, and not only nearby, that applications for information are counted?"""
        return "申请" in self.all and "公开" in self.all


def _claim(context: Context, sentence: Sentence, quantity: Quantity) -> Claim | None:
    words = _Words(sentence.left(quantity), sentence.right(quantity))
    if _PAPERS.search(words.all):
        return None
    if "结转" in words.all or "顺延" in words.all:
        return _of_applications(context, _carried(context, words), quantity)
    if not _counts_applications(sentence, quantity, words):
        return None
    claim = None if _is_attribute(sentence, quantity) else _by_outcome(context, sentence, quantity, words)
    claims = (find(context, words) for find in (_by_applicant, _answered, _received))
    claim = claim or next((claim for claim in claims if claim), None)
    if claim and _KIND_BEHIND.match(sentence.text, quantity.end):
        claim = replace(claim, partial=True)
    return _of_applications(context, claim, quantity)


# 收到申请10件（自然人），2件（法人）: what the bracket names is a part.
_KIND_BEHIND = re.compile(
    r"[（(](?:其中)?(?:自然人|公民|个人|法人|(?:商业)?企业|(?:科研)?机构|(?:其[他它]|社会(?:公益)?)?组织|律师事务所|网络|网上|在线|线上|信函|邮寄|当面|现场)[）)]"
)


# Letters written about an application, and what is set up for applications, are counted apart.
_PAPERS = re.compile(r"答复书|告知书|通知书|文书|催办|提示函")
_SET_UP = re.compile(r"点|窗口|场所|渠道|平台|系统|机构|人员|制度|流程|培训|会|指南|模板|岗|预案|案例")


def _of_applications(context: Context, claim: Claim | None, quantity: Quantity) -> Claim | None:
    """The claim, unless the words beside it say that something else is counted, or count turns and kinds."""
    if claim is None or not claim.rest or names_agency(claim.rest, context.report):
        return claim
    if _RIVALS.search(claim.rest) or _SET_UP.search(claim.rest):
        return None
    return None if quantity.unit in ("个", "项", "次") else claim


def _counts_applications(sentence: Sentence, quantity: Quantity, words: _Words) -> bool:
    """Is the thing counted an application for information, rather than a letter, a case or a permit?

    “申请” alone may be for anything: the sentence or its heading has to speak of 公开.
    """
    before = sentence.text[max(0, quantity.start - _NEAR) : quantity.start] + words.right
    named = max((match.end() for match in _OBJECT.finditer(before)), default=-1)
    rival = max((match.end() for match in _RIVALS.finditer(before) if not _inside_name(before, match)), default=-1)
    if named < 0:
        return is_topic(sentence) and rival < 0
    return named > rival and ("公开" in sentence.text or is_topic(sentence))


def _is_attribute(sentence: Sentence, quantity: Quantity) -> bool:
    """“主动公开30件，依申请公开51件，不予公开30件” sorts documents by their attribute; no application was decided."""
    before = sentence.text[max(0, quantity.start - _NEAR) : quantity.start]
    return "依申请公开" in before and not re.search("(?<!依)申请", before) and not _RECEIVE.search(before)


_NAMES = re.compile(r"信访举报投诉类|无正当理由|行政查询事项|补正后申请内容|政务服务")


def _inside_name(text: str, rival: re.Match[str]) -> bool:
    """信访举报投诉类申请 is a row of the form, no rival."""
    return any(name.start() <= rival.start() < name.end() for name in _NAMES.finditer(text))


def _carried(context: Context, words: _Words) -> Claim | None:
    """上年结转 and 结转下年度: each has one row, and one reading."""
    direction = _direction(words.all, context.report.year)
    if direction is None:
        return None
    row, label = direction
    rest = qualifier(words.left, also=_CARRIED_WORDS)
    return Claim(
        subject=label,
        where=f"表三 · {'二、' if row == 'carried_in' else '四、'}{label}",
        code=_TABLE,
        readings=context.figures.readings(((row,),)),
        rows=((row,),),
        ceiling=0,
        rest=rest,
        partial=_PART.search(words.left) is not None or "按" in rest,
        names_year=True,
        part_warns=words.names_applications,
    )


_CARRIED_WORDS = re.compile(
    r"结转|顺延|加上|连同|下一?年度?|次年度?|明年|上一?年度?|去年|本年|继续|尚未|未|办结|答复|另有|另外?|其余|剩余|还|入|转|后续|跨年度?"
)


def _direction(text: str, year: int | None) -> tuple[str, str] | None:
    out = re.search(r"(?:结转|顺延|转)(?:至|到|入)?(?:了)?(?:下|次|明|20\d\d)|继续办理|下年|次年|下一年", text)
    into = re.search(r"(?:上|去|前|20\d\d)[^，；]{0,12}?结转", text)
    if year is not None:
        if re.search(rf"结转(?:至|到|入)?(?:本年|{year}年)", text):
            return "carried_in", "上年结转"
        if f"{year}年结转" in text and not re.search("下|次", text):
            return None  # 本年结转: in or out cannot be told
    if bool(out) == bool(into):
        return None
    return ("carried_out", "结转下年度继续办理") if out else ("carried_in", "上年结转")


def _by_outcome(context: Context, sentence: Sentence, quantity: Quantity, words: _Words) -> Claim | None:
    for outcome in OUTCOMES:
        match = outcome.pattern.search(words.left)
        if match:
            rest = qualifier(words.left[: match.start()] + words.left[match.end() :], also=_OUTCOME_WORDS)
            if _is_document(words):
                return None
            claim = _outcome_claim(context, outcome, rest)
            return _without_named(context, sentence, quantity, claim) if outcome.below else claim
    return None


# Outcomes that a list may give a number of their own, and the row that is then no part of another one.
_NAMED = (
    ("partly_granted", re.compile(r"[，、；,;](?:予以)?部分公开(?:的|申请)?\d")),
    ("unavailable", re.compile(r"[，、；,;](?:无法|不能|未能)提供(?:的|申请)?\d")),
    ("not_processed", re.compile(r"[，、；,;]不予处理(?:的|申请)?\d")),
)
_ENCLOSED = re.compile(r"其中|包括|包含|含|[（(]")


def _without_named(context: Context, sentence: Sentence, quantity: Quantity, claim: Claim) -> Claim:
    """予以公开7件，部分公开2件: the 7 may count the 2 only where these are said to be among them.

    A number that fits nothing but the sum is doubtful, no more.
    """
    named = {row for row, pattern in _NAMED if _is_named_apart(sentence, quantity, pattern)}
    kept = [reading for reading in claim.rows if not named & set(reading)] or list(claim.rows[:1])
    readings = context.figures.readings(kept)
    if not named or quantity.value in readings or quantity.value not in claim.readings:
        return claim
    return replace(claim, readings=readings, rows=kept, severity=Severity.WARNING, below=Severity.WARNING)


def _is_named_apart(sentence: Sentence, quantity: Quantity, pattern: re.Pattern[str]) -> bool:
    following = pattern.search(sentence.text, quantity.end)
    return following is not None and not _ENCLOSED.search(sentence.text, quantity.end, following.end())


_OUTCOME_WORDS = re.compile(r"其中|作出|做出|给予|属于|属|因|由于|类|答复|决定|情形|处理|按照?|为由|部分|的|以|后")


def _is_document(words: _Words) -> bool:
    """“不予公开60份文件” counts documents by their attribute, not decisions on applications."""
    return re.search(r"文件|公文|档案", words.right) is not None


def _outcome_claim(context: Context, outcome: Outcome, rest: str) -> Claim:
    readings = context.figures.readings(outcome.readings)
    severed = 0 if outcome.below else max(context.figures.readings((("partly_granted",),)), default=0)
    return Claim(
        subject=outcome.label,
        where=f"表三 · 三{outcome.row}",
        code=_TABLE,
        readings=readings,
        rows=outcome.readings,
        ceiling=max(readings, default=0) + severed,
        rest=rest,
        part_warns=False,
        severity=outcome.severity,
        below=outcome.below,
    )


_SORTED_BY = re.compile(r"^.{0,8}(?:按|从)[^：:]{0,12}[：:]")  # 按申请主体分：


def _by_applicant(context: Context, words: _Words) -> Claim | None:
    for pattern, columns, label in ((_LEGAL, LEGAL, "法人或其他组织"), (_NATURAL, NATURAL, "自然人")):
        match = pattern.search(words.left)
        rest = (
            qualifier(pattern.sub("", _SORTED_BY.sub("", words.left)).replace("其中", "").replace("个人", ""))
            if match
            else ""
        )
        both = _LEGAL.search(words.left) and _NATURAL.search(words.left)  # 公民、法人或其他组织: everybody
        if match and not rest and not both and ("自然人" in words.left or not _RECEIVE.search(words.left)):
            readings = context.figures.readings((*RECEIVED, ("total",)), columns=columns)
            return Claim(f"{label}申请", f"表三 · {label}列", _TABLE, readings, ceiling=0)
    return None


def _answered(context: Context, words: _Words) -> Claim | None:
    if not _ANSWER.search(words.left) or _RECEIVE.search(words.left):
        return None
    rest = qualifier(words.left, also=_ANSWER_WORDS)
    total = re.search("共|总|全部", words.left) is not None
    severity = Severity.ERROR if total or "办结" in words.left else Severity.WARNING
    ceiling = max(context.figures.readings(RECEIVED), default=0)
    # 办理, 处理 without a word of completion: what is still being dealt with is counted too.
    rows = ANSWERED if _COMPLETED.search(words.all) else (*ANSWERED, *RECEIVED)
    return Claim(
        subject="答复办结的申请",
        where="表三 · 三（七）总计",
        code=_TABLE,
        readings=context.figures.readings(rows),
        rows=rows,
        ceiling=ceiling if severity is Severity.WARNING else 0,
        rest=rest,
        partial=_PART.search(words.left) is not None,
        part_warns=words.names_applications,
        severity=Severity.ERROR,
        below=severity,
    )


def _received(context: Context, words: _Words) -> Claim | None:
    verb = _RECEIVE.search(words.left)
    named = "申请" in words.all
    if not verb and not (
        named and "公开" in words.left and "依申请公开" not in words.left.replace("依申请公开申请", "")
    ):
        return None
    accepted = verb is not None and verb[0] == "受理"
    both = _ANSWER.search(words.left) is not None
    rows = (*(_ACCEPTED if accepted else RECEIVED), *(ANSWERED if both else ()))
    sure = verb is not None and named
    return Claim(
        subject="收到的申请",
        where="表三 · 一、本年新收",
        code=_TABLE,
        readings=context.figures.readings(rows),
        rows=rows,
        ceiling=0,
        rest=qualifier(words.left, also=_ANSWER_WORDS if both else None) + qualifier(words.right[:_NOUN]),
        partial=_PART.search(words.left) is not None,
        part_warns=words.names_applications,
        severity=Severity.ERROR if sure else Severity.WARNING,
        below=Severity.ERROR if sure and not accepted else Severity.WARNING,
    )


_NEAR = 200  # characters before a number in which the thing counted is named
_NOUN = 14  # characters to the right of a number in which its noun stands: 11件政府信息公开申请
