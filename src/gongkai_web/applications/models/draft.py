"""An application that is still being written: kept for the browser that wrote it, sealed, and gone after a week."""

from __future__ import annotations

from django.db import models

from gongkai_web.accounts.models import Agency
from gongkai_web.applications.crypto import EncryptedTextField
from gongkai_web.applications.models.case import Case


class Draft(models.Model):
    """One per browser and agency. `owner` is a digest of the browser's cookie, so the row alone opens nothing.

    `key` makes the submission idempotent. Once submitted, `case` is set and `data` holds only what the receipt shows.
    """

    owner = models.CharField(max_length=64)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    data = EncryptedTextField(blank=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "申请草稿"
        verbose_name_plural = "申请草稿"
        constraints = [models.UniqueConstraint(fields=["owner", "agency"], name="application_draft_once")]

    def __str__(self) -> str:
        """Nothing of its content: this text ends up in logs."""
        return f"草稿 {self.pk}"


class DraftFile(models.Model):
    """A proof of identity that waits for its application; `sealed` is the encrypted content, `size` in bytes."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = EncryptedTextField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "草稿附件"
        verbose_name_plural = "草稿附件"
        ordering = ["id"]

    def __str__(self) -> str:
        """Without the name, which may be a person's."""
        return f"草稿附件 {self.pk}"
