"""Dates, counts and the choice of a calendar on the command line, with errors in Chinese."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import Any

from gongkai.errors import GongkaiError
from gongkai.law.calendar import Calendar, Day, calendar_for
from gongkai.law.counting import Step
from gongkai.law.notices import Notice

_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?|(\d{4})(\d\d)(\d\d)")


class MisuseError(GongkaiError):
    """The options of a command do not make sense."""


def add_calendar_options(parser: argparse.ArgumentParser) -> None:
    """`--region`, `--as-of` and `--json`, the same for every command that counts days."""
    parser.add_argument("--region", metavar="地区", help="另计地方节日：宁夏、广西、新疆、西藏（均未核对原文）")
    parser.add_argument("--as-of", metavar="日期", help="站在哪一天看：只用当日已公布的放假通知")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def chosen_calendar(args: argparse.Namespace) -> tuple[Calendar, date | None]:
    """The calendar that the options ask for, and the day of `--as-of`. Raises: MisuseError, UnknownRegionError."""
    as_of = parse_date(args.as_of, "--as-of") if args.as_of else None
    return calendar_for(region=args.region, known_on=as_of), as_of


def parse_date(text: str, option: str) -> date:
    """2024-09-13, 2024/9/13, 20240913 or 2024年9月13日.

    >>> parse_date("2024年9月13日", "--received")
    datetime.date(2024, 9, 13)

    Raises: MisuseError.
    """
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = (part for part in match.groups() if part)
        return date(int(year), int(month), int(day))
    except ValueError:
        raise MisuseError(
            "bad-date", f"{option} 的日期“{text}”无法识别。", "请写作 2024-09-13 这样的日期，并确认当月有这一天。"
        ) from None


def parse_count(text: str, option: str) -> int:
    """A whole number from 0 up. Raises: MisuseError."""
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip()):
        raise MisuseError("bad-number", f"{option} 应当是整数，而不是“{text}”。", "请填写 0 或正整数。")
    if int(text) < 0:
        raise MisuseError("negative", f"{option} 不能为负数：{text}。", "请填写 0 或正整数。")
    return int(text)


def day_json(day: Day) -> dict[str, Any]:
    """One explained day."""
    return {
        "date": day.date.isoformat(),
        "weekday": day.weekday,
        "workday": day.is_workday,
        "kind": day.kind.value,
        "kind_label": day.kind.label,
        "holiday": day.name or None,
        "reason": day.reason,
        "notice": _notice_json(day.notice),
        "provisional": day.provisional,
    }


def step_json(step: Step) -> dict[str, Any]:
    """One day of a derivation: the explained day, and its number where it counts."""
    return {**day_json(step.day), "counted": step.number is not None, "number": step.number, "reason": step.reason}


def step_line(step: Step) -> str:
    """One day of a derivation for people."""
    number = f"第{step.number:>3} 日" if step.number is not None else "不计    "
    reason = "" if step.reason == "工作日" else f"  {step.reason}"
    return f"  {step.day.date.isoformat()} {step.day.weekday}  {number}{reason}{provisional_mark(step.day.provisional)}"


def provisional_mark(provisional: bool) -> str:  # noqa: FBT001  reads as what it marks
    return "〔推定〕" if provisional else ""


PROVISIONAL_NOTE = "〔推定〕：该年或该地区的放假安排尚未公布或者尚未录入，公布后日期可能变动。"


def _notice_json(notice: Notice | None) -> dict[str, str | None] | None:
    if notice is None:
        return None
    published = notice.published.isoformat() if notice.published else None
    return {"title": notice.title, "number": notice.number or None, "published": published}
