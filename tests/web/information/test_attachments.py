"""Attachments are part of what is signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import AgencyDocument, Attachment, InformationItem, PublicationRefused, ReviewCase
from gongkai_web.information.models.attachment import FileInUse
from gongkai_web.information.services.drafting import save_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(
    agency: Agency,
    make_file: Callable[..., AgencyDocument],
    make_item: Callable[..., InformationItem],
    sign_all: Callable[..., ReviewCase],
) -> InformationItem:
    """A public item with one attachment."""
    item = make_item(attachments=[make_file(agency, "统计表", b"one")])
    sign_all(item)
    item.refresh_from_db()
    return item


def test_the_attachment_is_signed_by_its_digest(item: InformationItem) -> None:
    case = item.signed_case
    assert case is not None
    assert case.snapshot["attachments"][0]["sha256"] == item.attachments.get().document.sha256


def test_the_file_of_an_attachment_is_never_replaced(item: InformationItem) -> None:
    document = item.attachments.get().document
    document.file.save("other.txt", ContentFile(b"two"), save=False)
    with pytest.raises(FileInUse, match="不能替换"):
        document.save()


def test_attachments_of_a_public_item_are_neither_added_nor_removed_by_hand(
    item: InformationItem, agency: Agency, make_file: Callable[..., AgencyDocument]
) -> None:
    unsigned = make_file(agency, "没有审过的", b"three")
    with pytest.raises(PublicationRefused, match="须重新签审"):
        Attachment.objects.create(item=item, document=unsigned)
    with pytest.raises(DatabaseError, match="须重新签审"), transaction.atomic():
        Attachment.objects.bulk_create([Attachment(item=item, document=unsigned, sha256=unsigned.sha256)])
    with pytest.raises(DatabaseError, match="须重新签审"), transaction.atomic():
        item.attachments.get().delete()
    with pytest.raises(DatabaseError, match="须重新签审"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM information_attachment")


def test_a_new_chain_adds_and_removes_attachments(
    item: InformationItem,
    agency: Agency,
    staff: dict[Role, User],
    make_file: Callable[..., AgencyDocument],
    sign_all: Callable[..., ReviewCase],
) -> None:
    kept = item.attachments.get()
    draft = item.draft()
    draft.attachments.set([*draft.attachments.all(), Attachment(document=make_file(agency, "补充", b"two"))])
    save_draft(draft, by=staff[Role.DRAFTER])
    assert item.attachments.count() == 1
    sign_all(item)
    item = InformationItem.objects.get(pk=item.pk)
    assert [attachment.label for attachment in item.attachments.all()] == ["统计表", "补充"]
    assert item.attachments.filter(pk=kept.pk).exists()

    draft = item.draft()
    draft.attachments.set([attachment for attachment in draft.attachments.all() if attachment.label == "补充"])
    save_draft(draft, by=staff[Role.DRAFTER])
    sign_all(item)
    assert [attachment.label for attachment in InformationItem.objects.get(pk=item.pk).attachments.all()] == ["补充"]


def test_an_attachment_that_an_older_draft_names_again_keeps_its_row(
    item: InformationItem, staff: dict[Role, User], sign_all: Callable[..., ReviewCase]
) -> None:
    row = item.attachments.get()
    draft = item.draft()
    draft.attachments.set([Attachment(document=row.document)])
    draft.title = "另一个名称"
    save_draft(draft, by=staff[Role.DRAFTER])
    sign_all(item)
    assert InformationItem.objects.get(pk=item.pk).attachments.get().pk == row.pk


def test_the_name_that_the_public_reads_is_not_changed_past_the_chain(item: InformationItem) -> None:
    attachment = item.attachments.get()
    document = attachment.document
    document.title = "没有审过的名称"
    with pytest.raises(FileInUse, match="不能直接改名"):
        document.save()
    with pytest.raises(DatabaseError, match="不能替换或改名"), transaction.atomic():
        AgencyDocument.objects.filter(pk=document.pk).update(title="没有审过的名称")
    attachment.title = "没有审过的名称"
    with pytest.raises(PublicationRefused, match="须重新签审"):
        attachment.save()
    with pytest.raises(PublicationRefused, match="须重新签审"):
        Attachment.objects.filter(pk=attachment.pk).update(title="没有审过的名称")
    assert InformationItem.objects.get(pk=item.pk).attachments.get().label == "统计表"


def test_the_screen_of_a_file_says_why_it_cannot_be_renamed(
    item: InformationItem, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    document = item.attachments.get().document
    form = {"title": "新名称", "collection": document.collection_id}
    page = sign_in(staff[Role.DRAFTER]).post(f"/admin/documents/edit/{document.pk}/", form)
    assert page.status_code == 200
    assert "不能直接改名" in page.content.decode()
    file = SimpleUploadedFile("x.txt", "另一份文件".encode())
    page = sign_in(staff[Role.DRAFTER]).post(f"/admin/documents/edit/{document.pk}/", {**form, "file": file})
    assert "不能替换" in page.content.decode()


def test_a_file_with_a_name_of_its_own_at_the_item_may_be_renamed(
    agency: Agency,
    make_file: Callable[..., AgencyDocument],
    make_item: Callable[..., InformationItem],
    sign_all: Callable[..., ReviewCase],
) -> None:
    document = make_file(agency, "扫描件003", b"three")
    item = make_item(attachments=[Attachment(document=document, title="收费标准")])
    sign_all(item)
    document.title = "收费标准扫描件"
    document.save()
    item.refresh_from_db()
    assert item.content_fingerprint() == item.signed_fingerprint
