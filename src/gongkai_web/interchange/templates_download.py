"""The tables to fill in: one sheet with the header and an example, one that explains each column."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Protocol

from gongkai_web.accounts.models import Agency
from gongkai_web.interchange.item_fields import ITEM_FIELDS
from gongkai_web.interchange.models import JobKind
from gongkai_web.interchange.register_import import REGISTER_FIELDS
from gongkai_web.interchange.spreadsheets import Workbook, csv_bytes
from gongkai_web.proactive.column_import import COLUMN_FIELDS
from gongkai_web.proactive.figures_import import DECISION_FIELDS, FIGURE_FIELDS
from gongkai_web.proactive.models import Column


class Field(Protocol):
    """What every kind of column has."""

    @property
    def label(self) -> str: ...
    @property
    def help(self) -> str: ...
    @property
    def example(self) -> str: ...
    @property
    def required(self) -> bool: ...


FIELDS: dict[str, Sequence[Field]] = {
    JobKind.COLUMNS: COLUMN_FIELDS,
    JobKind.ITEMS: ITEM_FIELDS,
    JobKind.FIGURES: FIGURE_FIELDS,
    JobKind.DECISIONS: DECISION_FIELDS,
    JobKind.REGISTER: REGISTER_FIELDS,
}


def template_xlsx(kind: str, agency: Agency | None = None) -> bytes:
    """The template as XLSX; for items also the agency's columns, as they have to be named."""
    fields = FIELDS[kind]
    file = io.BytesIO()
    book = Workbook(file)
    headers = [f"{field.label}{'*' if field.required else ''}" for field in fields]
    book.sheet("目录", headers, [], widths=[getattr(field, "width", 22) for field in fields])
    about = [(field.label, "必填" if field.required else "可不填", field.help, field.example) for field in fields]
    book.sheet("填写说明", ("列", "是否必填", "怎样填写", "举例"), about, widths=(20, 10, 90, 40))
    if kind == JobKind.ITEMS and agency is not None:
        names = [
            (str(column).replace(" / ", "/"), column.slug)
            for column in Column.objects.for_items().filter(agency=agency).select_related("parent")
        ]
        book.sheet("本机构栏目", ("栏目", "网址标识"), names, widths=(50, 30))
    book.close()
    return file.getvalue()


def template_csv(kind: str) -> bytes:
    """The template as CSV: the header only."""
    return csv_bytes([f"{field.label}{'*' if field.required else ''}" for field in FIELDS[kind]], [])
