"""Uploaded files. A file that an item uses is never replaced: another version is another file."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.documents.models import AbstractDocument
from wagtail.models import Orderable

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency
from gongkai_web.audit import guards
from gongkai_web.information.models.reviewed import PublicationRefused

_FROZEN = "已公开信息的附件不能直接增删、更换或改名，须重新签审。"


class FileInUse(GongkaiError):  # noqa: N818  # names the event
    """The file belongs to an item and must stay as it was signed."""


class AgencyDocument(AbstractDocument):
    """An uploaded file; its collection is the agency's, and with it who may see and choose it."""

    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    # Wagtail's own search is off (see settings); without search fields its lists filter by title in the database.
    search_fields: ClassVar[list[Any]] = []
    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = "文件"
        verbose_name_plural = "文件"

    @property
    def agency(self) -> Agency | None:
        """The agency whose collection the file lies in."""
        return Agency.objects.filter(collection_id=self.collection_id).first()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its size and digest. Raises: `FileInUse` when an attachment would become something else."""
        digest = self._digest()
        self.refuse_change(digest=digest)
        self.sha256, self.file_size = digest, self.file.size
        super().save(*args, **kwargs)

    def refuse_change(self, *, digest: str) -> None:
        """Raises: `FileInUse` for another file, collection or title under an attachment that shows them."""
        stored = AgencyDocument.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None or not self.attachments.exists():
            return
        if stored.sha256 and digest != stored.sha256:
            raise FileInUse(
                "FILE-IN-USE", f"文件“{stored.title}”已用作附件，不能替换。", "请上传为新文件，再更换附件并重新签审。"
            )
        if self.collection_id != stored.collection_id:
            raise FileInUse("FILE-IN-USE", f"文件“{stored.title}”已用作附件，不能移到别的机构。", "请另行上传。")
        if self.title != stored.title and self.attachments.filter(title="").exists():
            raise FileInUse(
                "FILE-IN-USE",
                f"文件“{stored.title}”已用作附件，公众看到的就是这个名称，不能直接改名。",
                "请在政府信息的附件“名称”中填写新名称，并重新签审。",
            )

    def _digest(self) -> str:
        sha = hashlib.sha256()
        with self.open_file() as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                sha.update(chunk)
        return sha.hexdigest()


class AttachmentKind(models.TextChoices):
    """How the portal shows an attachment."""

    FILE = "file", "附件下载"
    IMAGE = "image", "正文图片"
    VIDEO = "video", "视频"
    AUDIO = "audio", "音频"


_SHOWN = frozenset({"title", "kind", "document", "document_id", "sha256", "item", "item_id"})


class AttachmentQuerySet(models.QuerySet[Any]):
    """Refuses the bulk ways around the guard."""

    def update(self, **kwargs: Any) -> int:
        """Raises: `PublicationRefused` when one of a public item would look different."""
        if _SHOWN & set(kwargs) and self.filter(item__live=True).exists():
            raise PublicationRefused("PUB-BULK", _FROZEN, "请修改信息的草稿，并重新签审。")
        return super().update(**kwargs)


class Attachment(Orderable):
    """A file of an item; part of what is signed, by its digest."""

    item = ParentalKey("information.InformationItem", on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        AgencyDocument, verbose_name="文件", on_delete=models.PROTECT, related_name="attachments"
    )
    title = models.CharField(
        "名称", max_length=200, blank=True, help_text="不填时用文件的名称。图片须写明图片内容，供读屏软件朗读。"
    )
    kind = models.CharField("用途", max_length=10, choices=AttachmentKind.choices, default=AttachmentKind.FILE)
    sha256 = models.CharField(max_length=64, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = "附件"
        verbose_name_plural = "附件"

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the reader clicks on."""
        return self.title or self.document.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The digest is the file's, whatever the caller put there. Raises: `PublicationRefused`."""
        self.sha256 = self.document.sha256
        self._refuse_unsigned()
        super().save(*args, **kwargs)

    def _refuse_unsigned(self) -> None:
        """Raises: `PublicationRefused` when a public item would show a name or a use that nobody has signed."""
        item = self._meta.get_field("item").related_model.objects.filter(pk=self.item_id, live=True).first()
        case = item.signed_case if item else None
        if case is not None and self.content() not in case.snapshot.get("attachments", []):
            raise PublicationRefused("PUB-ATTACHMENT", _FROZEN, "请修改信息的草稿，并重新签审。")

    def content(self) -> dict[str, object]:
        """The part of the signed content that this attachment is."""
        return {"title": self.label, "kind": self.kind, "file": self.document.filename, "sha256": self.document.sha256}


# Attachments of a live item are the ones in the signed snapshot, no more and no fewer. Publishing writes the item first
# and its attachments after it, which is why an addition is compared with the snapshot of the case now in force.
_LIVE_SNAPSHOT = (
    "SELECT 1 FROM information_informationitem i JOIN information_reviewcase c ON c.id = i.signed_case_id "
    "WHERE i.id = {row}.item_id AND i.live AND CAST(c.snapshot AS TEXT) {like} '%' || {row}.sha256 || '%'"
)
_ATTACHMENT = "information_attachment"
guards.register(
    guards.Guard(
        f"{_ATTACHMENT}_added", _ATTACHMENT, "INSERT",
        f"EXISTS ({_LIVE_SNAPSHOT.format(row='NEW', like='NOT LIKE')})", _FROZEN,
    ),
    guards.Guard(
        f"{_ATTACHMENT}_changed", _ATTACHMENT, "UPDATE",
        f"EXISTS ({_LIVE_SNAPSHOT.format(row='NEW', like='NOT LIKE')})", _FROZEN,
    ),
    guards.Guard(
        f"{_ATTACHMENT}_removed", _ATTACHMENT, "DELETE",
        f"EXISTS ({_LIVE_SNAPSHOT.format(row='OLD', like='LIKE')})", _FROZEN,
    ),
    guards.Guard(
        "information_agencydocument_kept", "information_agencydocument", "UPDATE",
        "((NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.file IS DISTINCT FROM OLD.file) "
        "AND EXISTS (SELECT 1 FROM information_attachment a WHERE a.document_id = OLD.id)) "
        "OR (NEW.title IS DISTINCT FROM OLD.title AND EXISTS (SELECT 1 FROM information_attachment a "
        "JOIN information_informationitem i ON i.id = a.item_id "
        "WHERE a.document_id = OLD.id AND a.title = '' AND i.live))",
        "用作附件的文件不能替换或改名，请上传为新文件，或修改附件的名称并重新签审。",
    ),
)  # fmt: skip
