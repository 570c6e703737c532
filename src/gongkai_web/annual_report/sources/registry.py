"""The registry of figures.

A `Source` is a key, a Chinese name, a unit and a function of agency and year. A `Family` gives as many figures as there
are things to count (one for each column). A `TableSource` fills cells of the statutory tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gongkai.annual_report.model import Number
from gongkai_web.accounts.models import Agency


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record behind a figure: what it is called, and where it can be opened (empty when it has no page)."""

    label: str
    url: str = ""
    remark: str = ""


Records = Callable[[int, int], Iterable[RecordLine]]
"""`records(offset, limit)`: the records in a fixed order; a page of half a million costs what one of ten does."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one agency and year. `value` is `None` while nothing is recorded; `count` is the number of records.

    `records` opens them; it is `None` where a figure has none (entered by hand, or a sum that was reported as one).
    """

    value: Number | None
    count: int = 0
    records: Records | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of figure. `pillar` names the sub-block of section 一 it belongs to; `by_hand` asks for evidence."""

    key: str
    name: str
    unit: str
    compute: Callable[[Agency, int], Figure]
    pillar: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One figure of a family."""

    key: str
    name: str
    unit: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Family:
    """Figures that are alike, e.g. the items of each column. Keys of members begin with `key` and a point."""

    key: str
    name: str
    compute: Callable[[Agency, int], list[Member]]
    pillar: str = ""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Fills tables of the form: `compute` maps cell paths to figures; a path that it does not name is not its own.

    `None` instead of a mapping says that the installation does not keep these records at all.
    """

    key: str
    name: str
    tables: tuple[str, ...]
    compute: Callable[[Agency, int], Mapping[str, Figure] | None]


_SOURCES: dict[str, Source] = {}
_FAMILIES: dict[str, Family] = {}
_TABLES: dict[str, TableSource] = {}


def register(one: Source) -> Source:
    """Make a source known under its key; the same key again replaces it (an app takes over what was by hand)."""
    _SOURCES[one.key] = one
    return one


def register_family(one: Family) -> Family:
    """Make a family known under its key."""
    _FAMILIES[one.key] = one
    return one


def register_table(one: TableSource) -> TableSource:
    """Make a source of table cells known under its key."""
    _TABLES[one.key] = one
    return one


def source(key: str) -> Source | None:
    """The source with this key."""
    return _SOURCES.get(key)


def sources() -> list[Source]:
    """Every source in the order of registration."""
    return list(_SOURCES.values())


def families() -> list[Family]:
    """Every family in the order of registration."""
    return list(_FAMILIES.values())


def table_sources() -> list[TableSource]:
    """Every source of table cells in the order of registration."""
    return list(_TABLES.values())
