"""A ledger as JSON and back: what a database or a file keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from gongkai.applications.details import DETAILS, Details
from gongkai.applications.entry import Entry
from gongkai.applications.errors import LedgerError
from gongkai.applications.ledger import Ledger, Record, Strike
from gongkai.law.events import EventKind

SCHEMA = "gongkai/ledger/1"


def to_json(ledger: Ledger) -> dict[str, Any]:
    """The ledger as plain JSON values."""
    return {"schema": SCHEMA, "case": ledger.case_id, "records": [record_to_json(one) for one in ledger.records]}


def from_json(data: Mapping[str, Any]) -> Ledger:
    """The ledger that `to_json` wrote; not validated, see `ledger.validate`. Raises: LedgerError."""
    if data.get("schema") != SCHEMA:
        raise LedgerError("unknown-schema", f"不是本系统的台账：{data.get('schema')}。", f"应为 {SCHEMA}。")
    case_id, records = data.get("case"), data.get("records")
    if not isinstance(case_id, str) or not isinstance(records, list):
        raise LedgerError("bad-ledger", "台账缺少编号（case）或者记录（records）。", "请核对数据来源。")
    return Ledger(case_id, tuple(record_from_json(one) for one in records))


def record_to_json(record: Record) -> dict[str, Any]:
    """One record: what the database keeps in a row."""
    if isinstance(record, Strike):
        return {"strike": record.number, "on": record.on.isoformat(), "reason": record.reason}
    said = {} if record.details is None else {"details": _plain(record.details)}
    return {"kind": record.kind.value, "on": record.on.isoformat(), **said}


def record_from_json(data: Mapping[str, Any]) -> Record:
    """Raises: LedgerError for what is no record."""
    try:
        if "strike" in data:
            return Strike(int(data["strike"]), date.fromisoformat(data["on"]), str(data["reason"]))
        kind = EventKind(data["kind"])
        details: Details | None = _read(DETAILS[kind], data["details"]) if "details" in data else None
        return Entry(kind, date.fromisoformat(data["on"]), details)
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        raise LedgerError("bad-record", f"台账的记录无法读取：{error}。", "请核对数据来源。") from None


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum | Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _read(kind: Any, value: Any) -> Any:
    """The value that `_plain` wrote, read by the annotation of its field."""
    if value is None:
        return None
    if get_origin(kind) is UnionType:
        return _read(next(one for one in get_args(kind) if one is not type(None)), value)
    if get_origin(kind) is Literal and value not in get_args(kind):
        raise ValueError(value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], one) for name, one in value.items()})
    if kind is date:
        return date.fromisoformat(value)
    if kind in (int, str, bool) and type(value) is not kind:
        raise TypeError(value)
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum | Decimal) else value
