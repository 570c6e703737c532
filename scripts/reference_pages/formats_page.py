"""docs/reference/formats.md: the statutory forms, cell by cell."""

from __future__ import annotations

from gongkai.annual_report import formats
from gongkai.annual_report.formats import Format
from reference_pages import tables


def page() -> str:
    """Sections, rows, columns, aliases, units and equations of every form."""
    intro = (
        "A cell is named `table.row.column`. Where （六）其他处理 is printed as one row its key is `other_outcome`, "
        "otherwise the three rows below it count."
    )
    return tables.page("Forms", intro, *(_form(formats.load(format_id)) for format_id in formats.IDS))


def _form(form: Format) -> str:
    return "\n\n".join(
        (
            f"## {form.id} — {form.source}",
            f"For report years from {form.from_year} on.",
            "### Sections",
            tables.table(["key", "heading"], ((s.key, s.full_heading) for s in form.sections)),
            "### 表二 `proactive`",
            tables.table(["cell", "item", "row", "column", "unit"], _proactive(form)),
            "### 表三 `applications` — rows",
            tables.table(
                ["key", "label", "under", "read as well"],
                ((r.key, r.label, r.group or "—", "；".join(r.aliases) or "—") for r in form.rows),
            ),
            "### 表三 `applications` — columns",
            tables.table(["key", "label"], ((c.key, c.label) for c in form.columns)),
            "### 表四 `remedies`",
            tables.table(["group", "label"], ((g.key, g.label) for g in form.remedy_groups)),
            tables.table(["column", "label"], ((c.key, c.label) for c in form.remedy_columns)),
            "### Equations",
            tables.table(["name", "rule", "source"], sorted({(i.id, i.rule, i.cite) for i in form.identities})),
        )
    )


def _proactive(form: Format) -> list[tuple[str, str, str, str, str]]:
    return [
        (f"proactive.{row.key}.{column.key}", block.article, row.label, column.label, column.unit)
        for block in form.blocks
        for row in block.rows
        for column in block.columns
    ]
