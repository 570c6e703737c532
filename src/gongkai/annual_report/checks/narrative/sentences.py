"""The narrative cut into sentences, and the quantities that stand in them.

Everything the other modules look at comes from here: one pass over the text finds each number with its unit; the
words to its left and right are cut out only for the few numbers that somebody asks about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.text.numerals import chinese_to_int

Value = int | Decimal

PERCENT = frozenset(("%", "％"))
MONEY = frozenset(("元", "万元", "亿元"))

# Units of one character come last: the regex takes the first that fits.
_UNITS = (
    "个百分点|个工作日|个小时|个月|个自然月|人次|件次|条次|场次|批次|户次|家次|万元|亿元|工作日|小时|公里|平方米"
    "|[件条份篇则起宗次项个期场例批类部家户人名张册幅本套处页字段封通卷种支只所辆台间位组对元倍%％]"
)
_QUANTITY = re.compile(
    rf"[0-9０-９]+(?:,[0-9]{{3}}(?![0-9]))*(?P<part>[.．][0-9０-９]+)?"
    rf"(?P<about>[余多来几]?)(?P<scale>(?:[万亿](?!元))?)(?P<more>[余多]?)(?P<unit>{_UNITS})"
)
_NUMERAL = re.compile(
    r"[零〇一二两三四五六七八九十百千]{1,8}(?P<about>[余多几]?)(?P<unit>件|起|宗|份|条)(?![龙线链套])"
)
_LONGEST_NUMBER = 15  # digits; a longer run is no count of anything
_SCALES = {"": 1, "万": 10**4, "亿": 10**8}

# Words before and after a number that make it no exact statement. “各1件” says a number of each of several things.
_ABOUT_BEFORE = (
    *("约", "近", "超", "超过", "逾", "不到", "不足", "至少", "不少于", "不低于", "多于", "少于", "低于", "高于"),
    *("突破", "接近", "平均", "人均", "每", "最多", "各", "分别"),
)
_ABOUT_AFTER = ("以上", "左右", "上下", "之多", "以内", "以下", "不等")
_NO_QUANTITY_BEFORE = frozenset("第〔[〕-—－~～/.@_至到")
_NO_NUMERAL_BEFORE = frozenset("第每逐任同这那哪几数某")

_TITLE = re.compile(r"《[^《》]{1,160}》")
_SPACES = re.compile(r"[^\S\n]+")
_DIGITS_APART = re.compile(r"(?<=[0-9０-９])[^\S\n]+(?=[0-9０-９])")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_BREAKS = "，,；;（）()"
_NUMERAL_TOPICS = ("申请", "复议", "诉讼", "许可", "处罚", "规范性")
# Two numbers printed apart stay apart when the blanks go.
APART = "|"

_ORDINAL = re.compile(
    r"[ \t　]*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．是]|[（(]?\d{1,2}[）)、.．]|第[一二三四五六七八九十]+)"
)
_WRAPPED = 20  # characters; a shorter line without a full stop is a heading, a longer one was cut by the page


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start:end` of its sentence. `exact` is False for 约、余、近、超 and for rounded 万.

    `floor` is where the quantity before it ends: its own words cannot begin earlier.
    """

    value: Value
    unit: str
    start: int
    end: int
    floor: int
    exact: bool


@dataclass(slots=True)
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
        start, text = quantity.floor, self.text
        for mark in _BREAKS:
            start = max(start, text.rfind(mark, start, quantity.start) + 1)
        return text[start : quantity.start].lstrip("、和及与")

    def right(self, quantity: Quantity) -> str:
        """The words of `quantity` after it, up to the next comma, bracket or quantity."""
        following = (other.start for other in self.quantities if other.start >= quantity.end)
        rest = self.text[quantity.end : next(following, len(self.text))]
        return re.split(rf"[{_BREAKS}、：:|]", rest, maxsplit=1)[0]

    def segment(self, position: int) -> str:
        """What precedes `position` in the same part of the sentence: parts are divided by semicolons."""
        return self.text[max(self.text.rfind("；", 0, position), self.text.rfind(";", 0, position)) + 1 : position]

    def clauses(self) -> Iterator[tuple[int, str]]:
        """The clauses between commas, semicolons, colons and brackets, with their positions."""
        return ((match.start(), match[0]) for match in re.finditer(r"[^，,；;（）()：:|]+", self.text))


def split(sections: Mapping[str, str]) -> list[Sentence]:
    """All sentences of a narrative in printing order.

    >>> [q.value for q in split({"overview": "收到申请 6 件，结转1件。"})[0].quantities]
    [6, 1]
    """
    return [sentence for key, text in sections.items() if text for sentence in _section(key, text)]


def _section(key: str, text: str) -> Iterator[Sentence]:
    heading = ""
    for line in _lines(text):
        if len(line) < _WRAPPED and _ORDINAL.match(line):
            heading = line
        topic = line[:_WRAPPED] if _ORDINAL.match(line) else heading
        yield from _paragraph(key, line, topic)


def _lines(text: str) -> list[str]:
    """Paragraphs without blanks; lines that a page or a column cut are joined again."""
    if _DIGITS_APART.search(text):
        text = _DIGITS_APART.sub(APART, text)
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _SPACES.sub("", raw)
        if not line:
            continue
        if (
            lines
            and len(lines[-1]) >= _WRAPPED
            and lines[-1][-1] not in "。；;：:！？!?）)”"
            and not _ORDINAL.match(raw)
        ):
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _paragraph(key: str, line: str, topic: str) -> Iterator[Sentence]:
    masked = _TITLE.sub(_mask, line) if "《" in line else line
    before: Sentence | None = None
    for match in _SENTENCE.finditer(masked):
        printed = line[match.start() : match.end()]
        before = Sentence(key, match[0], printed, topic, before, _quantities(match[0]))
        yield before


def _mask(title: re.Match[str]) -> str:
    """The title of a document says nothing about this agency's numbers; positions stay as they are."""
    return f"《{'○' * (len(title[0]) - 2)}》"


def _quantities(text: str) -> tuple[Quantity, ...]:
    found = _digits(text)
    if any(topic in text for topic in _NUMERAL_TOPICS):
        found += _numerals(text)
        found.sort(key=lambda item: item[0].start())
    if not found:
        return ()
    floor = 0
    quantities = []
    for match, value, exact in found:
        quantities.append(Quantity(value, match["unit"], match.start(), match.end(), floor, exact))
        floor = match.end()
    return tuple(quantities)


_Found = tuple[re.Match[str], Value, bool]


def _digits(text: str) -> list[_Found]:
    found: list[_Found] = []
    for match in _QUANTITY.finditer(text):
        start, end = match.start(), match.end()
        if end - start > _LONGEST_NUMBER + 6 or (
            start and text[start - 1] in _NO_QUANTITY_BEFORE and _barred(text, start)
        ):
            continue
        found.append((match, _value(match), _exact(text, match)))
    return found


def _barred(text: str, start: int) -> bool:
    """“第5条”, “3-5件”, “5.15”: no quantity of its own; but “增至30件” is one."""
    return text[start - 1] not in "至到" or (start > 1 and text[start - 2].isdigit())


def _value(match: re.Match[str]) -> Value:
    number = match[0][: match.start("about") - match.start()].replace(",", "").replace("．", ".")
    scale = _SCALES[match["scale"]]
    if match["part"] is None:
        return int(number) * scale
    value = Decimal(number) * scale
    return int(value) if match["scale"] and value == int(value) else value


def _exact(text: str, match: re.Match[str]) -> bool:
    if match["about"] or match["more"] or match["scale"]:
        return False
    before = text[max(0, match.start() - 4) : match.start()]
    return not (before.endswith(_ABOUT_BEFORE) or text.startswith(_ABOUT_AFTER, match.end()))


def _numerals(text: str) -> list[_Found]:
    """Numbers written in characters, such as 三件; 一件 in “第一件” or “每一件” is none."""
    found: list[_Found] = []
    for match in _NUMERAL.finditer(text):
        if match.start() and text[match.start() - 1] in _NO_NUMERAL_BEFORE:
            continue
        value = chinese_to_int(match[0][: match.start("about") - match.start()])
        if value is not None:
            before = text[max(0, match.start() - 4) : match.start()]
            exact = not (match["about"] or before.endswith(_ABOUT_BEFORE) or text.startswith(_ABOUT_AFTER, match.end()))
            found.append((match, value, exact))
    return found
