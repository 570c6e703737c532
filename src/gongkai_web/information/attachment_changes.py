"""Which files were added, removed, replaced or renamed between two signed contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai_web.accounts.models import Agency
from gongkai_web.information.models import AgencyDocument, AttachmentKind

_KINDS = {kind.value: str(kind.label) for kind in AttachmentKind}
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class SignedFile:
    """One attachment as a snapshot names it; `url` is empty when the file is gone. `size` in bytes."""

    title: str
    kind: str
    file: str
    url: str = ""
    size: int | None = None


@dataclass(frozen=True)
class AttachmentChange:
    """One attachment before and after; `what` is empty where nothing changed."""

    before: SignedFile | None
    after: SignedFile | None
    what: str


def attachment_changes(
    before: Sequence[Entry] | None, after: Sequence[Entry], *, agency: Agency
) -> list[AttachmentChange]:
    """Pairs of files in the order of the new content, removed ones last; `before` is `None` for a first review."""
    old, new = list(before or ()), list(after)
    files, pairs = _Files(agency, [*old, *new]), _pairs(old, new)
    whats = ["" if before is None else _what(a, b) for a, b in pairs]
    if before is not None and not any(whats):
        whats = ["" if old[place] is a else "调整顺序" for place, (a, _) in enumerate(pairs)]
    return [AttachmentChange(files.signed(a), files.signed(b), what) for (a, b), what in zip(pairs, whats, strict=True)]


def _pairs(old: list[Entry], new: list[Entry]) -> list[tuple[Entry | None, Entry | None]]:
    """The same file, else the same title, else the same file name; what is left over was added or removed."""
    left, partner = list(old), dict[int, Entry]()
    for key in ("sha256", "title", "file"):
        for place, entry in enumerate(new):
            match = next((other for other in left if other[key] == entry[key]), None)
            if place not in partner and match is not None:
                partner[place] = match
                left.remove(match)
    return [*((partner.get(place), entry) for place, entry in enumerate(new)), *((entry, None) for entry in left)]


def _what(before: Entry | None, after: Entry | None) -> str:
    if before is None:
        return "新增"
    if after is None:
        return "删除"
    changes = {"sha256": "更换文件", "title": "修改名称", "kind": "修改用途"}
    return "、".join(word for name, word in changes.items() if before[name] != after[name])


class _Files:
    """The uploaded files behind the digests."""

    def __init__(self, agency: Agency, entries: list[Entry]) -> None:
        digests = {entry["sha256"] for entry in entries}
        found = AgencyDocument.objects.filter(sha256__in=digests, collection=agency.collection_id)
        self._by_digest = {document.sha256: document for document in found}

    def signed(self, entry: Entry | None) -> SignedFile | None:
        """The entry with the address and the size of its file."""
        if entry is None:
            return None
        document = self._by_digest.get(entry["sha256"])
        kind = _KINDS.get(entry["kind"]) or str(entry["kind"])
        if document is None:
            return SignedFile(entry["title"], kind, entry["file"])
        return SignedFile(entry["title"], kind, entry["file"], document.url, document.get_file_size())
