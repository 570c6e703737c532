"""What the index still has to learn, and the text of attachments."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class IndexChange(models.Model):
    """An item that went public, changed in public or was withdrawn. Written in the transaction of the change.

    `applied_at` is set when the index has it. What a crash left unapplied is taken up by the next update.
    """

    item_id = models.BigIntegerField()
    noted_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["applied_at", "id"], name="search_change_waiting")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.noted_at:%Y-%m-%d %H:%M}"


class AttachmentText(models.Model):
    """The text of a file, by its digest: a file is read once, however often its item is indexed."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=200, blank=True, help_text="为什么没有读出文字。")

    def __str__(self) -> str:
        return self.problem or self.text[:40]
