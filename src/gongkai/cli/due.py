"""`gongkai due`: the clocks of one application with every day they counted."""

from __future__ import annotations

import argparse
import json
from datetime import date

from gongkai.cli.due_output import timeline_json, timeline_text
from gongkai.cli.parser import RawFormatter
from gongkai.cli.workday_options import MisuseError, add_calendar_options, chosen_calendar, parse_count, parse_date
from gongkai.law.clocks import timeline
from gongkai.law.events import Event, EventKind
from gongkai.law.provisions import in_force

_KEYS = """\
JSON（schema 为 gongkai/due/1）的键：
  received region as_of phase phase_label events clocks next
clocks 的每一项：
  key label start start_event limit extended_by unit due state state_label done_on
  provisional citation unverified notes steps，给出 --as-of 时另有 used left
  key 为 correction_notice third_party coauthor fee_notice fee_payment answer；
  等待申请人补正或缴费时，answer 的 due 为 null
steps 的每一项：
  date weekday workday kind kind_label holiday reason notice provisional counted number"""
_ALIASES = {"replied": EventKind.ANSWERED}


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    names = "\n".join(f"  {kind.value:<21}{kind.label}" for kind in EventKind)
    parser.formatter_class = RawFormatter
    parser.epilog = f"事件的名称：\n{names}\n\n{_KEYS}"
    parser.add_argument("--received", metavar="日期", help="收到申请之日（条例第三十一条）")
    parser.add_argument("--extended", action="store_true", help="答复期限已依法延长")
    parser.add_argument("--extension-days", metavar="天数", help="延长几个工作日（默认 20，即最长）")
    parser.add_argument("--event", action="append", default=[], metavar="名称=日期", help="一件事件，可重复；名称见下")
    add_calendar_options(parser)


def run(args: argparse.Namespace) -> int:
    """Print the clocks; 0. Raises: GongkaiError for misuse and for events in an unlawful order."""
    events = _events(args)
    calendar, as_of = chosen_calendar(args)
    derived = timeline(events, extended_by=_extension(args, events), calendar=calendar, as_of=as_of)
    print(json.dumps(timeline_json(derived), ensure_ascii=False, indent=2) if args.json else timeline_text(derived))
    return 0


def _events(args: argparse.Namespace) -> list[Event]:
    events = [_event(text) for text in args.event]
    if args.received:
        events.append(Event(EventKind.RECEIVED, parse_date(args.received, "--received")))
    if not any(event.kind is EventKind.RECEIVED for event in events):
        raise MisuseError("no-receipt", "没有给出收到申请的日期。", "例如：gongkai due --received 2024-09-13")
    return events


def _event(text: str) -> Event:
    name, equals, day = text.partition("=")
    if not equals:
        raise MisuseError(
            "bad-event", f"--event 应当写作“名称=日期”，而不是“{text}”。", "例如：--event corrected=2025-02-10"
        )
    kind = _ALIASES.get(name) or next((kind for kind in EventKind if name in (kind.value, kind.label)), None)
    if kind is None:
        known = "、".join(kind.value for kind in EventKind)
        raise MisuseError("unknown-event", f"没有名为“{name}”的事件。", f"可用的名称：{known}。")
    return Event(kind, parse_date(day, f"--event {name}"))


def _extension(args: argparse.Namespace, events: list[Event]) -> int | None:
    """The length of the extension; None leaves it to the law, where an event says that there was one."""
    dated = any(event.kind is EventKind.EXTENDED for event in events)
    days = parse_count(args.extension_days, "--extension-days") if args.extension_days is not None else None
    if args.extended and dated:
        raise MisuseError(
            "extended-twice", "--extended 和 --event extended 重复。", "知道延期日期的，只用 --event extended=日期。"
        )
    if days is not None and not (args.extended or dated):
        raise MisuseError("not-extended", "给出了 --extension-days，却没有延期。", "请加上 --extended。")
    if args.extended and days is None:
        received = min(event.on for event in events)
        return _longest(received)
    return days


def _longest(received: date) -> int:
    return in_force("deadline.answer_extension", on=received).days
