"""From public items to what the index takes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from django.db.models import QuerySet

from gongkai_web.information.models import Attachment, InformationItem
from gongkai_web.proactive.models import Column
from gongkai_web.search.attachments import texts_of
from gongkai_web.search.backend import Entry
from gongkai_web.search.text import number_key, text_of_html, tidy

LONGEST = 200_000
"""Characters of one item, attachments included, that are searched."""
_AT_ONCE = 500


def entries_of(ids: Iterable[int]) -> list[Entry]:
    """The entries of those of the items that are public now."""
    items = _with_columns(InformationItem.objects.public()).filter(pk__in=list(ids))
    return _entries(list(items))


def all_entries() -> Iterator[list[Entry]]:
    """Every public item, a few hundred at a time by number: no long transaction, no growing memory."""
    last = 0
    items_of = _with_columns(InformationItem.objects.public())
    while items := list(items_of.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        yield _entries(items)
        last = items[-1].pk


def public_stamps() -> dict[int, int]:
    """Number → stamp of every public item."""
    rows = InformationItem.objects.public().values_list("pk", "signed_fingerprint", "validity")
    return {number: stamp_of(fingerprint, validity) for number, fingerprint, validity in rows.iterator()}


def count_public() -> int:
    """How many items the index ought to have."""
    number: int = InformationItem.objects.public().count()
    return number


def _entries(items: Sequence[InformationItem]) -> list[Entry]:
    attached: dict[int, list[Attachment]] = {}
    for attachment in Attachment.objects.filter(item__in=items).select_related("document").order_by("item", "pk"):
        attached.setdefault(attachment.item_id, []).append(attachment)
    documents = {a.document.sha256: a.document for found in attached.values() for a in found}
    texts = texts_of(documents.values()) if documents else {}
    return [_entry(item, attached.get(item.pk, ()), texts) for item in items]


def _entry(item: InformationItem, attachments: Sequence[Attachment], texts: dict[str, str]) -> Entry:
    numbers = (item.document_number, item.index_number)
    body = text_of_html(item.body)
    parts = [
        "" if _begins_with(body, item.summary) else item.summary,
        body,
        item.document_number,
        item.keywords,
        *(f"{attachment.label}\n{texts.get(attachment.sha256, '')}" for attachment in attachments),
    ]
    return Entry(
        id=item.pk,
        title=tidy(item.title).replace("\n", " "),
        text=tidy("\n".join(part for part in parts if part))[:LONGEST],
        keys=tuple(key for key in map(number_key, numbers) if key),
        agency=item.agency_id,
        columns=_shown_names(item.column),
        published_on=item.published_on or item.formed_on,
        validity=item.validity,
        stamp=stamp_of(item.signed_fingerprint, item.validity),
    )


def _with_columns(items: QuerySet[InformationItem]) -> QuerySet[InformationItem]:
    return items.select_related("column__parent")


def _shown_names(column: Column) -> tuple[str, ...]:
    """Its name and that of the column above, each once; what the portal does not show it does not name either."""
    both = (column, column.parent) if column.parent else (column,)
    return tuple(dict.fromkeys(one.name for one in both if one.is_shown))


def _begins_with(body: str, summary: str) -> bool:
    """Is the summary, as most are, the first sentences of the text? Then a snippet would show them twice."""
    beginning = tidy(body[: 2 * len(summary) + 200])  # blanks and line ends may go
    return beginning.replace("\n", "").startswith(tidy(summary).replace("\n", "").rstrip("….。"))


def stamp_of(fingerprint: str, validity: str) -> int:
    """60 bits of what an entry is made of: what was signed, and 有效性, which changes without a signature."""
    return int(sha256(f"{fingerprint} {validity}".encode()).hexdigest()[:15], 16)
