"""The receipt of a frozen report: digests of its files and of the records behind it, checked without any network.

`root` covers everything else in the receipt. It stands on the page that publishes the report, so that a receipt that
was made anew to fit changed files is told from the one that was published.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import Any

from gongkai.annual_report.model import Report
from gongkai.annual_report.serialisation import to_json
from gongkai.errors import GongkaiError

SCHEMA = "gongkai/receipt/1"
_MOST_BYTES = 10 * 1024 * 1024  # a receipt has a few kilobytes


class ReceiptError(GongkaiError):
    """The file is no receipt, or one that this version does not know."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the report: its name, how many bytes it has, and their digest."""

    name: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class RecordsEntry:
    """The records behind one figure or table: how many, and the digest of their list."""

    key: str
    name: str
    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was frozen. `frozen_at` is an ISO time with its zone; `previous` is the root of the version before."""

    agency: str
    year: int
    version: int
    frozen_at: str
    report_sha256: str
    files: tuple[FileEntry, ...]
    records: tuple[RecordsEntry, ...] = ()
    note: str = ""
    previous: str | None = None
    root: str = ""

    def sealed(self) -> Receipt:
        """The receipt with its root computed."""
        return replace(self, root=self.digest())

    def digest(self) -> str:
        """SHA-256 over every other member."""
        members = self.to_json()
        del members["root"]
        return sha256(canonical(members)).hexdigest()

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "agency": self.agency,
            "year": self.year,
            "version": self.version,
            "frozen_at": self.frozen_at,
            "note": self.note,
            "report_sha256": self.report_sha256,
            "files": [{name: getattr(entry, name) for name in FileEntry.__slots__} for entry in self.files],
            "records": [{name: getattr(entry, name) for name in RecordsEntry.__slots__} for entry in self.records],
            "previous": self.previous,
            "root": self.root,
        }


class Standing(StrEnum):
    """How a file stands against the receipt."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {"same": "一致", "changed": "已改动", "missing": "缺少", "unknown": "凭证中没有"}[self.value]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found out about one file; `message` says what, and what to do next where it is not the same."""

    name: str
    standing: Standing
    message: str


def canonical(value: Any) -> bytes:
    """JSON in one spelling: sorted keys, no blanks, UTF-8.

    >>> canonical({"b": 1, "a": "甲"}).decode()
    '{"a":"甲","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def report_digest(report: Report) -> str:
    """SHA-256 over the report's document of the public contract, in its canonical spelling."""
    return sha256(canonical(to_json(report))).hexdigest()


def list_digest(lines: Iterable[str]) -> tuple[int, str]:
    """Number and digest of a list of records, one line each, in the order given."""
    digest, count = sha256(), 0
    for line in lines:
        digest.update(line.encode())
        digest.update(b"\n")
        count += 1
    return count, digest.hexdigest()


def load(data: bytes) -> Receipt:
    """The receipt in a file.

    Raises: ReceiptError for what is no receipt, whatever else it is.
    """
    if len(data) > _MOST_BYTES:
        raise _no_receipt("文件过大")
    try:
        members = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise _no_receipt("不是有效的 JSON") from None
    if not isinstance(members, dict) or members.get("schema") != SCHEMA:
        raise _no_receipt(f"schema 应为 {SCHEMA}")
    return _from_json(members)


def verify(receipt: Receipt, files: Mapping[str, bytes | None]) -> list[Verdict]:
    """How each file stands against the receipt; the receipt's own verdict comes first, under the name “校验凭证”.

    `files` maps names to contents; `None` says that a file of the receipt was not found. A file that was renamed is
    known by its digest.
    """
    verdicts = [_own_verdict(receipt)]
    return verdicts + [_file_verdict(receipt, name, data) for name, data in files.items()]


def holds(verdicts: Iterable[Verdict]) -> bool:
    """Is everything as it was frozen?"""
    return all(verdict.standing is Standing.SAME for verdict in verdicts)


def _own_verdict(receipt: Receipt) -> Verdict:
    if receipt.digest() == receipt.root:
        return Verdict("校验凭证", Standing.SAME, f"凭证完整，总摘要 {receipt.root}，请与公布页面上的总摘要核对。")
    return Verdict("校验凭证", Standing.CHANGED, "凭证自身被改动过，不能作为依据，请从公布页面重新下载。")


def _file_verdict(receipt: Receipt, name: str, data: bytes | None) -> Verdict:
    short = name.replace("\\", "/").rpartition("/")[2]
    named = next((entry for entry in receipt.files if entry.name == short), None)
    if data is None:
        return Verdict(name, Standing.MISSING, "没有找到这个文件，请从公布页面下载后放在凭证旁边。")
    digest = sha256(data).hexdigest()
    if any(entry.sha256 == digest for entry in receipt.files):
        return Verdict(name, Standing.SAME, "与定稿时一致。")
    if named is None:
        return Verdict(name, Standing.UNKNOWN, "凭证中没有这个文件，请确认文件和凭证属于同一份报告。")
    size = f"，大小由 {named.size} 字节变为 {len(data)} 字节" if len(data) != named.size else ""
    return Verdict(name, Standing.CHANGED, f"内容与定稿时不同{size}，请以公布页面上的文件为准。")


def _from_json(members: Mapping[str, Any]) -> Receipt:
    try:
        return Receipt(
            agency=_text(members, "agency"),
            year=_number(members, "year"),
            version=_number(members, "version"),
            frozen_at=_text(members, "frozen_at"),
            report_sha256=_text(members, "report_sha256"),
            files=tuple(
                FileEntry(_text(one, "name"), _text(one, "format"), _number(one, "size"), _text(one, "sha256"))
                for one in members["files"]
            ),
            records=tuple(
                RecordsEntry(_text(one, "key"), _text(one, "name"), _number(one, "count"), _text(one, "sha256"))
                for one in members.get("records", ())
            ),
            note=_text(members, "note"),
            previous=None if members.get("previous") is None else _text(members, "previous"),
            root=_text(members, "root"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _no_receipt(f"成员缺少或不对：{error}") from None


def _text(members: Mapping[str, Any], name: str) -> str:
    value = members[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _number(members: Mapping[str, Any], name: str) -> int:
    value = members[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(name)
    return value


def _no_receipt(what: str) -> ReceiptError:
    return ReceiptError(
        "bad-receipt", f"这不是可用的校验凭证：{what}。", "请使用公布页面上的“校验凭证”文件（receipt.json）。"
    )
