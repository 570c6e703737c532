"""Rows of the table as values, without asking the database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath
from typing import IO, Any

from gongkai_web.interchange.archives import Archive, open_archive
from gongkai_web.interchange.errors import TableRefused
from gongkai_web.interchange.item_fields import BY_LABEL, FOREIGN, ItemField
from gongkai_web.interchange.packed_files import is_for_people
from gongkai_web.interchange.problems import Problem, warning
from gongkai_web.interchange.sheets import Sheet, SheetRow, read_sheet
from gongkai_web.interchange.values import Unreadable

_TABLES = (".xlsx", ".csv")
MOST_ITEMS = 2000
"""Items of one import: all go in or none, and while they do, nobody else writes."""
_USUAL_NAME = "目录"
_BETWEEN_FILES = re.compile(r"[;；\n|]+")
_LOOKS_LIKE_HTML = re.compile(r"^\s*<[a-zA-Z][^>]*>")


@dataclass(frozen=True)
class ReadRow:
    """One row: `values` by field name, only those that are filled in and readable."""

    number: int
    values: dict[str, Any]
    files: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass
class ReadPackage:
    """What was uploaded: the rows, what is wrong with them so far, the files that came along (`None` without a ZIP)."""

    rows: list[ReadRow]
    problems: list[Problem] = field(default_factory=list)
    archive: Archive | None = None


def read_package(name: str, file: IO[bytes]) -> ReadPackage:
    """Read a table, or a ZIP of one table and its attachments, which stay in the open file. Raises: `UploadRefused`."""
    if name.lower().endswith(".zip"):
        archive = open_archive(file)
        table = _table_in(archive)
        return _read(read_sheet(table, archive.read(table), known=BY_LABEL, most_rows=MOST_ITEMS), archive)
    return _read(read_sheet(name, file.read(), known=BY_LABEL, most_rows=MOST_ITEMS), None)


def _table_in(archive: Archive) -> str:
    tables = [name for name in archive if "/" not in name and name.lower().endswith(_TABLES)]
    named = [name for name in tables if PurePosixPath(name).stem == _USUAL_NAME]
    found = named or tables
    if len(found) != 1:
        what = "没有目录表" if not found else f"有{len(found)}个表格，无法确定哪个是目录表"
        raise TableRefused("ZIP-TABLE", f"压缩包的最外层{what}。", f"请放入一个名为“{_USUAL_NAME}.xlsx”的表格。")
    return found[0]


def _read(sheet: Sheet, archive: Archive | None) -> ReadPackage:
    package = ReadPackage([], archive=archive)
    package.problems += _header_problems(sheet.headers)
    for row in sheet.rows:
        values, problems = _values(row)
        package.problems += problems
        files = tuple(name.replace("\\", "/") for name in _parts(values.pop("attachments", "")) if name)
        titles = tuple(_parts(given)) if (given := values.pop("attachment_titles", "")) else ()
        if titles and len(titles) != len(files):
            message = f"有{len(titles)}个名称，附件有{len(files)}个。"
            package.problems.append(Problem(row.number, "附件名称", message, "请一一对应填写，或清空。"))
        package.rows.append(ReadRow(row.number, values, files, titles))
    package.problems += _repeated(package.rows)
    package.problems += _file_problems(package)
    return package


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN_FILES.split(text)]


def _header_problems(headers: Iterable[str]) -> list[Problem]:
    present = {BY_LABEL[header].name for header in headers if header in BY_LABEL}
    missing = {found.label for found in BY_LABEL.values() if found.required and found.name not in present}
    unknown = [header for header in headers if header and header not in BY_LABEL]
    named = Counter(BY_LABEL[header].name for header in headers if header in BY_LABEL)
    twice = [found.label for found in {f.name: f for f in BY_LABEL.values()}.values() if named[found.name] > 1]
    return [
        *(Problem(0, name, "表头缺少这一列。", "请使用下载的模板。") for name in sorted(missing)),
        *(Problem(0, name, "这一列在表头中出现了两次（别名也算）。", "请只留一列。") for name in twice),
        *(warning(0, name, "不认识这一列，不会导入。", "如需导入，请改用模板中的列名。") for name in unknown),
    ]


def _values(row: SheetRow) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for header, text in row.cells.items():
        known = BY_LABEL.get(header)
        if known is None:
            continue
        if header in row.unusable:
            problems.append(Problem(row.number, known.label, f"单元格{row.unusable[header]}。"))
        elif text:
            _parse(known, text, row.number, values, problems)
        elif known.required:
            problems.append(Problem(row.number, known.label, "没有填写。", known.help))
    return values, problems


def _parse(known: ItemField, text: str, number: int, values: dict[str, Any], problems: list[Problem]) -> None:
    try:
        value = known.parse(text)
    except Unreadable as error:
        problems.append(Problem(number, known.label, error.message, error.hint))
    else:
        values[known.name] = as_html(text) if known.name == "body" else value


def as_html(text: str) -> str:
    """Plain text as paragraphs; what begins like HTML stays (the service cleans it).

    >>> as_html("一、甲<乙\\n\\n二、丙")
    '<p>一、甲&lt;乙</p><p>二、丙</p>'
    """
    if _LOOKS_LIKE_HTML.match(text):
        return text
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _repeated(rows: list[ReadRow]) -> list[Problem]:
    """Index numbers are unique; the same title and day twice is most likely the same item twice."""
    numbers = _positions(rows, lambda values: values.get("index_number"))
    items = _positions(rows, lambda values: (values.get("title"), values.get("formed_on")))
    return [
        *(Problem(row, "索引号", f"与第{first}行的索引号相同。", "索引号不能重复，请核对。") for first, row in numbers),
        *(
            warning(row, "名称", f"与第{first}行的名称和成文日期都相同。", "如是同一件，请删去一行。")
            for first, row in items
        ),
    ]


def _positions(rows: list[ReadRow], key: Any) -> list[tuple[int, int]]:
    """(first row, later row) for rows with the same key."""
    first: dict[object, int] = {}
    pairs = []
    for row in rows:
        value = key(row.values)
        if value in (None, "") or (isinstance(value, tuple) and None in value):
            continue
        if value in first:
            pairs.append((first[value], row.number))
        else:
            first[value] = row.number
    return pairs


def _file_problems(package: ReadPackage) -> list[Problem]:
    problems = []
    for row in package.rows:
        for name in row.files:
            if package.archive is None:
                problems.append(
                    Problem(row.number, "附件", f"没有随表格上传“{name}”。", "请把表格和附件一起打成 ZIP 上传。")
                )
            elif name not in package.archive:
                problems.append(_missing(row.number, name, package.archive))
    used = {name for row in package.rows for name in row.files}
    unused = [name for name in package.archive or () if not (name in used or _is_table(name) or is_for_people(name))]
    problems += [warning(0, "附件", f"没有一行用到“{name}”，不会导入。") for name in unused]
    return problems


def _missing(row: int, name: str, archive: Archive) -> Problem:
    """The same file elsewhere in the archive is what was meant, nine times out of ten."""
    same = [other for other in archive if PurePosixPath(other).name == PurePosixPath(name).name]
    hint = f"压缩包中有“{same[0]}”，请照此填写。" if same else "请核对文件名，包括扩展名和所在文件夹。"
    return Problem(row, "附件", f"压缩包中没有“{name}”。", hint)


def _is_table(name: str) -> bool:
    return "/" not in name and name.lower().endswith(_TABLES)


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are fields of the item itself."""
    return {name: value for name, value in values.items() if name not in FOREIGN}
