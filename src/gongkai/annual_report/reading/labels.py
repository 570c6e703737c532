"""Which cell of the form a printed label means: exactly, without its number, or in spite of a slip of the pen.

Labels are compared after `fold`. The order of attempts is the order of certainty: the label as the form prints it, an
alias seen in published reports, the label without its ordinal, and last the `nearest` label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Column, Format
from gongkai.text.width import fold

Kind = Literal["row2", "row3", "column2", "column3", "column4", "group3", "group4", "note"]

BOTH = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Label:
    """What a printed label means. `kind` names the table (表二, 三, 四) and the part that the label plays in it.

    `key` is the row, column or group; `standard` the folded label of the form; `forms` the forms that have it; `unit`
    the unit that the label itself states for the numbers below it (`元`), if any.
    """

    kind: Kind
    key: str
    standard: str = ""
    forms: tuple[str, ...] = BOTH
    unit: str | None = None

    @property
    def path(self) -> str:
        """The member of `Report.labels` under which a variant of this label is kept."""
        return f"{_TABLES[self.kind]}.{self.key}"


_TABLES = {
    "row2": "proactive",
    "row3": "applications",
    "column2": "proactive.columns",
    "column3": "applications.columns",
    "column4": "remedies.columns",
    "group3": "applications.groups",
    "group4": "remedies",
    "note": "notes",
}
# 总计 and 其他 name a column as well as, with their ordinal, a row of 表三.
_TWOFOLD = frozenset(("其他", "总计", "合计"))
_NOTES = ("信息内容", "申请人情况", "法人或其他组织", "三、本年度办理结果", "行政诉讼", "（数据项目）")
_ORDINAL = re.compile(
    r"(?:\(?([一二三四五六七八]|\d)\)|([一二三四五六七])[,.:]|([0-9])[.,:)]?|([①-⑧])|([lI|])[.,])[.,:]?"
)
_NUMERALS = frozenset("一二三四五六七八")
_WRAPPED = 3  # characters of 结果维持 that a narrow column prints on its first line
_CIRCLED = {chr(ord("①") + n): str(n + 1) for n in range(8)}
_UNIT = re.compile(r"\((?:单位:)?(亿元|万元|元)\b.*\)$|\((?:单位:)?(亿元|万元|元)[,;)].*$")
_ARTICLE = r"(?:《.{0,20}?》)?第二十条第\(?[一二三四五六七八九]\)?项"
_CORNER = r"\(?\*?本列数据的?勾稽关系[为是]?.{0,50}?(?:第四项之和|四项之和)\)?"
_MONEY = r"(?:本年收费金额|收费金额|采购总金额)(?:\([^()]{0,24}\))?"


def ordinal_of(folded: str) -> tuple[str, str]:
    """The ordinal that a folded label begins with (`三`, `2` or nothing) and the rest of the label.

    >>> ordinal_of("(三)不予公开"), ordinal_of("2.重复申请"), ordinal_of("规章")
    (('三', '不予公开'), ('2', '重复申请'), ('', '规章'))
    """
    match = _ORDINAL.match(folded)
    if match is None:
        return "", folded
    ordinal = next(group for group in match.groups() if group)
    return _CIRCLED.get(ordinal, "1" if ordinal in "lI|" else ordinal), folded[match.end() :]


def _forms() -> Iterator[Format]:
    for form_id in formats.IDS:
        yield formats.load(form_id, unsplit=False)
        yield formats.load(form_id, unsplit=True)


def _entries() -> Iterator[tuple[str, Label]]:
    """Every label text of the forms with its meaning; a text may come from both forms."""
    for form in _forms():
        for block in form.blocks:
            yield from (
                (text, Label("row2", r.key, fold(r.label))) for r in block.rows for text in (r.label, *r.aliases)
            )
            yield from (pair for column in block.columns for pair in _column2(column, form))
        for row in form.rows:
            yield from ((text, Label("row3", row.key, fold(row.label))) for text in (row.label, *row.aliases))
            if row.group and not row.group.endswith("其他处理"):
                yield row.group, Label("group3", row.key.split(".")[0], fold(row.group))
        for column in form.columns:
            yield from (
                (text, Label("column3", column.key, fold(column.label))) for text in (column.label, *column.aliases)
            )
        for column in form.remedy_columns:
            if column.key != "total":
                label = Label("column4", column.key, fold(column.label))
                yield from ((text, label) for text in (column.label, column.label[:_WRAPPED]))
        yield from ((group.label, Label("group4", group.key, fold(group.label))) for group in form.remedy_groups)


def _column2(column: Column, form: Format) -> Iterator[tuple[str, Label]]:
    # The forms share 处理决定数量 and its alias with 本年, so that this label tells nothing of the form.
    forms = BOTH if column.key == "decisions" else (form.id,)
    for text in (column.label, *column.aliases):
        yield text, Label("column2", column.key, fold(column.label), forms)


def _index() -> dict[str, Label]:
    index: dict[str, Label] = {}
    for text, label in _entries():
        index.setdefault(fold(text), label)
    index |= {fold(text): Label("note", fold(text), fold(text)) for text in _NOTES}
    return index


_FULL = _index()
_ROWS3 = {label.key: label for label in _FULL.values() if label.kind == "row3"}
_BARE: dict[str, Label] = {}
for _text, _label in _FULL.items():
    if _label.kind in {"row3", "group3", "row2", "note"}:
        _BARE.setdefault(ordinal_of(_text)[1], _label)
_ORDINALS = {label.key: ordinal_of(label.standard) for label in _ROWS3.values()}
_WHOLE = re.compile(f"(?:{_ARTICLE})|(?:{_CORNER})")
_RAW: dict[str, Label] = {}
for _form in _forms():
    for _row in _form.rows:
        _RAW[_row.label] = _FULL[fold(_row.label)]


@lru_cache(maxsize=4096)
def find(text: str) -> Label | None:
    """The meaning of a printed label, if it is one of the form's labels or a known variant; cached.

    >>> find("（一） 予以公开").key, find("予以公开").key, find("3.其他").key, find("其他").kind
    ('granted', 'granted', 'other_outcome.other', 'column3')
    """
    if len(text) > 120:
        return None
    folded = fold(text)
    label = _FULL.get(folded)
    if label is not None:
        return label
    if "其它" in folded:
        return find(folded.replace("其它", "其他"))
    ordinal, bare = ordinal_of(folded)
    label = _BARE.get(bare)
    if label is not None and (ordinal or bare not in _TWOFOLD):
        return label
    return _with_bracket(folded, ordinal, bare)


def _with_bracket(folded: str, ordinal: str, bare: str) -> Label | None:
    """A label that goes on in brackets: a unit (`本年收费金额（元）`), a remark, an article number."""
    if _WHOLE.fullmatch(folded):
        return Label("note", "article" if folded.startswith(("第", "《")) else "corner", folded)
    head, bracket, _ = bare.partition("(")
    if not bracket:
        return None
    label = _BARE.get(head) or _FULL.get(head)
    if label is None or (head in _TWOFOLD and not ordinal):
        return None
    if label.kind == "column2":
        return Label("column2", label.key, label.standard, label.forms, _unit(folded))
    return None if label.kind == "note" else label


def _unit(folded: str) -> str | None:
    match = _UNIT.search(folded)
    return (match[1] or match[2]) if match else None


def _alternatives() -> str:
    texts = set(_FULL) | {text for text in _BARE if text not in _TWOFOLD}
    longest_first = sorted(map(re.escape, texts), key=len, reverse=True)
    return "|".join([_CORNER, _ARTICLE, _MONEY, *longest_first])


_SCAN = re.compile(_alternatives())
_ORDINAL_BEFORE = re.compile(r"(?:\([一二三四五六七\d]\)|[一二三四五六七][,.]|[0-9][.,]?|[①-⑧])$")
_SLIGHT = re.compile(r"[()\[\]|:,.·*#\-]{0,3}")


@dataclass(frozen=True, slots=True)
class Found:
    """A label inside a longer text: characters `start` to `end` of the folded text."""

    start: int
    end: int
    label: Label


def scan(folded: str) -> list[Found]:
    """The labels in a longer folded text, from left to right.

    >>> [found.label.key for found in scan("信息内容本年制发件数规章")]
    ['信息内容', 'issued', 'rules']
    """
    found: list[Found] = []
    if "它" in folded:
        folded = folded.replace("其它", "其他")
    for match in _SCAN.finditer(folded):
        start = match.start()
        ordinal = _ORDINAL_BEFORE.search(folded[max(0, start - 3) : start])
        if ordinal and (not found or found[-1].end <= start - len(ordinal[0])):
            start -= len(ordinal[0])
        label = find(folded[start : match.end()]) or find(match[0])
        if label is not None:
            found.append(Found(start, match.end(), label))
    return found


def chains(folded: str) -> list[list[Found]]:
    """The unbroken rows of labels in a folded text, from left to right."""
    rows: list[list[Found]] = []
    for found in scan(folded):
        if rows and _SLIGHT.fullmatch(folded[rows[-1][-1].end : found.start]):
            rows[-1].append(found)
        else:
            rows.append([found])
    return rows


def chain(folded: str) -> list[Found]:
    """The unbroken row of labels that a folded text ends with; empty where it ends with something else.

    >>> [found.label.key for found in chain("如下:信息内容本年处理决定数量行政许可")]
    ['信息内容', 'decisions', 'permits']
    """
    rows = chains(folded)
    return rows[-1] if rows and _SLIGHT.fullmatch(folded[rows[-1][-1].end :]) else []


@lru_cache(maxsize=2048)
def begun(text: str, *, table: str) -> Label | None:
    """The row of `table` whose label is the only one that begins in this way, its number included: a wrapped label.

    >>> begun("6.属于四", table="applications").key, begun("行政", table="proactive")
    ('refused.deliberative', None)
    """
    ordinal, bare = ordinal_of(fold(text))
    if len(bare) < (1 if ordinal else 3):
        return None
    kind = "row2" if table == "proactive" else "row3"
    found = {
        label.key: label
        for own, label in _BARE.items()
        if label.kind == kind and own.startswith(bare) and (not ordinal or ordinal == ordinal_of(label.standard)[0])
    }
    return next(iter(found.values())) if len(found) == 1 else None


def has_ordinal(text: str) -> bool:
    """Whether a text begins with the number of a label, so that it continues no other label."""
    folded = fold(text)
    return bool(ordinal_of(folded)[0]) or (folded[:1] == "(" and folded[1:2] in _NUMERALS)


@lru_cache(maxsize=2048)
def nearest(text: str, *, table: str) -> Label | None:
    """The row of `table` (`proactive`, `applications`) whose label a misprinted text most likely is, if that is clear.

    A number before it must agree. Wrapped labels (the beginning of one) are understood.

    >>> nearest("2.其他法律行政止公开", table="applications").key
    'refused.prohibited_by_law'
    """
    ordinal, bare = ordinal_of(fold(text))
    if len(bare) < 2 or len(bare) > 80:
        return None
    kind = "row2" if table == "proactive" else "row3"
    candidates = [(own, label) for own, label in _BARE.items() if label.kind in {kind, "group3"}]
    scored = sorted(
        ((_likeness(bare, own, ordinal, label), n) for n, (own, label) in enumerate(candidates)), reverse=True
    )
    best = candidates[scored[0][1]][1]
    second = next((score for score, n in scored if candidates[n][1].key != best.key), 0.0)
    if scored[0][0] < 0.8 or scored[0][0] - second < 0.1:
        return None
    return None if best.kind == "group3" else best


def _likeness(bare: str, own: str, ordinal: str, label: Label) -> float:
    """Dice coefficient of the characters, raised where the number agrees, lowered where it contradicts."""
    if own in _TWOFOLD:
        return 0.0
    common = sum((Counter(bare) & Counter(own)).values())
    score = 2 * common / (len(bare) + len(own))
    if min(len(bare), len(own)) >= 5 and _shared_start(bare, own) >= min(len(bare), 8, len(own) - 1):
        score = max(score, 0.85)
    own_ordinal = _ORDINALS.get(label.key, ("", ""))[0] if label.kind == "row3" else ordinal_of(label.standard)[0]
    if not ordinal or not own_ordinal:
        return score - (0.15 if len(own) <= 4 else 0.0)
    return score + 0.2 if ordinal == own_ordinal else score - 0.3


def _shared_start(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def is_end_of(text: str, key: str) -> bool:
    """Whether `text` is how the label of 表三's row `key` ends, wrapped behind its numbers."""
    folded = fold(text)
    return (
        len(folded) > 1 and key in _ROWS3 and folded != _ROWS3[key].standard and _ROWS3[key].standard.endswith(folded)
    )


def is_part_of(text: str, key: str) -> bool:
    """Whether `text` is a later piece of the label of 表三's row `key`, wrapped behind its numbers."""
    folded = fold(text)
    return len(folded) > 1 and key in _ROWS3 and folded in _ROWS3[key].standard


def standard_rows() -> tuple[str, ...]:
    """Keys of 表三's rows in printing order, both ways of printing （六） included."""
    return tuple(_ROWS3)
