"""N2: reconsideration and litigation in the text against 表四.

Only what concerns disclosure: a government that decides other people's reconsideration cases counts those elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.checks.narrative.sentences import Quantity, Sentence
from gongkai.annual_report.checks.narrative.statements import Claim, Context, judge
from gongkai.annual_report.checks.narrative.wording import qualifier

UNITS = frozenset("件起宗例次个")
_TABLE = "remedies"
_DIRECT, _AFTER = "litigation_direct", "litigation_after_reconsideration"

_KINDS = re.compile(r"复议后起诉|未经复议直接起诉|复议|诉讼|应诉")
_RESULTS = (
    ("upheld", "结果维持", re.compile(r"维持")),
    ("corrected", "结果纠正", re.compile(r"纠正|被?撤销|责令")),
    ("pending", "尚未审结", re.compile(r"尚未审结|未审结|正在审理|在审")),
)
_WORDS = re.compile(
    r"因|引发|引起|产生|导致|被|提起|发生|应对|起诉|直接|未经|案件|案|类|行政|纠纷|行为|答复|不服|复议|诉讼|应诉|结果|审结|做好|而|含|其中"
)
_QUALIFIED = re.compile(r"一审|二审|再审|上诉|败诉|胜诉|驳回|终止|撤回|和解|调解|开庭|出庭|审结|办结|纠错|率")


def audit(context: Context) -> Iterator[Finding]:
    """N2 of every sentence with a number of cases."""
    for sentence in context.sentences:
        if (
            sentence.quantities
            and ("复议" in sentence.text or "诉讼" in sentence.text)
            and concerns_disclosure(sentence)
        ):
            for quantity in sentence.quantities:
                claim = _claim(context, sentence, quantity) if quantity.unit in UNITS else None
                finding = judge(context, sentence, quantity, claim) if claim else None
                if finding:
                    yield finding


def concerns_disclosure(sentence: Sentence) -> bool:
    """Section 四 speaks of nothing else; elsewhere the sentence has to say so."""
    return sentence.section == "remedies" or "信息公开" in sentence.text or "政务公开" in sentence.text


def _claim(context: Context, sentence: Sentence, quantity: Quantity) -> Claim | None:
    left, right = sentence.left(quantity), sentence.right(quantity)
    phrase = left if _KINDS.search(left) else left + right
    if sentence.section != "remedies" and not _about_disclosure(sentence, quantity, left + right):
        return None
    groups = _groups(phrase)
    if not groups:
        return _result_of_cases(context, sentence, quantity, phrase)
    if _QUALIFIED.search(phrase):
        return None
    for column, label, pattern in _RESULTS:
        if pattern.search(phrase):
            return _result(context, groups, column, label)
    return _total(context, groups, qualifier(phrase, also=_WORDS))


def _result_of_cases(context: Context, sentence: Sentence, quantity: Quantity, phrase: str) -> Claim | None:
    """“行政复议19件，其中维持12件”: a result of the only kind of case that the part of the sentence has named."""
    named = _groups(sentence.segment(quantity.start))
    group = named if len(named) == 1 else ()
    for column, label, pattern in _RESULTS if group else ():
        if pattern.search(phrase) and not qualifier(pattern.sub("", phrase), also=_WORDS):
            return (
                None if _QUALIFIED.search(sentence.segment(quantity.start)) else _result(context, group, column, label)
            )
    return None


def _about_disclosure(sentence: Sentence, quantity: Quantity, phrase: str) -> bool:
    """The words of the number say so, or those of a clause before it that speaks of cases too.

    “办理行政复议案件120件，其中涉及政府信息公开的15件”: the 120 are other people's cases.
    """
    clauses = re.split("[，,；;（(]", sentence.text[max(0, quantity.start - _NEAR) : quantity.start])
    if _REMARK.match(sentence.text, quantity.end):
        return True
    return "公开" in phrase or any("公开" in clause and _KINDS.search(clause) for clause in clauses)


_REMARK = re.compile(r"[（(](?:均为|均系|属|为)?(?:政府|政务)?信息公开类?(?:案件)?[）)]")
_NEAR = 200  # characters before a number in which a clause may speak of disclosure


def _groups(phrase: str) -> tuple[str, ...]:
    """The groups of 表四 that a phrase counts; nothing where it says 复议 in another sense."""
    kinds = {match[0] for match in _KINDS.finditer(phrase)}
    groups: tuple[str, ...] = ()
    if kinds == {"复议", "应诉"}:
        return ()  # 复议应诉: the answer to a reconsideration, or a suit
    if "复议" in kinds:
        groups += ("reconsideration",)
    if "未经复议直接起诉" in kinds:
        groups += (_DIRECT,)
    if "复议后起诉" in kinds:
        groups += (_AFTER,)
    if kinds & {"诉讼", "应诉"} and not {_DIRECT, _AFTER} & set(groups):
        groups += (_DIRECT, _AFTER)
    return groups


def _result(context: Context, groups: tuple[str, ...], column: str, label: str) -> Claim | None:
    values = [context.figures.remedy(group, column) for group in groups]
    if not all(values):
        return None
    readings = list(dict.fromkeys((sum(value[0] for value in values), *(value[0] for value in values))))
    return Claim(
        f"{label}的案件", f"表四 · {label}", _TABLE, readings, 0, severity=Severity.WARNING, below=Severity.WARNING
    )


def _total(context: Context, groups: tuple[str, ...], rest: str) -> Claim | None:
    values = {group: context.figures.remedy(group) for group in groups}
    if not all(values.values()):
        return None
    return Claim(
        subject="、".join(dict.fromkeys(_LABELS[group] for group in groups)) + "案件",
        where="表四 · 总计",
        code=_TABLE,
        readings=_readings(context, values),
        ceiling=0,
        rest=rest,
        part_warns=False,
    )


_LABELS = {"reconsideration": "行政复议", _DIRECT: "行政诉讼", _AFTER: "行政诉讼"}


def _readings(context: Context, values: dict[str, list[int]]) -> list[int]:
    """All groups together; either kind of litigation alone; each of them without what is still pending."""
    every = [sum(options[-1] for options in values.values()), sum(options[0] for options in values.values())]
    found = every[::-1]
    if len(values) > 1 and "reconsideration" not in values:
        found += [option for options in values.values() for option in options]
    pending = [context.figures.remedy(group, "pending") for group in values]
    if all(pending):
        found.append(every[1] - sum(option[0] for option in pending))
    return list(dict.fromkeys(found))
