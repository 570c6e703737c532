"""Text with live figures: `{{ 本年新收 }}` stands for a number and follows it whenever it changes.

A reference names one figure, or several with what is to be done with them:

=====================================  ==========================================
`{{ items.published }}`                the number
`{{ sum: a ； b }}`                    their sum
`{{ list: a ； b }}`                   every part with its name: 甲3件、乙4件
`{{ breakdown: a ； b }}`              both, so that the parts always add up: 7件，其中甲3件、乙4件
`{{ share: a ÷ b }}`                   a as a percentage of b
`{{ change: a }}`                      against the year before: 增加3件, 减少3件, 持平
`{{ growth: a }}`                      the same in per cent: 增长12.5%, 下降12.5%, 持平
=====================================  ==========================================

Figures are stored by key and shown by their Chinese names; both are understood everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gongkai.annual_report.model import Number

_REFERENCE = re.compile(r"\{\{([^{}]*)\}\}")
_BROKEN = re.compile(r"\{\{|\}\}")
_SEPARATOR = re.compile(r"[；;]")
_RATIO = "÷"
ACTS = {
    "sum": "合计",
    "list": "列举",
    "breakdown": "分项",
    "share": "占比",
    "change": "增减",
    "growth": "增幅",
}
"""What can be done with figures, by key, with the word that people write."""
_ACT_OF = {**{key: key for key in ACTS}, **{name: key for key, name in ACTS.items()}}
_NEVER_IN_NAMES = re.compile(r"[；;：:÷{}\n]")


@dataclass(frozen=True, slots=True)
class BoundFigure:
    """A figure that text can refer to. `value` is `None` while nothing is recorded; `previous` is last year's.

    `label` is what a list calls it in running text, where its unambiguous name would be clumsy.
    """

    key: str
    name: str
    unit: str
    value: Number | None
    previous: Number | None = None
    label: str = ""

    def __post_init__(self) -> None:
        """Raises: ValueError for a name that a reference could not hold."""
        if _NEVER_IN_NAMES.search(self.name) or not self.name.strip():
            raise ValueError(f"not usable as the name of a figure: {self.name!r}")


@dataclass(frozen=True, slots=True)
class BindingProblem:
    """A reference that cannot be rendered; `reference` is as written, braces included."""

    code: str
    reference: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text with its numbers. Where there is a problem, the reference or a remark in 〔〕 stays in the text."""

    text: str
    problems: tuple[BindingProblem, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of rendered text. `figures` are those it was made from: none for text as it was written."""

    text: str
    figures: tuple[BoundFigure, ...] = ()
    problem: BindingProblem | None = None


class _Unrenderable(Exception):  # noqa: N818  # never leaves this module
    def __init__(self, code: str, message: str, hint: str, shown: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.shown = code, message, hint, shown


@dataclass(frozen=True, slots=True)
class _Reference:
    act: str  # empty for the figure itself
    figures: tuple[str, ...]


def render(text: str, figures: Iterable[BoundFigure]) -> Rendered:
    """The text with every reference replaced by its present number.

    >>> render("本年新收{{ 申请 }}件。", [BoundFigure("applications", "申请", "件", 7)]).text
    '本年新收7件。'
    """
    found = list(pieces(text, figures))
    problems = [piece.problem for piece in found if piece.problem]
    if _BROKEN.search(_REFERENCE.sub("", text)):
        problems.append(_broken())
    used = dict.fromkeys(figure.key for piece in found for figure in piece.figures)
    return Rendered("".join(piece.text for piece in found), tuple(problems), tuple(used))


def pieces(text: str, figures: Iterable[BoundFigure]) -> Iterator[Piece]:
    """The text cut into what was written and what references became, in order: for showing which is which."""
    book, at = _Book(figures), 0
    for match in _REFERENCE.finditer(text):
        if match.start() > at:
            yield Piece(text[at : match.start()])
        yield _resolved(match, book)
        at = match.end()
    if at < len(text):
        yield Piece(text[at:])


def _resolved(match: re.Match[str], book: _Book) -> Piece:
    try:
        act, found = book.resolve(_parse(match[1]))
        return Piece(_ACTS[act](found), tuple(found))
    except _Unrenderable as problem:
        reported = BindingProblem(problem.code, match[0], problem.message, problem.hint)
        return Piece(problem.shown or match[0], problem=reported)


def to_names(text: str, figures: Iterable[BoundFigure]) -> str:
    """The text as people edit it: references by Chinese name. What is not known stays as it stands.

    >>> to_names("{{ sum: a；b }}件", [BoundFigure("a", "甲", "件", 1), BoundFigure("b", "乙", "件", 2)])
    '{{ 合计：甲；乙 }}件'
    """
    return _translated(text, _Book(figures), by_name=True)


def to_keys(text: str, figures: Iterable[BoundFigure]) -> str:
    """The text as it is stored: references by key, which stays when a name is worded anew.

    >>> to_keys("{{ 甲 }}件", [BoundFigure("a", "甲", "件", 1)])
    '{{ a }}件'
    """
    return _translated(text, _Book(figures), by_name=False)


def references(text: str) -> tuple[str, ...]:
    """Every figure that the text refers to, as written, in order of appearance.

    >>> references("{{ a }}、{{ share: a ÷ b }}")
    ('a', 'b')
    """
    parsed = (_parse(match[1]) for match in _REFERENCE.finditer(text))
    return tuple(dict.fromkeys(name for reference in parsed for name in reference.figures))


class _Book:
    """Figures by key and by name."""

    def __init__(self, figures: Iterable[BoundFigure]) -> None:
        self._known: dict[str, BoundFigure] = {}
        for figure in figures:
            self._known[figure.key] = figure
            self._known.setdefault(figure.name, figure)

    def find(self, word: str) -> BoundFigure | None:
        return self._known.get(word)

    def resolve(self, reference: _Reference) -> tuple[str, Sequence[BoundFigure]]:
        found = [self._stated(word) for word in reference.figures]
        _refuse_wrong_number(reference)
        return reference.act, found

    def _stated(self, word: str) -> BoundFigure:
        figure = self.find(word)
        if figure is None:
            raise _Unrenderable(
                "BIND-UNKNOWN", f"没有名为“{word}”的指标。", "请从指标列表中选取，或改正名称。", shown=""
            )
        if figure.value is None:
            raise _Unrenderable(
                "BIND-EMPTY",
                f"“{figure.name}”还没有数据。",
                "请登记有关记录或手工填报这个指标，没有发生的填 0。",
                shown=f"〔未填报：{figure.name}〕",
            )
        return figure


def _parse(inside: str) -> _Reference:
    """`sum: a；b` and `合计：甲；乙` alike; a colon that follows no known act makes a word that nobody knows."""
    act, colon, rest = inside.replace("：", ":", 1).partition(":")
    if not colon:
        return _Reference("", (inside.strip(),))
    known = _ACT_OF.get(act.strip())
    if known is None:
        return _Reference("", (inside.strip(),))
    parts = rest.split(_RATIO) if known == "share" else _SEPARATOR.split(rest)
    return _Reference(known, tuple(part.strip() for part in parts if part.strip()))


def _refuse_wrong_number(reference: _Reference) -> None:
    wanted = {"share": 2, "change": 1, "growth": 1, "": 1}.get(reference.act)
    given = len(reference.figures)
    if given == 0 or (wanted is not None and given != wanted):
        name = ACTS.get(reference.act, "")
        example = f"{{{{ {name}：甲{_RATIO}乙 }}}}" if reference.act == "share" else f"{{{{ {name}：甲 }}}}"
        raise _Unrenderable("BIND-FORM", f"“{name}”后面的指标个数不对。", f"写法：{example}。", shown="")


def _translated(text: str, book: _Book, *, by_name: bool) -> str:
    def replace(match: re.Match[str]) -> str:
        reference = _parse(match[1])
        words = []
        for word in reference.figures:
            figure = book.find(word)
            words.append(word if figure is None else figure.name if by_name else figure.key)
        if not reference.act:
            return f"{{{{ {''.join(words)} }}}}"
        act = ACTS[reference.act] if by_name else reference.act
        joined = f" {_RATIO} ".join(words) if reference.act == "share" else "；".join(words)
        return f"{{{{ {act}：{joined} }}}}" if by_name else f"{{{{ {act}: {joined} }}}}"

    return _REFERENCE.sub(replace, text)


def number_text(value: Number) -> str:
    """A number as narrative prints it: no exponent, no needless zeros behind the point.

    >>> number_text(Decimal("113.3720")), number_text(Decimal("1E+2"))
    ('113.372', '100')
    """
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _value(figure: BoundFigure) -> Number:
    if figure.value is None:
        raise AssertionError(figure.key)  # `_Book.resolve` lets no empty figure through
    return figure.value


def _itself(figures: Sequence[BoundFigure]) -> str:
    return number_text(_value(figures[0]))


def _sum(figures: Sequence[BoundFigure]) -> str:
    _refuse_mixed_units(figures)
    total: Number = 0
    for figure in figures:
        total += _value(figure)
    return number_text(total)


def _list(figures: Sequence[BoundFigure]) -> str:
    return "、".join(f"{figure.label or figure.name}{number_text(_value(figure))}{figure.unit}" for figure in figures)


def _breakdown(figures: Sequence[BoundFigure]) -> str:
    return f"{_sum(figures)}{figures[0].unit}，其中{_list(figures)}"


def _share(figures: Sequence[BoundFigure]) -> str:
    part, whole = Decimal(_value(figures[0])), Decimal(_value(figures[1]))
    if whole == 0:
        raise _Unrenderable("BIND-ZERO", f"“{figures[1].name}”为 0，不能计算占比。", "请改写这句话。", shown="")
    return _percent(part / whole)


def _change(figures: Sequence[BoundFigure]) -> str:
    difference = Decimal(_value(figures[0])) - Decimal(_last_year(figures[0]))
    if difference == 0:
        return "持平"
    word = "增加" if difference > 0 else "减少"
    return f"{word}{number_text(abs(difference))}{figures[0].unit}"


def _growth(figures: Sequence[BoundFigure]) -> str:
    before = Decimal(_last_year(figures[0]))
    difference = Decimal(_value(figures[0])) - before
    if difference == 0:
        return "持平"
    if before == 0:
        raise _Unrenderable("BIND-ZERO", f"“{figures[0].name}”上年为 0，不能计算增幅。", "请改用“增减”。", shown="")
    return f"{'增长' if difference > 0 else '下降'}{_percent(abs(difference) / before)}"


def _percent(ratio: Decimal) -> str:
    return f"{number_text((ratio * 100).quantize(Decimal('0.1'), ROUND_HALF_UP))}%"


def _last_year(figure: BoundFigure) -> Number:
    if figure.previous is None:
        raise _Unrenderable(
            "BIND-NO-YEAR-BEFORE",
            f"没有“{figure.name}”上一年的数据。",
            "请删去与上年的比较，或补录上年报告。",
            shown="",
        )
    return figure.previous


def _refuse_mixed_units(figures: Sequence[BoundFigure]) -> None:
    units = list(dict.fromkeys(figure.unit for figure in figures))
    if len(units) > 1:
        raise _Unrenderable(
            "BIND-UNITS", f"单位不同（{'、'.join(units)}），不能相加。", "请只合计同一单位的指标。", shown=""
        )


_ACTS: Mapping[str, Callable[[Sequence[BoundFigure]], str]] = {
    "": _itself,
    "sum": _sum,
    "list": _list,
    "breakdown": _breakdown,
    "share": _share,
    "change": _change,
    "growth": _growth,
}


def _broken() -> BindingProblem:
    return BindingProblem(
        "BIND-BRACES", "{{", "有一处“{{”或“}}”没有成对。", "指标写成 {{ 名称 }}，请补全或删去多余的括号。"
    )
