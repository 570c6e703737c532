"""Tables of which every column is known: the columns, and their rows as values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model

from gongkai.errors import GongkaiError
from gongkai_web.interchange.models import Job
from gongkai_web.interchange.problems import Problem, warning
from gongkai_web.interchange.sheets import SheetRow, read_sheet


@dataclass(frozen=True)
class TableField:
    """A column of the table; `name` is the field of the model, where there is one."""

    name: str
    label: str
    help: str
    example: str = ""
    required: bool = False
    parse: Callable[[str], object] = str


def readable_rows(
    job: Job, fields: Iterable[TableField], problems: list[Problem]
) -> Iterable[tuple[int, dict[str, Any]]]:
    """Number and values of the rows whose every cell can be read; the others leave a problem per cell.

    Raises: `UploadRefused`.
    """
    by_label = {field.label: field for field in fields}
    with job.source.open("rb") as file:
        sheet = read_sheet(job.source_name, file.read(), known=by_label)
    missing = [field for field in by_label.values() if field.required and field.label not in sheet.headers]
    problems += [Problem(0, field.label, "表头缺少这一列。", "请使用下载的模板。") for field in missing]
    unknown = [name for name in sheet.headers if name and name not in by_label]
    problems += [warning(0, name, "不认识这一列，不会导入。") for name in unknown]
    for row in sheet.rows if not missing else ():
        values, wrong = _read(row, by_label)
        problems += wrong
        if not wrong:
            yield row.number, values


def _read(row: SheetRow, by_label: Mapping[str, TableField]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    wrong = []
    for label, field in by_label.items():
        text = row.cells.get(label, "")
        if label in row.unusable:
            wrong.append(Problem(row.number, label, f"单元格{row.unusable[label]}。"))
        elif not text and field.required:
            wrong.append(Problem(row.number, label, "没有填写。", field.help))
        elif text:
            try:
                values[field.name] = field.parse(text)
            except GongkaiError as error:
                wrong.append(Problem(row.number, label, error.message, error.hint))
    return values, wrong


def refused_by_the_model(
    number: int, row: Model, fields: Iterable[TableField], *, known: Collection[str] = ()
) -> list[Problem]:
    """What the model itself would refuse, by column.

    `known`: names of relations, where these and what is unique have been checked for all rows at once; the database is
    not asked again for each row then.
    """
    labels = {field.name: field.label for field in fields}
    try:
        if known:
            row.clean_fields(exclude=known)
            row.clean()
        else:
            row.full_clean()
    except ValidationError as error:
        return [
            Problem(
                number, "" if name == NON_FIELD_ERRORS else labels.get(name, ""), "".join(found), "请改正后重新上传。"
            )
            for name, found in error.message_dict.items()
        ]
    return []
