"""The registry: a source is a key, a Chinese name, a unit and a function of agency and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
"""`records(offset, limit)`: the records in a fixed order, so that a page of half a million costs what one of ten does."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one agency and year. `value` is `None` while nothing is recorded; `count` is the number of records.

    `records` opens them; it is `None` where a figure has none (entered by hand, or a sum that was reported as one).
    """

    value: Number | None
    count: int = 0
    records: Records | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of figure. `pillar` names the sub-block of section 一 it belongs to; `by_hand` asks for evidence."""

    key: str
    name: str
    unit: str
    compute: Callable[[Agency, int], Figure]
    pillar: str = ""
    by_hand: bool = False


_SOURCES: dict[str, Source] = {}


def register(one: Source) -> Source:
    """Make a source known under its key; the same key again replaces it."""
    _SOURCES[one.key] = one
    return one


def source(key: str) -> Source | None:
    """The source with this key."""
    return _SOURCES.get(key)


def sources() -> list[Source]:
    """Every source in the order of registration."""
    return list(_SOURCES.values())
