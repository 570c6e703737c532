"""Where an export puts the files of an agency, and how an import finds the pictures of a text again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.urls import reverse

_FOLDER = "文件"
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_FOR_PEOPLE = ("CSV/", "JSON/", "再导入/", "说明.txt", "数据.xlsx")
_PACKED = re.compile(rf"^{_FOLDER}/(\d+)/([^/]+)$")


def packed_name(key: int, filename: str) -> str:
    """The name of a file in the package: a folder of its own, so that the name stays what it was.

    >>> packed_name(12, "申请表.docx")
    '文件/12/申请表.docx'
    """
    return f"{_FOLDER}/{key}/{_UNSAFE.sub('', filename)}"


def is_for_people(name: str) -> bool:
    """Is this a part of an export that the import of items has no use for, and need not mention?"""
    return name.startswith(_FOR_PEOPLE)


def address_of(name: str) -> str:
    """The address under which the exporting installation served the packed file; empty for other names."""
    found = _PACKED.match(name)
    return reverse("wagtaildocs_serve", args=[int(found[1]), found[2]]) if found else ""


def moved_pictures(body: str, addresses: Mapping[str, str]) -> str:
    """The text with the pictures and links of the old addresses at the new ones."""
    for old, new in addresses.items():
        body = body.replace(f'"{old}"', f'"{new}"')
    return body
