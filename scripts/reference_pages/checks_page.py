"""docs/reference/checks.md: the catalogue of findings."""

from __future__ import annotations

from gongkai.annual_report.checks.catalogue import GROUPS
from gongkai.annual_report.checks.catalogue.entry import Entry
from reference_pages import tables


def page() -> str:
    """Every code: what it is called, when it speaks and when it stays silent, what it cites."""
    intro = (
        "`gongkai check` reports these codes. Codes never change their meaning: a signed explanation is kept under the "
        "fingerprint of its finding. The severity is the usual one; a rule lowers it where a fair reading is left. "
        "Words in braces are filled in."
    )
    return tables.page("Checks", intro, *(_group(title, entries) for title, entries in GROUPS.items()))


def _group(title: str, entries: tuple[Entry, ...]) -> str:
    overview = tables.table(
        ["code", "severity", "title", "rule"], ((e.code, e.severity.value, e.title, e.rule) for e in entries)
    )
    return "\n\n".join((f"## {title}", overview, *(_entry(e) for e in entries)))


def _entry(entry: Entry) -> str:
    facts = [("message", entry.message), ("hint", entry.hint), ("citation", entry.citation)]
    return f"### {entry.code}\n\n{entry.explanation}\n\n{tables.table(['', ''], facts)}"
