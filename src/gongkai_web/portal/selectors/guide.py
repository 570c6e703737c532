"""The guide 政府信息公开指南 with the elements that 条例 §12 demands.

Elements that the installation knows (columns, numbering, office, hours) are read from where they are kept, so that
they cannot go stale; the text itself is the newest item of the guide's column and has passed review like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import InformationItem
from gongkai_web.portal.selectors.item import scrollable
from gongkai_web.portal.selectors.rows import public_items
from gongkai_web.portal.selectors.structure import ColumnTree
from gongkai_web.proactive.models import Column


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the office's particulars; an empty value is shown as not registered, never left out."""

    label: str
    value: str
    url: str = ""
    """What a tap on it does: call, write, open; empty for what is only read."""


@dataclass(frozen=True)
class Guide:
    """The guide of one agency. `text` is `None` while no guide has been published."""

    office: tuple[Element, ...]
    classes: tuple[Column, ...]
    index_parts: tuple[str, ...]
    index_example: str
    text: InformationItem | None

    @property
    def body(self) -> str:
        """The published text, its tables ready for narrow screens."""
        return scrollable(self.text.body) if self.text else ""


def guide_of(agency: Agency, tree: ColumnTree, column: Column) -> Guide:
    """The guide as it stands now. Source: 条例 §12(2)."""
    statutory = tree.of_kind(ColumnKind.STATUTORY)
    return Guide(
        office=office_of(agency),
        classes=tree.children.get(statutory.pk, ()) if statutory else (),
        index_parts=_index_parts(agency.index_pattern),
        index_example=_example(agency),
        text=public_items().filter(column=column).first(),
    )


def office_of(agency: Agency) -> tuple[Element, ...]:
    """工作机构的名称、办公地址、办公时间、联系电话、传真号码、互联网联系方式. Source: 条例 §12(2)."""
    address = f"{agency.address}（邮政编码：{agency.postcode}）" if agency.postcode else agency.address
    return (
        Element("工作机构名称", agency.disclosure_office),
        Element("办公地址", address),
        Element("办公时间", agency.office_hours),
        Element("联系电话", agency.phone, telephone(agency.phone)),
        Element("传真号码", agency.fax),
        Element("电子邮箱", agency.email, f"mailto:{agency.email}" if agency.email else ""),
        Element("网站地址", agency.website, agency.website),
    )


def telephone(number: str) -> str:
    """The address that a telephone dials; empty where several numbers or words stand in the field.

    >>> telephone("0379-6390 0000"), telephone("63900000、63900001")
    ('tel:0379-63900000', '')
    """
    bare = re.sub(r"[\s（）()]", "", number)
    return f"tel:{bare}" if re.fullmatch(r"\+?\d[-\d]{4,18}", bare) else ""


_INDEX_PARTS = {
    "org": "组织机构代码",
    "credit": "统一社会信用代码",
    "year": "年份",
    "month": "月份",
    "serial": "流水号",
}


def _index_parts(pattern: str) -> tuple[str, ...]:
    """What the agency's index numbers are made of, in their order."""
    names = (name for _, name, _, _ in Formatter().parse(pattern) if name)
    return tuple(_INDEX_PARTS[name] for name in names if name in _INDEX_PARTS)


def _example(agency: Agency) -> str:
    """The newest index number of the agency, as an example of its rule; empty before the first item."""
    numbers = public_items().filter(agency=agency).values_list("index_number", flat=True)
    return numbers.first() or ""
