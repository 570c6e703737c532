"""The narrative cut into sentences, and the quantities that stand in them.

Everything the other modules look at comes from here: one pass over the text finds each number with its unit; the
words to its left and right are cut out only for the few numbers that somebody asks about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gongkai.text.numerals import chinese_to_int

Value = int | Decimal

PERCENT = frozenset(("%", "％"))
LONGEST_TEXT = 100_000  # characters of all sections together; published narratives have a tenth of it
MONEY = frozenset(("元", "万元", "亿元"))

# Grouped by their first character, so that a number without a unit (a year, a day) is given up at once.
_UNITS = (
    "个(?:百分点|工作日|小时|月|自然月)?|[人件条场批户家]次?|[万亿]?元|小时|工作日|公里"
    "|[份篇则起宗次项期例类部名张册幅本套处页字段封通卷种支只所辆台间位组对倍%％]"
)
# Always matches a whole run of digits, with or without a unit, and never goes back into it: linear in any text.
_QUANTITY = re.compile(
    rf"(?P<number>[0-9０-９]++(?:,[0-9]{{3}}(?![0-9]))*(?P<part>[.．][0-9０-９]++)?)"
    rf"(?:(?P<about>[余多来几]?)(?P<scale>(?:[万亿](?!元))?)(?P<more>[余多]?)(?P<unit>{_UNITS}))?"
)
_DIGIT = re.compile("[0-9０-９]")
_NUMERAL = re.compile(
    r"(?P<number>[零〇一二两三四五六七八九十百千]{1,8})(?P<about>[余多几]?)(?P<unit>件|起|宗|份|条)(?![龙线链套事])"
)
_LONGEST_NUMBER = 24  # characters with the unit; a longer run is no count of anything
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}

# Words before and after a number that make it no exact statement. “各1件” says a number of each of several things.
_ABOUT_BEFORE = (
    *("约", "近", "超", "超过", "逾", "不到", "不足", "至少", "不少于", "不低于", "多于", "少于", "低于", "高于"),
    *("突破", "接近", "平均", "人均", "每", "最多", "各", "分别"),
)
_ABOUT_ENDS = frozenset(word[-1] for word in _ABOUT_BEFORE)
_ABOUT_AFTER = ("以上", "左右", "上下", "之多", "以内", "以下", "不等")
_ONE = ("1起", "1件", "1例", "1次")
_DENIED = re.compile(r"(?:未|没有|无)(?:发生|出现|发现|收到|有|产生)?$")
_DENIAL_ENDS = frozenset("未有无生现到")
_NO_QUANTITY_BEFORE = frozenset("第〔[〕-—－~～/.@_至到，|")
_NO_NUMERAL_BEFORE = frozenset("第每逐任同这那哪几数某")

_TITLE = re.compile(r"《[^《》]{1,160}》")
_DIGITS_APART = re.compile(r"([0-9０-９])[^\S\n]+(?=[0-9０-９])")
_BLANKS = (" ", "\t", "\u3000", "\xa0")
_SENTENCE = re.compile(r"[^。！？!?\n]{1,1500}")  # longer than that is no prose
_BREAKS = "，,；;（）()"
_FROM_BREAK = re.compile(rf"[{_BREAKS}、：:|]")
_UP_TO_BREAK = re.compile(rf".*[{_BREAKS}]")
# Two numbers printed apart stay apart when the blanks go; which of them is meant, or whether both are one, is open.
APART = "|"

_ORDINAL = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．是]|[（(]?\d{1,2}[）)、.．]|第[一二三四五六七八九十]+)"
)
_FAR = 300  # characters; words further away say nothing about a number
_KEPT = 2000  # characters; longer paragraphs are cut into sentences each time
_WRAPPED = 20  # characters; a shorter line without a full stop is a heading, a longer one was cut by the page


class Quantity(NamedTuple):
    """A number with its unit at `start:end` of its sentence. `exact` is False for 约、余、近、超 and for rounded 万.

    Its own words cannot begin before `floor`, where the quantity before it ends. A tuple, because a report has a
    hundred of them and a frozen dataclass takes three times as long to make.
    """

    value: Value
    unit: str
    start: int
    end: int
    floor: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of section `section`: `printed` without blanks, `text` also without what stands inside 《》.

    `topic` is the heading or the first words of its paragraph; `before` is the sentence before it in the paragraph.
    """

    section: str
    text: str
    printed: str
    topic: str
    before: Sentence | None
    quantities: tuple[Quantity, ...]

    @property
    def place(self) -> str:
        return f"sections.{self.section}"

    def left(self, quantity: Quantity) -> str:
        """The words of `quantity` before it: since the last comma, bracket or quantity."""
        words = self.text[quantity.floor : quantity.start]
        other = _UP_TO_BREAK.match(words)
        return (words[other.end() :] if other else words).lstrip("、和及与")

    def right(self, quantity: Quantity) -> str:
        """The words of `quantity` after it, up to the next comma, bracket or quantity."""
        following = next((other.start for other in self.quantities if other.start >= quantity.end), None)
        return _FROM_BREAK.split(self.text[quantity.end : following], maxsplit=1)[0]

    def segment(self, position: int) -> str:
        """What precedes `position` in the same part of the sentence: parts are divided by semicolons."""
        near = self.text[max(0, position - _FAR) : position]
        return near[max(near.rfind("；"), near.rfind(";")) + 1 :]

    def clauses(self) -> Iterator[tuple[int, str]]:
        """The clauses between commas, semicolons, colons and brackets, with their positions."""
        return ((match.start(), match[0]) for match in re.finditer(r"[^，,；;（）()：:|]+", self.text))


def split(sections: Mapping[str, str]) -> list[Sentence]:
    """All sentences of a narrative in printing order; what goes on beyond any report's length is left out.

    >>> [q.value for q in split({"overview": "收到申请 6 件，结转1件。"})[0].quantities]
    [6, 1]
    """
    found: list[Sentence] = []
    left = LONGEST_TEXT
    for key, text in sections.items():
        _section(key, text[:left], found)
        left = max(0, left - len(text))
    return found


def _section(key: str, text: str, found: list[Sentence]) -> None:
    heading = ""
    for line in _lines(text):
        ordinal = _ORDINAL.match(line)
        if ordinal and len(line) < _WRAPPED:
            heading = line
        parted = _paragraph if len(line) <= _KEPT else _paragraph.__wrapped__
        found += parted(key, line, line[:_WRAPPED] if ordinal else heading)


def _lines(text: str) -> list[str]:
    """Paragraphs without blanks; lines that a page or a column cut are joined again."""
    if any(blank in text for blank in _BLANKS):
        text = _DIGITS_APART.sub(rf"\1{APART}", text)
    lines: list[list[str]] = []
    for raw in text.split("\n"):
        line = "".join(raw.split())
        if not line:
            continue
        if lines and _goes_on(lines[-1][-1], line):
            lines[-1].append(line)
        else:
            lines.append([line])
    return ["".join(parts) for parts in lines]


def _goes_on(line: str, following: str) -> bool:
    """Was `line` cut in the middle of a sentence? Headings are short; paragraphs end with a mark or begin with one."""
    return len(line) >= _WRAPPED and line[-1] not in "。；;：:！？!?）)”" and not _ORDINAL.match(following)


@lru_cache(maxsize=1024)
def _paragraph(key: str, line: str, topic: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph. Kept, as a report is checked again and again while it is written, and most of its
    paragraphs stand in last year's report and in those of the neighbours too."""
    masked = _TITLE.sub(_mask, line) if "《" in line else line
    spells = _may_spell_numbers(masked)
    found: list[Sentence] = []
    before: Sentence | None = None
    for match in _SENTENCE.finditer(masked):
        text = match[0]
        printed = text if masked is line else line[match.start() : match.end()]
        before = Sentence(key, text, printed, topic, before, _quantities(text, spells=spells))
        found.append(before)
    return tuple(found)


def _mask(title: re.Match[str]) -> str:
    """The title of a document says nothing about this agency's numbers; positions stay as they are."""
    return f"《{'○' * (len(title[0]) - 2)}》"


def _quantities(text: str, *, spells: bool) -> tuple[Quantity, ...]:
    """The quantities of a sentence; `spells` says that some may be written in characters."""
    found: list[Quantity] = []
    floor = 0
    for match in _QUANTITY.finditer(text) if _DIGIT.search(text) else ():
        unit = match["unit"]
        if unit is None:
            continue
        start, end = match.span()
        if end - start <= _LONGEST_NUMBER and not (start and _barred(text, start)):
            found.append(Quantity(_value(match), unit, start, end, floor, _exact(text, match)))
            floor = end
    if spells and _may_spell_numbers(text) and (spelled := _numerals(text)):
        return _in_order([*found, *spelled])
    return tuple(found)


def _in_order(found: list[Quantity]) -> tuple[Quantity, ...]:
    found.sort(key=lambda quantity: quantity.start)
    floors = [0, *(quantity.end for quantity in found)]
    return tuple(quantity._replace(floor=floor) for quantity, floor in zip(found, floors, strict=False))


def _may_spell_numbers(text: str) -> bool:
    """Only what the tables count is looked for in characters; elsewhere 一件, 两项 are turns of phrase."""
    return "申请" in text or "复议" in text or "诉讼" in text or "许可" in text or "处罚" in text or "规范性" in text


def _barred(text: str, start: int) -> bool:
    """“第5条”, “3-5件”, “1，143条”, “未发生1起”: no quantity of its own; but “增至30件” is one."""
    mark = text[start - 1]
    if mark in _DENIAL_ENDS and text.startswith(_ONE, start) and _DENIED.search(text, max(0, start - 6), start):
        return True
    return mark in _NO_QUANTITY_BEFORE and (mark not in "至到，" or (start > 1 and text[start - 2].isdigit()))


def _value(match: re.Match[str]) -> Value:
    number = match["number"]
    if number.isdigit():
        return int(number) * _SCALES[match["scale"]]
    value = Decimal(number.replace(",", "").replace("．", ".")) * _SCALES[match["scale"]]
    return value if match["part"] and value != int(value) else int(value)


def _exact(text: str, match: re.Match[str]) -> bool:
    return not (match["about"] or match["scale"] or match["more"]) and _stated(text, *match.span())


def _stated(text: str, start: int, end: int) -> bool:
    """No 约, 近, 每 before it, no 以上, 左右 behind it. The character beside it settles most cases at once."""
    if start and text[start - 1] in _ABOUT_ENDS and text.endswith(_ABOUT_BEFORE, 0, start):
        return False
    return not text.startswith(_ABOUT_AFTER, end)


def _numerals(text: str) -> list[Quantity]:
    """Numbers written in characters, such as 三件; 一件 in “第一件” or “每一件” is none, 一起 is mostly “together”."""
    found: list[Quantity] = []
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        value = chinese_to_int(match["number"])
        together = match[0] == "一起"
        if value is not None and not together and not (start and text[start - 1] in _NO_NUMERAL_BEFORE):
            exact = not match["about"] and _stated(text, start, end)
            found.append(Quantity(value, match["unit"], start, end, 0, exact))
    return found
