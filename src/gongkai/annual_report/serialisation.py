"""A report as the JSON of the public contract, and back.

Counts are integers, money is a decimal string in 万元, `null` is “not stated”. `cells` describes every cell that is not
a plainly printed number. What is written is read back as the same report; places and raw text of plain cells are not
written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Column, Format
from gongkai.annual_report.model import (
    SCHEMA,
    Cell,
    CellState,
    Doubt,
    Heading,
    Number,
    Place,
    Report,
    Source,
)
from gongkai.errors import UnreadableReportError

TABLES = ("proactive", "applications", "remedies")
_UNSPLIT_ROW = "other_outcome"
_MOST_DIGITS = 30  # before or behind the point; what has more is no figure of a report and costs memory

T = TypeVar("T")


def to_json(report: Report) -> dict[str, Any]:
    """The report's document, its members in the order of the contract, then what the contract leaves room for."""
    return {
        "schema": SCHEMA,
        "agency": report.agency,
        "year": report.year,
        "format": report.format.id,
        "sections": dict(report.sections),
        **_tables(report),
        "cells": {path: _cell_to_json(cell) for path, cell in report.unplain()},
        "doubts": [doubt.to_json() for doubt in report.doubts],
        "source": report.source.to_json() if report.source else None,
        "title": report.title,
        "headings": [_heading_to_json(heading) for heading in report.headings],
        "labels": dict(report.labels),
        "signed_by": report.signed_by,
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
        "published_on": report.published_on.isoformat() if report.published_on else None,
        "traits": sorted(report.traits),
    }


def from_json(data: Any) -> Report:
    """The report that a document of the contract holds; members it does not know (`findings` …) are left aside.

    Raises: UnreadableReportError `bad-json`, naming the member that is wrong.
    """
    members = _mapping(data, "报告")
    if "error" in members:
        raise _bad("这个文件是一份读取失败的说明（error），不是报告")
    if members.get("schema") != SCHEMA:
        raise _bad(f"schema 应为 {SCHEMA}，实为 {members.get('schema')!r}")
    form = _form(members)
    return Report(
        agency=_optional(members, "agency", _text),
        year=_optional(members, "year", _year),
        format=form,
        cells=_cells(members, form),
        sections=_texts(members, "sections"),
        title=_optional(members, "title", _text),
        headings=tuple(_heading(item) for item in _items(members, "headings")),
        labels=_texts(members, "labels"),
        signed_by=_optional(members, "signed_by", _text),
        signed_on=_optional(members, "signed_on", _day),
        published_on=_optional(members, "published_on", _day),
        doubts=tuple(_doubt(item) for item in _items(members, "doubts")),
        source=_optional(members, "source", _source),
        traits=frozenset(_text(item, "traits") for item in _items(members, "traits")),
    )


def is_json(data: bytes) -> bool:
    """Whether a file is meant as JSON: one object, several on lines of their own, or a list of objects."""
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] == b"{" or (head[:1] == b"[" and head[1:].lstrip()[:1] == b"{")


def loads(data: bytes) -> list[Report]:
    """The reports in a JSON file: one document, a list of them, or one to a line.

    Raises: UnreadableReportError `bad-json`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad("文件不是 UTF-8 编码") from None
    document = _parsed(text)
    if document is None:
        documents = [_parsed(line) for line in text.splitlines() if line.strip()]
        if len(documents) < 2 or None in documents:
            raise _bad("不是有效的 JSON")
    else:
        documents = document if isinstance(document, list) else [document]
    if not documents:
        raise _bad("文件中没有报告")
    return [from_json(one) for one in documents]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _tables(report: Report) -> dict[str, dict[str, dict[str, int | str | None]]]:
    tables: dict[str, dict[str, dict[str, int | str | None]]] = {name: {} for name in TABLES}
    for path, column in report.format.cells.items():
        table, _, rest = path.partition(".")
        row, _, key = rest.rpartition(".")
        tables[table].setdefault(row, {})[key] = _number_to_json(report.value(path), column)
    return tables


def _number_to_json(value: Number | None, column: Column) -> int | str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if column.kind == "money" else value


def _cell_to_json(cell: Cell) -> dict[str, Any]:
    data: dict[str, Any] = {"state": cell.state.value}
    if cell.place is not None:
        data["place"] = cell.place.to_json()
    if cell.raw:
        data["raw"] = cell.raw
    if cell.identities:
        data["identities"] = list(cell.identities)
    return data


def _heading_to_json(heading: Heading) -> dict[str, Any]:
    place = heading.place.to_json() if heading.place else {}
    return {"key": heading.key, "text": heading.text, "place": place}


def _form(members: Mapping[str, Any]) -> Format:
    form = members.get("format")
    if form not in formats.IDS:
        raise _bad(f"format 应为 {' 或 '.join(formats.IDS)}，实为 {form!r}")
    rows = members.get("applications") or {}
    if not isinstance(rows, Mapping) or not any(str(row).startswith(_UNSPLIT_ROW) for row in rows):
        return formats.load(form)
    return formats.load(form, unsplit=_UNSPLIT_ROW in rows)


def _cells(members: Mapping[str, Any], form: Format) -> dict[str, Cell]:
    described = _mapping(members.get("cells") or {}, "cells")
    tables = {name: _mapping(members.get(name) or {}, name) for name in TABLES}
    _refuse_unknown(tables, described, form)
    return {path: _cell(path, column, tables, described.get(path)) for path, column in form.cells.items()}


def _cell(path: str, column: Column, tables: Mapping[str, Mapping[str, Any]], described: Any) -> Cell:
    table, _, rest = path.partition(".")
    row, _, key = rest.rpartition(".")
    stated = _mapping(tables[table].get(row) or {}, f"{table}.{row}").get(key)
    value = None if stated is None else _number(stated, path, column)
    if described is None:
        return Cell(value, CellState.BLANK if value is None else CellState.STATED)
    about = _mapping(described, f"cells.{path}")
    try:
        state = CellState(str(about.get("state")))
    except ValueError:
        raise _bad(f"cells.{path}.state 不是已知的状态：{about.get('state')!r}") from None
    identities = tuple(_text(name, f"cells.{path}.identities") for name in _items(about, "identities"))
    return Cell(value, state, _text(about.get("raw", ""), f"cells.{path}.raw"), _place(about), identities)


def _refuse_unknown(tables: Mapping[str, Mapping[str, Any]], described: Mapping[str, Any], form: Format) -> None:
    """A misspelt key would otherwise lose its number without a word."""
    written = {
        f"{name}.{row}.{key}"
        for name, rows in tables.items()
        for row, cells in rows.items()
        for key in _mapping(cells or {}, f"{name}.{row}")
    }
    unknown = sorted((written | set(described)) - form.cells.keys())
    if unknown:
        raise _bad(f"表格中没有这一项：{unknown[0]}")


def _number(value: Any, path: str, column: Column) -> Number:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value) if column.kind == "money" else value
    try:
        number = Decimal(str(value)) if isinstance(value, str | float) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS or not _is_short(number):
        raise _bad(f"{path} 应为数字，实为 {value!r}")
    return int(number) if column.kind != "money" and number == number.to_integral_value() else number


def _is_short(number: Decimal) -> bool:
    """Whether a number has no more digits behind its point than anything that is printed."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_MOST_DIGITS


def _doubt(item: Any) -> Doubt:
    about = _mapping(item, "doubts")
    return Doubt(
        _text(about.get("code"), "doubts.code"),
        _text(about.get("message"), "doubts.message"),
        _place(about),
        tuple(_text(path, "doubts.cells") for path in _items(about, "cells")),
        tuple(_text(one, "doubts.candidates") for one in _items(about, "candidates")),
    )


def _heading(item: Any) -> Heading:
    about = _mapping(item, "headings")
    return Heading(_text(about.get("key"), "headings.key"), _text(about.get("text"), "headings.text"), _place(about))


def _place(about: Mapping[str, Any]) -> Place | None:
    place = _mapping(about.get("place") or {}, "place")
    try:
        return Place.from_json(place) if place else None
    except TypeError:
        raise _bad(f"place 不是有效的位置：{place!r}") from None


def _source(value: Any, name: str) -> Source:
    about = _mapping(value, name)
    return Source(*(_text(about.get(key, ""), f"{name}.{key}") for key in ("name", "media_type", "sha256")))


def _optional(members: Mapping[str, Any], name: str, read: Callable[[Any, str], T]) -> T | None:
    value = members.get(name)
    return None if value is None else read(value, name)


def _texts(members: Mapping[str, Any], name: str) -> dict[str, str]:
    return {str(key): _text(text, f"{name}.{key}") for key, text in _mapping(members.get(name) or {}, name).items()}


def _items(members: Mapping[str, Any], name: str) -> list[Any]:
    value = members.get(name) or []
    if not isinstance(value, list):
        raise _bad(f"{name} 应为列表")
    return value


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _bad(f"{name} 应为对象")
    return value


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise _bad(f"{name} 应为文字，实为 {value!r}")
    return value


def _year(value: Any, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _bad(f"{name} 应为年份，实为 {value!r}")
    return value


def _day(value: Any, name: str) -> date:
    try:
        return date.fromisoformat(_text(value, name))
    except ValueError:
        raise _bad(f"{name} 应为日期（如 2025-01-20），实为 {value!r}") from None


def _bad(what: str) -> UnreadableReportError:
    return UnreadableReportError(
        "bad-json",
        f"JSON 文件不是一份可用的年度报告：{what}。",
        "请使用 gongkai read 输出的 JSON，或改正所指出的成员后再试。",
    )
