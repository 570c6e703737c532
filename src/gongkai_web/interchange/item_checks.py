"""What the database says about the rows: columns, index numbers, attachments, dates, disclosure attribute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.information.disclosure import DisclosureAttribute
from gongkai.information.index_number import IndexRule, Publisher
from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem
from gongkai_web.information.services.drafting import attribute_problems
from gongkai_web.information.services.html import clean_body, undescribed_picture
from gongkai_web.interchange.errors import UploadRefused
from gongkai_web.interchange.item_fields import LABEL_OF
from gongkai_web.interchange.item_reading import ReadPackage, ReadRow, filled
from gongkai_web.interchange.pictures import EXTENSIONS
from gongkai_web.interchange.problems import Problem, warning
from gongkai_web.interchange.sheets import label
from gongkai_web.interchange.uploads import CheckedFile, check_upload
from gongkai_web.proactive.models import Column

Report = Callable[[int, int, str], None]
_CHUNK = 400
_DROPPED = re.compile(
    r"<\s*(script|style|iframe|object|embed|form)\b|<img[^>]+src\s*=\s*[\"']?(?![\"']|/documents/)", re.IGNORECASE
)
_BY_OTHERS = frozenset({"agency", "column", "index_number"})


@dataclass
class CheckedRow:
    """A row that can be imported: the item to be, its column and its files."""

    row: ReadRow
    column: Column
    fields: dict[str, Any]


@dataclass
class CheckedPackage:
    """What is to be imported and what is wrong; `files` are the names in the archive with their sizes in bytes."""

    rows: list[CheckedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)


def check_package(package: ReadPackage, *, agency: Agency, report: Report) -> CheckedPackage:
    """Check every row and every file."""
    checked = CheckedPackage(problems=list(package.problems))
    columns = ColumnFinder(agency)
    checked.problems += _index_problems(package.rows, agency)
    checked.problems += _known_already(package.rows, agency)
    total = len(package.rows)
    for done, row in enumerate(package.rows, start=1):
        report(done, total, "正在检查")
        problems = _check_row(row, agency, columns, package, checked)
        checked.problems += problems
    return checked


def _check_row(
    row: ReadRow, agency: Agency, columns: ColumnFinder, package: ReadPackage, checked: CheckedPackage
) -> list[Problem]:
    problems = [*_file_problems(row, package, checked.files), *_day_problems(row)]
    column = columns.find(row.values.get("column", ""))
    if isinstance(column, str):
        if row.values.get("column"):
            problems.append(Problem(row.number, "栏目", column, "本机构的栏目见“栏目”，需要的可以先建立。"))
        return problems
    fields = filled(row.values)
    if _DROPPED.search(fields.get("body", "")):
        problems.append(
            warning(row.number, "正文", "正文中的脚本、样式或外部图片不会导入。", "图片请作为附件随压缩包上传。")
        )
    problems += [*_picture_problems(row, fields), *_item_problems(row, agency, column, fields)]
    checked.rows.append(CheckedRow(row, column, fields))
    return problems


def _picture_problems(row: ReadRow, fields: dict[str, Any]) -> list[Problem]:
    """A picture needs words for who cannot see it; those that come as files get their file's name until then."""
    problems = []
    if number := undescribed_picture(clean_body(fields.get("body", ""))):
        hint = "请在 HTML 中填写图片的替代文字（alt）。"
        problems.append(Problem(row.number, "正文", f"第{number}张图片没有文字说明。", hint))
    titled = dict(zip(row.files, row.titles, strict=False))
    pictures = [
        name for name in row.files if name.rpartition(".")[2].lower() in EXTENSIONS and not titled.get(name, "")
    ]
    if pictures:
        hint = "请在“附件名称”中写明图片的内容，供读屏软件朗读；也可以导入后在草稿中填写。"
        problems.append(warning(row.number, "附件", f"图片“{pictures[0]}”将以文件名作为文字说明。", hint))
    return problems


def _item_problems(row: ReadRow, agency: Agency, column: Column, fields: dict[str, Any]) -> list[Problem]:
    """What the model itself would refuse."""
    item = InformationItem(agency=agency, column=column, **fields)
    problems = []
    try:
        item.clean_fields(exclude=_BY_OTHERS | ({"formed_on", "title", "attribute"} - fields.keys()))
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            problems.append(Problem(row.number, LABEL_OF.get(name, ""), "".join(messages), "请改正后重新上传。"))
    for found in attribute_problems(item) if item.attribute else []:
        name = "理由说明" if found.code == "ATTR-EXPLAIN" else "不公开理由"
        problems.append(Problem(row.number, name, found.message, found.hint))
    return problems


def _day_problems(row: ReadRow) -> list[Problem]:
    """A day of publication that came along is believed only with the address where that can be seen."""
    today, values = timezone.localdate(), row.values
    formed, published = values.get("formed_on"), values.get("published_on")
    problems = [
        Problem(row.number, LABEL_OF[name], f"{day}在今天之后。", "请核对年份。")
        for name, day in (("formed_on", formed), ("published_on", published))
        if isinstance(day, date) and day > today
    ]
    if published is None:
        return problems
    if formed and published < formed:
        problems.append(Problem(row.number, "原发布日期", "早于成文日期。", "请核对两个日期。"))
    if not values.get("source_url"):
        problems.append(
            Problem(
                row.number,
                "来源网址",
                "填写了原发布日期，但没有来源网址。",
                "请填写原来公开的网址；没有的请清空原发布日期。",
            )
        )
    attribute = values.get("attribute")
    if attribute and not DisclosureAttribute(attribute).is_public:
        problems.append(Problem(row.number, "原发布日期", "不公开的信息不应有发布日期。", "请核对公开属性。"))
    return problems


def _file_problems(row: ReadRow, package: ReadPackage, files: dict[str, int]) -> list[Problem]:
    problems = []
    for name in row.files:
        if package.archive is None or name not in package.archive or name in files:
            continue
        try:
            files[name] = len(checked_file(package, name).data)
        except UploadRefused as error:
            problems.append(Problem(row.number, "附件", error.message, error.hint))
    return problems


def checked_file(package: ReadPackage, name: str) -> CheckedFile:
    """A file of the archive, judged. Raises: `UploadRefused`."""
    if package.archive is None:
        raise UploadRefused("FILE-MISSING", f"没有随表格上传“{name}”。", "请把表格和附件一起打成 ZIP 上传。")
    return check_upload(name, package.archive.read(name))


def _index_problems(rows: Iterable[ReadRow], agency: Agency) -> list[Problem]:
    rows = list(rows)
    given = {row.values["index_number"]: row.number for row in rows if row.values.get("index_number")}
    problems = [
        Problem(
            given[number],
            "索引号",
            f"“{number}”已被平台上的另一件信息使用。",
            "这件信息可能已经导入；如不是同一件，请核对索引号。",
        )
        for chunk in _chunks(list(given))
        for number in InformationItem.objects.filter(index_number__in=chunk).values_list("index_number", flat=True)
    ]
    if len(given) < len(rows):
        problems += _cannot_issue(agency)
    return problems


def _cannot_issue(agency: Agency) -> list[Problem]:
    publisher = Publisher(agency.organisation_code, agency.social_credit_code)
    try:
        IndexRule(agency.index_pattern).issue(publisher, on=timezone.localdate(), serial=1)
    except GongkaiError as error:
        return [Problem(0, "索引号", error.message, error.hint or "也可以在表格中逐件填写索引号。")]
    return []


def _known_already(rows: Sequence[ReadRow], agency: Agency) -> list[Problem]:
    """The agency has an item of that title and day: most likely the same one."""
    numbers = {
        (row.values["title"], row.values["formed_on"]): row.number
        for row in rows
        if row.values.keys() >= {"title", "formed_on"}
    }
    problems = []
    for chunk in _chunks(list({title for title, _ in numbers})):
        found = InformationItem.objects.filter(agency=agency, title__in=chunk, withdrawn_at=None)
        for title, formed_on in found.values_list("title", "formed_on"):
            if (title, formed_on) in numbers:
                row = numbers[title, formed_on]
                problems.append(
                    warning(row, "名称", "本机构已有名称和成文日期都相同的信息。", "如是同一件，请删去这一行。")
                )
    return problems


def _chunks(values: list[str]) -> Iterable[list[str]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


class ColumnFinder:
    """An agency's columns by name, by 一级/二级, by address."""

    def __init__(self, agency: Agency) -> None:
        columns = list(
            Column.objects.filter(agency=agency).exclude(kind=ColumnKind.APPLICATION.value).select_related("parent")
        )
        self._by_slug = {column.slug: column for column in columns}
        self._by_name: dict[str, list[Column]] = {}
        for column in columns:
            names = {column.name, *((f"{column.parent.name}/{column.name}",) if column.parent else ())}
            for name in names:
                self._by_name.setdefault(_plain(name), []).append(column)

    def find(self, text: str) -> Column | str:
        """The column, or what is wrong with the text."""
        found = self._by_name.get(_plain(text), [])
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            return f"有{len(found)}个栏目叫“{text}”，请写作“一级栏目/二级栏目”。"
        return self._by_slug.get(text) or f"本机构没有“{text}”这个栏目。"


def _plain(name: str) -> str:
    return label(name).replace("／", "/").replace(">", "/")
