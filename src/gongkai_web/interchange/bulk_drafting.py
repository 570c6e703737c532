"""Storing a thousand drafts in the time of a few: what `drafting.add_item` does for one item, done by set.

An import holds the database's only writer for its one transaction, and on SQLite everybody else waits for it. A test
compares what comes out with `create_item`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Revision

from gongkai.information.disclosure import DisclosureAttribute
from gongkai_web.accounts.models import User
from gongkai_web.audit.services import record
from gongkai_web.information.models import AgencyDocument, Attachment, AttachmentKind, InformationItem, ProposalWay
from gongkai_web.information.services.attribute import Proposer, note_proposals
from gongkai_web.information.services.closure import next_review_day
from gongkai_web.information.services.drafting import issue_index_number
from gongkai_web.information.services.html import clean_body
from gongkai_web.interchange import pictures
from gongkai_web.interchange.item_checks import Report

_BATCH = 200


def prepared(item: InformationItem, *, by: User) -> InformationItem:
    """The item as `drafting` would store it. Writes nothing, so it is done before the transaction."""
    item.body = clean_body(item.body)
    item.title = " ".join(item.title.split())
    item.maker = item.maker.strip() or item.agency.name
    item.created_by = by
    item.has_unpublished_changes = True
    if item.attribute == DisclosureAttribute.NOT_OPEN.value and item.next_review_on is None:
        item.next_review_on = next_review_day(item.agency)
    return item


@dataclass(frozen=True)
class NamedFile:
    """A file of a draft and what the reader sees; without a title it is the file's own."""

    document: AgencyDocument
    title: str = ""


def store_drafts(
    drafts: Sequence[tuple[InformationItem, Sequence[NamedFile]]], *, by: User, report: Report
) -> list[InformationItem]:
    """Store prepared and checked items with their files, versions and events. Call it inside a transaction."""
    items = [item for item, _ in drafts]
    for done, item in enumerate(items):
        report(done, len(items), "正在编制索引号")
        item.index_number = item.index_number or issue_index_number(item.agency)
    InformationItem.objects.bulk_create(items, batch_size=_BATCH)
    for item, files in drafts:
        item.attachments.set([_attachment(item, file, place) for place, file in enumerate(files)])
    attachments = [attachment for item in items for attachment in item.attachments.all()]
    Attachment.objects.bulk_create(attachments, batch_size=_BATCH)
    _store_versions(items, by=by)
    note_proposals(items, Proposer(by, ProposalWay.IMPORTED))
    for done, item in enumerate(items, start=1):
        report(done, len(items), "正在导入")
        record("information.item_drafted", obj=item, actor=by, details={"attribute": item.get_attribute_display()})
    return items


def _attachment(item: InformationItem, file: NamedFile, place: int) -> Attachment:
    document = file.document
    picture = document.file_extension.lower() in pictures.EXTENSIONS
    kind = AttachmentKind.IMAGE if picture else AttachmentKind.FILE
    # A picture gets an own name in any case, which the drafter was asked to make better.
    title = file.title or (document.title if picture else "")
    return Attachment(item=item, document=document, title=title, sha256=document.sha256, kind=kind, sort_order=place)


def _store_versions(items: Iterable[InformationItem], *, by: User) -> None:
    kind = ContentType.objects.get_for_model(InformationItem)
    now = timezone.now()
    items = list(items)
    versions = [
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=str(item.pk),
            user=by,
            created_at=now,
            content=item.serializable_data(),
            object_str=str(item),
        )
        for item in items
    ]
    Revision.objects.bulk_create(versions, batch_size=_BATCH)
    for item, version in zip(items, versions, strict=True):
        item.latest_revision = version
    InformationItem.objects.bulk_update(items, ["latest_revision"], batch_size=_BATCH)
