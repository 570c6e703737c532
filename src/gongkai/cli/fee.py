"""`gongkai fee`: the 信息处理费 for a number of items or of pages, band by band."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from gongkai.cli.parser import RawFormatter
from gongkai.cli.workday_options import MisuseError, parse_count, parse_date
from gongkai.law.fees import Fee, FeeBand, fee_for_items, fee_for_pages
from gongkai.law.provisions import in_force

_KEYS = """\
JSON（schema 为 gongkai/fee/1）的键：
  basis（items 或 pages） quantity unit period total（元） currency bands on citation
  unverified note
bands 的每一项：
  from to units price amount"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.formatter_class = RawFormatter
    parser.epilog = _KEYS
    parser.add_argument("--items", metavar="件数", help="按件：同一申请人一个自然月内申请的件数")
    parser.add_argument("--pages", metavar="页数", help="按量：单件申请所提供信息的页数")
    parser.add_argument("--on", metavar="日期", help="按哪一天施行的标准（默认今天）")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def run(args: argparse.Namespace) -> int:
    """Print the fee; 0. Raises: GongkaiError for misuse."""
    on = parse_date(args.on, "--on") if args.on else date.today()  # noqa: DTZ011  the reader's own day is meant
    fee = _fee(args, on)
    print(json.dumps(_json(fee, on), ensure_ascii=False, indent=2) if args.json else _text(fee, on))
    return 0


def _fee(args: argparse.Namespace, on: date) -> Fee:
    if args.items is not None and args.pages is not None:
        choice = in_force("fee.choice", on=on)
        raise MisuseError(
            "both-bases", f"按件和按量不能同时计收（{choice.citation}）。", "请只给出 --items 或者 --pages。"
        )
    if args.items is not None:
        return fee_for_items(parse_count(args.items, "--items"), on=on)
    if args.pages is not None:
        return fee_for_pages(parse_count(args.pages, "--pages"), on=on)
    raise MisuseError(
        "no-quantity", "没有给出件数或页数。", "例如：gongkai fee --items 31，或者 gongkai fee --pages 68"
    )


def _json(fee: Fee, on: date) -> dict[str, Any]:
    rule = fee.provision
    return {
        "schema": "gongkai/fee/1",
        "basis": rule.key,
        "quantity": fee.quantity,
        "unit": rule.unit,
        "period": rule.terms["period"],
        "total": str(fee.total),
        "currency": "CNY",
        "bands": [_band_json(band) for band in fee.bands],
        "on": on.isoformat(),
        "citation": rule.citation,
        "unverified": rule.unverified or None,
        "note": rule.note or None,
    }


def _band_json(band: FeeBand) -> dict[str, Any]:
    return {
        "from": band.first,
        "to": band.last,
        "units": band.units,
        "price": str(band.price),
        "amount": str(band.amount),
    }


def _text(fee: Fee, on: date) -> str:
    rule = fee.provision
    lines = [f"{rule.label} {fee.quantity} {rule.unit}（{rule.terms['period']}）：信息处理费 {fee.total} 元"]
    lines += [
        f"  第 {band.first} 至 {band.last} {rule.unit}：{band.units} {rule.unit} × {band.price} 元 = {band.amount} 元"
        for band in fee.bands
    ]
    lines.append(f"依据：{rule.cites[0].text}；{in_force('fee.discretion', on=on).citation}（可以收取）。")
    lines += [f"说明：{rule.note}。"] if rule.note else []
    lines += [f"未核对原文：{rule.unverified}。"] if rule.unverified else []
    return "\n".join(lines)
