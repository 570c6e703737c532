"""Files of a draft, one act at a time, as forms without scripts need it. Each act stores a new version of the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction

from gongkai.errors import GongkaiError
from gongkai.information.fingerprint import fingerprint
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.information.models import AgencyDocument, Attachment, AttachmentKind, InformationItem
from gongkai_web.information.services.drafting import save_draft
from gongkai_web.interchange import pictures
from gongkai_web.interchange.uploads import check_upload


class AttachmentRefused(GongkaiError):  # noqa: N818  # names the event
    """The list of files is no longer the one that the person saw, or the draft may not be changed."""


@dataclass(frozen=True)
class Upload:
    """A file as it came in, with what the reader is to see; without a title it is the file's name."""

    name: str
    data: bytes
    title: str = ""
    kind: AttachmentKind = AttachmentKind.FILE


@transaction.atomic
def upload(item: InformationItem, given: Upload, *, by: User) -> InformationItem:
    """Keep a file for the item's agency and attach it to the draft; a picture is shown as one without being told so.

    Raises: `NotAllowed`, `UploadRefused`, `DraftRejected` for a picture without words, `AttachmentRefused`.
    """
    require(by, Capability.DRAFT, item.agency)
    file = check_upload(given.name, given.data)
    draft = _open_draft(item, by=by)
    picture = given.kind == AttachmentKind.FILE and file.extension in pictures.EXTENSIONS
    title = given.title.strip()
    document = AgencyDocument(
        title=title or PurePosixPath(file.name).stem,
        collection=draft.agency.collection,
        uploaded_by_user=by,
        file=ContentFile(file.data, name=file.name),
    )
    with _file_goes_with_the_transaction(document):
        document.save()
        attached = list(draft.attachments.all())
        kind = AttachmentKind.IMAGE if picture else given.kind
        entry = Attachment(document=document, title=title, kind=kind, sha256=document.sha256)
        return _store(draft, [*attached, entry], by=by)


@transaction.atomic
def describe(item: InformationItem, *, seen: str, title: str, kind: str, by: User) -> InformationItem:
    """Give an attached file another name or use. Raises: as `upload`."""

    def change(attached: list[Attachment], place: int) -> None:
        attached[place].title, attached[place].kind = title.strip(), kind

    return _change(item, seen=seen, by=by, change=change)


@transaction.atomic
def detach(item: InformationItem, *, seen: str, by: User) -> InformationItem:
    """Take a file off the draft; it stays among the agency's files. Raises: as `upload`."""

    def change(attached: list[Attachment], place: int) -> None:
        del attached[place]

    return _change(item, seen=seen, by=by, change=change)


@transaction.atomic
def move_up(item: InformationItem, *, seen: str, by: User) -> InformationItem:
    """Put a file before the one above it. Raises: as `upload`."""

    def change(attached: list[Attachment], place: int) -> None:
        attached.insert(max(place - 1, 0), attached.pop(place))

    return _change(item, seen=seen, by=by, change=change)


def handle(attached: list[Attachment], place: int) -> str:
    """How a form names one of the files it shows, so that another tab's change is noticed."""
    return f"{place}-{fingerprint({'attachments': [entry.content() for entry in attached]})[:16]}"


def _change(
    item: InformationItem, *, seen: str, by: User, change: Callable[[list[Attachment], int], None]
) -> InformationItem:
    draft = _open_draft(item, by=by)
    attached = list(draft.attachments.all())
    places = [place for place in range(len(attached)) if handle(attached, place) == seen]
    if not places:
        raise AttachmentRefused(
            "ITEM-FILES-CHANGED", "附件刚刚有变动，这次操作没有执行。", "请看过最新的附件后再操作。"
        )
    change(attached, places[0])
    return _store(draft, attached, by=by)


def _open_draft(item: InformationItem, *, by: User) -> InformationItem:
    require(by, Capability.DRAFT, item.agency)
    stored = InformationItem.objects.select_for_update().select_related("agency").get(pk=item.pk)
    lock = stored.get_lock()
    if lock is not None and lock.for_user(by):
        raise AttachmentRefused(
            "ITEM-LOCKED", "这件信息已被锁定，不能修改附件。", "请等锁定的人解除，或联系机构管理员。"
        )
    if stored.is_withdrawn:
        raise AttachmentRefused("ITEM-WITHDRAWN", "这件信息已经撤回。", "请先转为草稿，再修改附件。")
    newest: InformationItem = stored.draft()
    return newest


def _store(draft: InformationItem, attached: list[Attachment], *, by: User) -> InformationItem:
    for place, entry in enumerate(attached):
        entry.sort_order = place
    draft.attachments.set(attached)
    return save_draft(draft, by=by)


@contextmanager
def _file_goes_with_the_transaction(document: AgencyDocument) -> Iterator[None]:
    """Files know no transaction: that of a refused attachment is removed here."""
    try:
        yield
    except BaseException:
        if document.file:
            document.file.storage.delete(document.file.name)
        raise
