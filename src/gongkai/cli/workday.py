"""`gongkai workday`: whether a day is a workday and why, or the n-th workday after it with every day between."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from gongkai.cli.parser import RawFormatter
from gongkai.cli.workday_options import (
    PROVISIONAL_NOTE,
    MisuseError,
    add_calendar_options,
    chosen_calendar,
    day_json,
    parse_count,
    parse_date,
    provisional_mark,
    step_json,
    step_line,
)
from gongkai.law.calendar import Calendar, Day
from gongkai.law.counting import Step, walk

# Ten years of workdays: more than any period of the law, and still a derivation that can be printed.
_LONGEST = 2600

_KEYS = """\
JSON（schema 为 gongkai/workday/1）的键：
  date weekday workday kind kind_label holiday reason notice provisional region as_of
给出 --add 时：
  from workdays date provisional steps region as_of
steps 的每一项另有 counted number"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.formatter_class = RawFormatter
    parser.epilog = _KEYS
    parser.add_argument("date", nargs="?", metavar="日期", help="例如 2026-02-14")
    parser.add_argument("--add", metavar="天数", help="推算该日之后第几个工作日（当日不计）")
    add_calendar_options(parser)


def run(args: argparse.Namespace) -> int:
    """Print the answer; 0. Raises: GongkaiError for misuse."""
    if args.date is None:
        raise MisuseError("no-date", "没有给出日期。", "例如：gongkai workday 2026-02-14")
    day = parse_date(args.date, "日期")
    calendar, as_of = chosen_calendar(args)
    if args.add is None:
        explained = calendar.explain(day)
        print(_json({**day_json(explained)}, calendar, as_of) if args.json else _sentence(explained))
        return 0
    steps = _counted(day, parse_count(args.add, "--add"), calendar)
    print(_json(_sum_json(day, steps), calendar, as_of) if args.json else _sum_text(day, steps))
    return 0


def _counted(day: date, n: int, calendar: Calendar) -> tuple[Step, ...]:
    if n > _LONGEST:
        raise MisuseError("too-long", f"--add 过大：{n}。", f"请填写不超过 {_LONGEST} 的数。")
    return walk(day, n, calendar=calendar)


def _sentence(day: Day) -> str:
    verdict = "是工作日" if day.is_workday else "不是工作日"
    reason = "" if day.kind.value == "workday" else f"：{day.reason}"
    note = f"\n{PROVISIONAL_NOTE}" if day.provisional else ""
    return f"{day.date.isoformat()}（{day.weekday}）{verdict}{reason}{provisional_mark(day.provisional)}{note}"


def _sum_json(day: date, steps: tuple[Step, ...]) -> dict[str, Any]:
    due = steps[-1].day.date if steps else day
    return {
        "from": day.isoformat(),
        "workdays": _count(steps),
        "date": due.isoformat(),
        "provisional": any(step.day.provisional for step in steps),
        "steps": [step_json(step) for step in steps],
    }


def _sum_text(day: date, steps: tuple[Step, ...]) -> str:
    if not steps:
        return f"{day.isoformat()} 当日（0 个工作日）"
    due, provisional = steps[-1].day, any(step.day.provisional for step in steps)
    head = (
        f"{day.isoformat()} 之后第 {_count(steps)} 个工作日：{due.date.isoformat()}（{due.weekday}）"
        f"{provisional_mark(provisional)}"
    )
    lines = [head, f"  {day.isoformat()} 当日不计（民事诉讼法第八十五条）", *map(step_line, steps)]
    return "\n".join([*lines, PROVISIONAL_NOTE] if provisional else lines)


def _count(steps: tuple[Step, ...]) -> int:
    return (steps[-1].number or 0) if steps else 0


def _json(data: dict[str, Any], calendar: Calendar, as_of: date | None) -> str:
    region = calendar.region.key if calendar.region else None
    known = as_of.isoformat() if as_of else None
    document = {"schema": "gongkai/workday/1", **data, "region": region, "as_of": known}
    return json.dumps(document, ensure_ascii=False, indent=2)
