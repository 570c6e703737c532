"""Files of a case: sealed on disk, handed out by `files.open_file` and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from gongkai_web.applications.crypto import EncryptedTextField
from gongkai_web.applications.models.case import Case

if TYPE_CHECKING:
    from gongkai_web.accounts.models import Agency


class FileKind(models.TextChoices):
    """What a file of a case is."""

    PROOF = "proof", "身份证明"
    REQUEST = "request", "申请材料"
    SEARCH_RECORD = "search_record", "检索记录"
    CONSULTATION = "consultation", "征求意见材料"
    REPLY = "reply", "提供的信息"
    OTHER = "other", "其他材料"


class CaseFile(models.Model):
    """A file; `sha256` and `size` (bytes) are those of its plain content, `stored` the name of the sealed one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("用途", max_length=16, choices=FileKind.choices)
    name = EncryptedTextField("文件名")
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小")
    sha256 = models.CharField("摘要", max_length=64)
    stored = models.CharField(max_length=80, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("添加时间")

    class Meta:
        verbose_name = "办理材料"
        verbose_name_plural = "办理材料"
        ordering = ["case", "id"]

    def __str__(self) -> str:
        """Without the name, which may be a person's."""
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def agency(self) -> Agency:
        """The agency of the case."""
        return self.case.agency
