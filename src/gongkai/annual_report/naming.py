"""Chinese names for the places of a report, and their order on the printed form.

A place is a cell path (`applications.received.total`), a pattern of cell paths (`applications.*.natural_person`,
`remedies.reconsideration.*`), a row or group (`applications.received`, `applications.refused`), a narrative place
(`sections.overview`, `headings.problems`) or a member of the report (`title`, `signed_on`, `published_on`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Column, Format

TABLES = {"proactive": "表二", "applications": "表三", "remedies": "表四"}
MEMBERS = {"title": "标题", "signed_by": "落款单位", "signed_on": "落款日期", "published_on": "发布日期"}
PREAMBLE = "正文开头"
SEPARATOR = " · "

_ORDER = (
    "title",
    "sections.preamble",
    "sections.overview",
    "sections.proactive",
    "proactive",
    "sections.applications",
    "applications",
    "sections.remedies",
    "remedies",
    "sections.problems",
    "sections.other_matters",
    "signed_by",
    "signed_on",
    "published_on",
)
_AREAS = {area: rank for rank, area in enumerate(_ORDER)}
_NOTE = re.compile(r"（(?:单位|区分处理).*）$")


def place_label(place: str, form: Format) -> str:
    """The place in words of the form; a place that the form does not know is returned as it stands.

    >>> form = formats.load("2021")
    >>> place_label("applications.*.natural_person", form)
    '表三 · 自然人列'
    >>> place_label("applications.refused.state_secret.total", form)
    '表三 · 三（三）不予公开 1.属于国家秘密 · 总计'
    """
    table = place.partition(".")[0]
    if table in TABLES:
        return _cell_label(place, names(form))
    return MEMBERS.get(place) or _section_label(place, form) or place


def place_rank(place: str, form: Format) -> tuple[int, int, int]:
    """Sorts places as they stand on the form: area, row, column; a pattern comes before the cells it covers."""
    table = place.partition(".")[0]
    if table not in TABLES:
        area = re.sub(r"^headings\.", "sections.", place)
        return _AREAS.get(area, len(_AREAS)), 0, 0
    known = names(form)
    row, column = known.split(place)
    return _AREAS[table], _position(f"{table}.{row}", known.rows), _position(f"{table}.{column}", known.columns)


@dataclass(frozen=True, slots=True)
class Names:
    """Short names of one form's rows and columns, by `table.key`, in printing order."""

    rows: dict[str, str]
    columns: dict[str, str]

    def split(self, place: str) -> tuple[str, str]:
        """Row key and column key of a place in a table; `*` stands for all of them."""
        table, _, rest = place.partition(".")
        if not rest or rest == "*":
            return "*", "*"
        if place in self.rows:
            return rest, "*"
        row, _, column = rest.rpartition(".")
        return (row, column) if row == "*" or f"{table}.{row}" in self.rows else (rest, "*")


def names(form: Format) -> Names:
    """The names of `form`'s rows and columns, built once for each form."""
    return _names(form.id, unsplit=form.unsplit)


@cache
def _names(form_id: str, *, unsplit: bool) -> Names:
    form = formats.load(form_id, unsplit=unsplit)
    rows = {f"proactive.{row.key}": row.label for block in form.blocks for row in block.rows}
    columns = {f"proactive.{c.key}": _short(c.label) for block in form.blocks for c in block.columns}
    rows |= _application_rows(form)
    columns |= _labels("applications", form.columns)
    rows |= {f"remedies.{g.key}": f"{g.parent}（{g.label}）" if g.parent else g.label for g in form.remedy_groups}
    columns |= _labels("remedies", form.remedy_columns)
    return Names(rows, columns)


def _labels(table: str, columns: tuple[Column, ...]) -> dict[str, str]:
    return {f"{table}.{column.key}": column.label for column in columns}


def _application_rows(form: Format) -> dict[str, str]:
    """Rows under 三、本年度办理结果 carry its ordinal: 三（一）予以公开; a group stands before its rows."""
    results = {*form.leaf_rows, "total"}
    labelled = {}
    for row in form.rows:
        label = _short(row.label)
        if row.group:
            labelled[f"applications.{row.key.partition('.')[0]}"] = f"三{row.group}"
            label = f"{row.group} {label}"
        labelled[f"applications.{row.key}"] = f"三{label}" if row.key in results else label
    return labelled


def _short(label: str) -> str:
    return _NOTE.sub("", label)


def _cell_label(place: str, known: Names) -> str:
    table = place.partition(".")[0]
    row, column = known.split(place)
    parts = [TABLES[table]]
    if row != "*":
        if f"{table}.{row}" not in known.rows:
            return place
        parts.append(known.rows[f"{table}.{row}"])
    if column != "*":
        label = known.columns.get(f"{table}.{column}", column)
        parts.append(f"{label}列" if row == "*" else label)
    return SEPARATOR.join(parts)


def _section_label(place: str, form: Format) -> str | None:
    kind, _, key = place.partition(".")
    if kind not in ("sections", "headings"):
        return None
    if key == "preamble":
        return PREAMBLE
    return next((section.full_heading for section in form.sections if section.key == key), None)


def _position(key: str, known: dict[str, str]) -> int:
    return next((rank for rank, name in enumerate(known) if name == key), -1)
