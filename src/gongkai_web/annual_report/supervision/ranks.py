"""Rankings of bodies, only where they are fair, each with the reason why it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gongkai.annual_report.comparison import RATES, UNFAIR, rank
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.supervision.filed import filed
from gongkai_web.annual_report.supervision.findings import Judged
from gongkai_web.annual_report.supervision.roster import Line, Standing

__all__ = ["UNFAIR", "Board", "boards"]


@dataclass(frozen=True)
class Board:
    """One ranking: (place, body, value in words); `unranked` the others with their reason."""

    title: str
    why: str
    rows: Sequence[tuple[int, str, str]]
    unranked: Sequence[tuple[str, str]]


def boards(lines: Iterable[Line], judged: dict[int, Judged], year: int) -> list[Board]:
    """Punctuality, errors in the report, and the rates of `gongkai.annual_report.comparison`."""
    obliged = [line for line in lines if line.standing is not Standing.EXCUSED]
    agencies = [line.agency for line in obliged]
    return [_punctual(obliged), _errors(obliged, judged), *_rates(agencies, year)]


def _punctual(lines: list[Line]) -> Board:
    placed = [(line.days_late, line.agency.short_name) for line in lines if line.due and line.filed and line.filed.on]
    rows = _places(placed, lambda days: f"迟{days}天" if days else "按时")
    unranked = [
        (line.agency.short_name, _why_no_day(line)) for line in lines if not (line.due and line.filed and line.filed.on)
    ]
    return Board("报送时间", "期限由条例第四十九条规定，对各机关相同；按时的并列，不比谁更早。", rows, unranked)


def _why_no_day(line: Line) -> str:
    if line.due is None:
        return "条例没有规定报送日期。"
    return "还没有报送。" if line.filed is None else "报告没有写明公布日期。"


def _errors(lines: list[Line], judged: dict[int, Judged]) -> Board:
    there = [line for line in lines if line.agency.pk in judged]
    clean = [line for line in there if not (line.filed and line.filed.open_doubts)]
    placed = [(judged[line.agency.pk].errors, line.agency.short_name) for line in clean]
    unranked = [
        (line.agency.short_name, "还没有报送。" if line.agency.pk not in judged else "读取的疑问还没有核对。")
        for line in lines
        if line not in clean
    ]
    why = "勾稽关系和填报要求对各机关相同；只数错误，警告和提示不计。"
    return Board("报告中的错误", why, _places(placed, lambda number: f"{number}处"), unranked)


def _rates(agencies: list[Agency], year: int) -> list[Board]:
    found = filed(agencies, year)
    reports = {body.short_name: found[body.pk].report if body.pk in found else None for body in agencies}
    ranked = [rank(rate, reports) for rate in RATES]
    return [
        Board(
            one.rate.label,
            one.rate.why,
            [
                (place.place, place.key, f"{float(place.rate):.1%}（{place.over}/{place.under}）")
                for place in one.places
            ],
            list(one.unranked.items()),
        )
        for one in ranked
    ]


def _places(placed: list[tuple[int, str]], words: Callable[[int], str]) -> list[tuple[int, str, str]]:
    values = sorted(value for value, _ in placed)
    return [(values.index(value) + 1, name, words(value)) for value, name in sorted(placed)]
