"""The one catalogue of codes: what each finding is called, says, advises and cites.

Rows are data, one module per group; the rules that use them live in the sibling modules of `checks`. A code never
changes its meaning, because signed explanations are kept under its fingerprint.
"""

from __future__ import annotations

from gongkai.annual_report.checks.catalogue import form, narrative, tables, timing, years
from gongkai.annual_report.checks.catalogue.entry import Entry

GROUPS: dict[str, tuple[Entry, ...]] = {
    "表内勾稽与填报": tables.ENTRIES,
    "年度之间": years.ENTRIES,
    "格式": form.ENTRIES,
    "时限": timing.ENTRIES,
    "文表一致": narrative.ENTRIES,
}
ENTRIES: dict[str, Entry] = {entry.code: entry for group in GROUPS.values() for entry in group}


def entry(code: str) -> Entry:
    """The catalogue row of `code`.

    Raises: KeyError for a code that is not in the catalogue.

    >>> entry("CF-BALANCE").title
    '表三收支不平'
    """
    return ENTRIES[code]
