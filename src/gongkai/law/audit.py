"""Which values nobody has compared with their text, or not for long: `python -m gongkai.law.audit`.

It lists and never fails: an unchecked value is used, and said to be unchecked wherever it is shown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.notices import national, regions
from gongkai.law.provisions import Provision, provisions, sources

# The law on disclosure changed every one to two years since 2019: a value is read again after two.
MAX_AGE = timedelta(days=730)
# Notices for the next year appear in October and November.
_NOTICE_EXPECTED = (11, 1)


@dataclass(frozen=True, slots=True)
class Concern:
    """One entry that somebody should look at: what it is, where it says so, and what is the matter."""

    name: str
    label: str
    citation: str
    problem: str


def concerns(*, on: date, max_age: timedelta = MAX_AGE) -> tuple[Concern, ...]:
    """Everything unchecked, unconfirmed in part, or last checked longer than `max_age` before that day."""
    return (*_values(on, max_age), *_notices(on), *_texts())


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; always 0."""
    parser = argparse.ArgumentParser(prog="python -m gongkai.law.audit", description="列出未核对或久未核对的法律数据")
    parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="日期", help="以哪一天为准（默认今天）")
    parser.add_argument("--max-age-days", type=int, default=MAX_AGE.days, metavar="天数", help="核对多少天后算久未核对")
    args = parser.parse_args(argv)
    on = args.on or date.today()  # noqa: DTZ011  a day in the reader's own time zone is meant
    found = concerns(on=on, max_age=timedelta(days=args.max_age_days))
    _print(found, on)
    return 0


def _values(on: date, max_age: timedelta) -> Iterator[Concern]:
    for one in provisions():
        problem = _problem(one, on, max_age)
        if problem:
            yield Concern(f"{one.name} {one.since.isoformat()}", one.label, one.citation, problem)


def _problem(one: Provision, on: date, max_age: timedelta) -> str:
    if one.checked_on is None:
        return "未核对原文"
    if one.unverified:
        return f"部分未核对：{one.unverified}"
    if one.until is None and on - one.checked_on > max_age:
        return f"久未核对（上次 {one.checked_on.isoformat()}）"
    return ""


def _notices(on: date) -> Iterator[Concern]:
    for notice in national():
        if notice.checked_on is None:
            yield Concern(f"calendar.{notice.year}", "放假通知", notice.citation, "文号、日期未核对原文")
    last = on.year + ((on.month, on.day) >= _NOTICE_EXPECTED)
    for year in range(national()[-1].year + 1, last + 1):
        yield Concern(f"calendar.{year}", "放假通知", "放假办法第七条", "尚未录入，该年的期限均为推定")
    for region in regions().values():
        years = "、".join(str(notice.year) for notice in region.notices)
        yield Concern(f"region.{region.key}", "地方节日", region.name, f"{years} 年未核对原文，其余年份未录入")


def _texts() -> Iterator[Concern]:
    seen = {"part": "只读到部分原文", "none": "未读到原文"}
    for source in sources().values():
        if source.read in seen:
            note = f"（{source.note}）" if source.note else ""
            yield Concern(f"source.{source.key}", source.short, source.number, f"{seen[source.read]}{note}")


def _print(found: Sequence[Concern], on: date) -> None:
    from rich.console import Console  # noqa: PLC0415  rich costs 50 ms that no other use of this module needs
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=f"法律数据核对清单（{on.isoformat()}，{len(found)} 项）")
    for heading in ("名称", "内容", "出处", "问题"):
        table.add_column(heading, overflow="fold")
    for one in found:
        table.add_row(one.name, one.label, one.citation, one.problem)
    width = None if sys.stdout.isatty() else 160
    Console(width=width).print(table)


if __name__ == "__main__":
    sys.exit(main())
