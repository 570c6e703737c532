"""What the State Council's yearly holiday notices say, and what a region adds: dated facts, read from `data/calendar`.

Source: 《全国年节及纪念日放假办法》, Art 2, 4 and 6; the yearly notices 国办发明电, one file for each year.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.errors import UnknownRegionError

FIRST_YEAR = 2008
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One stretch of days off, both ends included, and the weekend days on which people work instead."""

    name: str
    first: date
    last: date
    work: tuple[date, ...] = ()

    @property
    def off(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Notice:
    """A holiday notice. `checked_on` is None where its text was not compared with the official copy."""

    year: int
    title: str
    number: str
    issued: date | None
    published: date | None
    url: str
    checked_on: date | None
    arrangements: tuple[Arrangement, ...]

    @property
    def citation(self) -> str:
        """Title and document number, e.g. 《…通知》（国办发明电〔2023〕7号）."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"

    @property
    def short(self) -> str:
        """The document number, or the title where no number is known."""
        return self.number or f"《{self.title}》"

    def known(self, on: date | None) -> bool:
        """Whether the notice had been published by that day; `None` means today's knowledge."""
        return on is None or (self.published or date(self.year, 1, 1)) <= on


@dataclass(frozen=True, slots=True)
class Region:
    """A region with holidays of its own (Art 4); `days` names them, `notices` holds the years that are recorded."""

    key: str
    name: str
    days: tuple[str, ...]
    notices: tuple[Notice, ...]


@cache
def national() -> tuple[Notice, ...]:
    """Every national notice on record, by year and publication.

    >>> national()[-1].number, len({notice.year for notice in national()})
    ('国办发明电〔2025〕7号', 19)
    """
    folder = files("gongkai.law") / "data" / "calendar"
    years = sorted(int(f.name[:4]) for f in folder.iterdir() if f.name[:4].isdecimal())
    return tuple(_notice(year, data) for year in years for data in _read(f"{year}.toml")["notices"])


@cache
def regions() -> dict[str, Region]:
    """The regions on record, by key."""
    return {data["key"]: _region(data) for data in _read("regions.toml")["regions"]}


def region_named(name: str) -> Region:
    """The region, by key (宁夏) or full name. Raises: UnknownRegionError."""
    for region in regions().values():
        if name in (region.key, region.name):
            return region
    known = "、".join(regions())
    raise UnknownRegionError("unknown-region", f"没有登记“{name}”的地方节日。", f"可用的地区：{known}。")


def in_effect(notices: tuple[Notice, ...], *, known_on: date | None) -> Iterator[tuple[Notice, Arrangement]]:
    """The arrangements that hold: a later notice replaces an earlier one's on the same holiday of the same year."""
    known = [notice for notice in notices if notice.known(known_on)]
    for place, notice in enumerate(known):
        replaced = {a.name for later in known[place + 1 :] if later.year == notice.year for a in later.arrangements}
        yield from ((notice, a) for a in notice.arrangements if a.name not in replaced)


def assumed(year: int) -> tuple[Arrangement, ...]:
    """The days off to be expected in a year without a notice: the statutory days, weekends made up for.

    Years before 2008 and the moving holidays of years beyond the table are not assumed: nothing is better than a guess.
    Source: 《全国年节及纪念日放假办法》 Art 2, 6.
    """
    data = _read("statutory.toml")
    version = next((v for v in reversed(data["versions"]) if v["from"].year <= year), None)
    if version is None:
        return ()
    lunar = data["lunar"].get(str(year), {})
    stretches = [stretch for spec in version["days"] if (stretch := _stretch(year, spec, lunar))]
    return (*stretches, *_made_up(stretches))


def _stretch(year: int, spec: dict[str, Any], lunar: dict[str, date]) -> Arrangement | None:
    start = lunar.get(spec["lunar"]) if "lunar" in spec else date(year, spec["month"], spec["day"])
    if start is None:
        return None
    first = start + timedelta(days=spec.get("offset", 0))
    return Arrangement(spec["name"], first, first + timedelta(days=spec.get("length", 1) - 1))


def _made_up(stretches: list[Arrangement]) -> Iterator[Arrangement]:
    taken = {day for stretch in stretches for day in stretch.off}
    for stretch in stretches:
        for _ in range(sum(day.weekday() >= _SATURDAY for day in stretch.off)):
            day = stretch.last
            while day in taken or day.weekday() >= _SATURDAY:
                day += timedelta(days=1)
            taken.add(day)
            yield Arrangement(stretch.name, day, day)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "calendar" / name).read_text("utf-8"))


def _notice(year: int, data: dict[str, Any]) -> Notice:
    return Notice(
        year,
        data["title"],
        data.get("number", ""),
        data.get("issued"),
        data.get("published"),
        data.get("url", ""),
        data.get("checked_on"),
        tuple(_arrangement(a) for a in data["holidays"]),
    )


def _arrangement(data: dict[str, Any]) -> Arrangement:
    first, last = data["off"]
    return Arrangement(data["name"], first, last, tuple(data.get("work", ())))


def _region(data: dict[str, Any]) -> Region:
    years = tuple(_notice(y["year"], {"title": y.get("notice", f"{data['name']}放假安排"), **y}) for y in data["years"])
    return Region(data["key"], data["name"], tuple(data["days"]), years)
