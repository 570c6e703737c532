"""The statutory forms as data: rows, columns, labels, aliases, units and cross-foot identities.

Reading, checking, writing, the web form and the database query all walk the same `Format` object; a new form is one
TOML file beside this module.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["count", "change", "money"]

IDS = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six headed parts, e.g. 一、总体情况."""

    key: str
    ordinal: str
    heading: str
    parts: tuple[str, ...] = ()

    @property
    def full_heading(self) -> str:
        return f"{self.ordinal}、{self.heading}"


@dataclass(frozen=True, slots=True)
class Column:
    """A value column: its key in the JSON, its statutory label, and what its numbers are."""

    key: str
    label: str
    kind: Kind = "count"
    unit: str = "件"
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of 表二 or 表三. `group` is the label of the spanning cell to its left, e.g. （三）不予公开."""

    key: str
    label: str
    group: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """The part of 表二 that belongs to one item of Art 20, with value columns of its own."""

    article: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RemedyGroup:
    """A group of five columns in 表四; `parent` is the header above it, if any."""

    key: str
    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """One cross-foot equation over cell paths: sum of `left` = sum of `right`.

    `id` names the kind (`row-sum`, `outcome-sum`, `balance`, `remedy-sum`), `scope` the row, column or group it is
    instantiated for.
    """

    id: str
    scope: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    rule: str
    cite: str

    @property
    def name(self) -> str:
        """Identifies the equation in `cells[…].identities`, e.g. `row-sum:received`."""
        return f"{self.id}:{self.scope}"


@dataclass(frozen=True)
class Format:
    """A statutory form, in one of its two variants: （六）其他处理 split into three rows, or one row (`unsplit`).

    Cell paths are `table.row.column`, e.g. `proactive.permits.decisions`,
    `applications.refused.state_secret.natural_person`, `remedies.reconsideration.upheld`.
    """

    id: str
    title: str
    source: str
    from_year: int
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    corner: str
    header: str
    legal_persons: str
    results: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remedy_columns: tuple[Column, ...]
    remedy_groups: tuple[RemedyGroup, ...]
    unsplit: bool
    _identities: tuple[dict[str, Any], ...] = field(repr=False, default=())

    @cached_property
    def leaf_rows(self) -> tuple[str, ...]:
        """Keys of the outcome rows that （七）总计 adds up: 21, or 19 where （六） is one row."""
        keys = [row.key for row in self.rows]
        return tuple(keys[keys.index("granted") : keys.index("total")])

    @cached_property
    def cells(self) -> dict[str, Column]:
        """Every cell of the form in printing order: path → the column that says what its number is."""
        cells = {
            f"proactive.{row.key}.{column.key}": column
            for block in self.blocks
            for row in block.rows
            for column in block.columns
        }
        for row in self.rows:
            cells |= {f"applications.{row.key}.{column.key}": column for column in self.columns}
        for group in self.remedy_groups:
            cells |= {f"remedies.{group.key}.{column.key}": column for column in self.remedy_columns}
        return cells

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Every cross-foot equation of the form, instantiated over its rows, columns and groups."""
        return tuple(one for spec in self._identities for one in self._instances(spec))

    def _instances(self, spec: dict[str, Any]) -> list[Identity]:
        table, dimension = spec["for"].split(".")
        if dimension == "columns":
            scopes = [column.key for column in self.columns]
        elif dimension == "rows":
            scopes = [row.key for row in self.rows]
        else:
            scopes = [group.key for group in self.remedy_groups]

        def paths(keys: list[str], scope: str) -> tuple[str, ...]:
            names = [leaf for key in keys for leaf in (self.leaf_rows if key == "outcomes" else (key,))]
            if dimension == "columns":
                return tuple(f"{table}.{name}.{scope}" for name in names)
            return tuple(f"{table}.{scope}.{name}" for name in names)

        return [
            Identity(
                spec["id"], scope, paths(spec["left"], scope), paths(spec["right"], scope), spec["rule"], spec["cite"]
            )
            for scope in scopes
        ]


@cache
def load(format_id: str, *, unsplit: bool | None = None) -> Format:
    """The form `2019` or `2021`; `unsplit` picks the variant of （六）其他处理 (default: as the notice prints it).

    >>> load("2021").rows[0].label
    '一、本年新收政府信息公开申请数量'
    >>> len(load("2021").leaf_rows), len(load("2019").leaf_rows)
    (21, 19)
    """
    data = tomllib.loads((files(__package__) / f"{format_id}.toml").read_text("utf-8"))
    applications, remedies = data["applications"], data["remedies"]
    as_one_row: bool = applications["unsplit"] if unsplit is None else unsplit
    return Format(
        id=data["id"],
        title=data["title"],
        source=data["source"],
        from_year=data["from_year"],
        sections=tuple(
            Section(s["key"], s["ordinal"], s["heading"], tuple(s.get("parts", ()))) for s in data["sections"]
        ),
        blocks=tuple(
            Block(b["article"], tuple(map(_column, b["columns"])), tuple(map(_row, b["rows"])))
            for b in data["proactive"]
        ),
        corner=applications["corner"],
        header=applications["header"],
        legal_persons=applications["legal_persons"],
        results=applications["results"],
        columns=tuple(map(_column, applications["columns"])),
        rows=_variant(tuple(map(_row, applications["rows"])), _row(applications["unsplit_row"]), unsplit=as_one_row),
        remedy_columns=tuple(map(_column, remedies["columns"])),
        remedy_groups=tuple(RemedyGroup(g["key"], g["label"], g.get("parent", "")) for g in remedies["groups"]),
        unsplit=as_one_row,
        _identities=tuple(data["identities"]),
    )


def for_year(year: int) -> Format:
    """The form a report for `year` has to use; reports for years before 2019 used forms that are not read here.

    Raises: ValueError for a year before 2019.
    """
    for format_id in reversed(IDS):
        if load(format_id).from_year <= year:
            return load(format_id)
    raise ValueError(f"no statutory form of this kind for {year}")


def _column(data: dict[str, Any]) -> Column:
    return Column(
        data["key"], data["label"], data.get("kind", "count"), data.get("unit", "件"), tuple(data.get("aliases", ()))
    )


def _row(data: dict[str, Any]) -> Row:
    return Row(data["key"], data["label"], data.get("group", ""), tuple(data.get("aliases", ())))


def _variant(rows: tuple[Row, ...], single: Row, *, unsplit: bool) -> tuple[Row, ...]:
    if not unsplit:
        return rows
    parts = [row for row in rows if row.key.startswith(f"{single.key}.")]
    first = rows.index(parts[0])
    return (*rows[:first], single, *rows[first + len(parts) :])
