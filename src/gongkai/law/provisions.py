"""The register of what the law says: every value with the day it took force, its citation and when it was last checked.

A value is never overwritten: a change is a further value with a later `from`, so that an old case keeps its law.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.errors import NotInForceError

# File in `data/` → prefix of the names of its values.
REGISTERS = {
    "deadlines": "deadline",
    "fees": "fee",
    "outcomes": "outcome",
    "exemptions": "exemption",
    "obligations": "obligation",
    "remedies": "remedy",
    "letters": "letter",
}
_FILES = {prefix: name for name, prefix in REGISTERS.items()}
_FIXED = {"from", "value", "unit", "note", "unverified", "cite", "checked_on"}


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the law. `read` says how much of it was seen when values were entered: full, part or none."""

    key: str
    title: str
    short: str
    number: str
    in_force_from: date | None
    read: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source, in Chinese numerals: 第三十三条第二款; `item` is the bracketed number (四)."""

    source: Source
    article: str = ""
    paragraph: int | None = None
    item: str = ""

    @property
    def place(self) -> str:
        """第三十三条第二款第（四）项, or nothing where the whole text is meant."""
        parts = [f"第{self.article}条"] if self.article else []
        parts += [f"第{'零一二三四五六七八九'[self.paragraph]}款"] if self.paragraph else []
        parts += [f"第（{self.item}）项"] if self.item else []
        return "".join(parts)

    @property
    def short(self) -> str:
        """条例第三十三条第二款."""
        return f"{self.source.short}{self.place}"

    @property
    def text(self) -> str:
        """《中华人民共和国政府信息公开条例》（国务院令第711号）第三十三条第二款."""
        number = f"（{self.source.number}）" if self.source.number else ""
        return f"《{self.source.title}》{number}{self.place}"


@dataclass(frozen=True, slots=True)
class Provision:
    """One value in force from `since` until the day before `until` (None: still in force).

    `terms` holds what only some kinds of values have, e.g. `start`, `on_silence`, `bands`. `checked_on` is None for a
    value that nobody has compared with its text; `unverified` names the part of a checked value that is not confirmed.
    """

    name: str
    label: str
    since: date
    until: date | None
    value: int | str
    unit: str
    cites: tuple[Citation, ...]
    checked_on: date | None
    note: str
    unverified: str
    terms: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The name without its register: `answer` for `deadline.answer`."""
        return self.name.split(".", 1)[1]

    @property
    def days(self) -> int:
        """The value as a number. Raises: TypeError where it is a text."""
        if not isinstance(self.value, int):
            raise TypeError(self.name)
        return self.value

    @property
    def citation(self) -> str:
        """Every place that says so, in short."""
        return "；".join(cite.short for cite in self.cites)

    @property
    def confirmed(self) -> bool:
        return self.checked_on is not None and not self.unverified

    def holds(self, on: date) -> bool:
        """Whether the value was in force on that day."""
        return self.since <= on and (self.until is None or on < self.until)


def in_force(name: str, *, on: date) -> Provision:
    """What was in force under that name on that day.

    >>> in_force("deadline.answer", on=date(2018, 6, 1)).value, in_force("deadline.answer", on=date(2025, 6, 1)).value
    (15, 20)
    >>> in_force("deadline.coauthor", on=date(2025, 6, 1)).citation
    '条例第三十四条'

    Raises: NotInForceError for a name that is unknown or a day before the first value.
    """
    for provision in versions(name):
        if provision.holds(on):
            return provision
    first = versions(name)[0]
    raise NotInForceError(
        "not-in-force",
        f"{on.isoformat()} 时，“{first.label}”尚无规定（{first.since.isoformat()} 起施行，{first.citation}）。",
        "请检查日期。",
    )


def versions(name: str) -> tuple[Provision, ...]:
    """Every value that name has had, oldest first. Raises: NotInForceError for an unknown name."""
    try:
        return _register(name.split(".", 1)[0])[name]
    except KeyError:
        raise NotInForceError(
            "unknown-provision", f"没有名为“{name}”的规定。", "可用的名称见法律数据参考页。"
        ) from None


def provisions(register: str | None = None) -> tuple[Provision, ...]:
    """Every value of a register (`deadline`, `fee` …), or of all, in the order of the files."""
    wanted = [prefix for prefix in _FILES if register in (None, prefix)]
    return tuple(one for prefix in wanted for many in _register(prefix).values() for one in many)


@cache
def sources() -> dict[str, Source]:
    """The texts on record, by key."""
    return {
        data["key"]: Source(
            data["key"],
            data["title"],
            data["short"],
            data.get("number", ""),
            data.get("in_force_from"),
            data["read"],
            data.get("note", ""),
        )
        for data in _read("sources")["sources"]
    }


def cited(data: Mapping[str, Any]) -> Citation:
    """The citation that a TOML table describes. Raises: KeyError where its source is not on record."""
    return Citation(
        sources()[data["source"]], data.get("article", ""), data.get("paragraph"), str(data.get("item", ""))
    )


@cache
def _register(prefix: str) -> dict[str, tuple[Provision, ...]]:
    """The values of one file, which is read when the first of them is asked for. Raises: KeyError."""
    entries = _read(_FILES[prefix])["entries"]
    return {f"{prefix}.{entry['key']}": _history(f"{prefix}.{entry['key']}", entry) for entry in entries}


def _history(name: str, entry: Mapping[str, Any]) -> tuple[Provision, ...]:
    values = sorted(entry["values"], key=lambda value: value["from"])
    ends = [value["from"] for value in values[1:]] + [None]
    return tuple(_provision(name, entry["label"], value, end) for value, end in zip(values, ends, strict=True))


def _provision(name: str, label: str, value: Mapping[str, Any], until: date | None) -> Provision:
    return Provision(
        name,
        label,
        value["from"],
        until,
        value["value"],
        value["unit"],
        tuple(cited(cite) for cite in value["cite"]),
        value.get("checked_on"),
        value.get("note", ""),
        value.get("unverified", ""),
        {key: term for key, term in value.items() if key not in _FIXED},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / f"{name}.toml").read_text("utf-8"))
