"""docs/reference/law.md: every value of the law that the software uses, with its citation."""

from __future__ import annotations

from gongkai.law import Provision, provisions, sources
from gongkai.law.notices import national
from gongkai.law.provisions import REGISTERS
from reference_pages import tables


def page() -> str:
    """The registers, the holiday notices and the sources."""
    intro = (
        "Values are append-only: a later one replaces an earlier one from its day on, and an old case keeps its law. "
        "*checked* is the day on which somebody last compared the value with its text; a dash means that nobody has: "
        "`make law-audit` lists those."
    )
    registers = [f"## {prefix}\n\n{_register(prefix)}" for prefix in REGISTERS.values()]
    return tables.page("Law", intro, *registers, f"## Holiday notices\n\n{_notices()}", f"## Sources\n\n{_sources()}")


def _register(prefix: str) -> str:
    return tables.table(
        ["name", "label", "from", "value", "citation", "checked"],
        ((p.name, p.label, p.since, _value(p), p.citation, p.checked_on or "—") for p in provisions(prefix)),
    )


def _value(provision: Provision) -> str:
    unit = "" if provision.unit in ("text", "") else f" {provision.unit}"
    return f"{provision.value}{unit}"


def _notices() -> str:
    return tables.table(["number", "title", "published"], ((n.number, n.title, n.published) for n in national()))


def _sources() -> str:
    return tables.table(
        ["key", "title", "number", "in force from", "read"],
        ((s.key, s.title, s.number or "—", s.in_force_from or "—", s.read) for s in sources().values()),
    )
