"""The audit log. Rows are added by `audit.services.record` and by nothing else; the database refuses changes."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from gongkai.errors import GongkaiError
from gongkai_web.audit import guards
from gongkai_web.audit.details import lines_of
from gongkai_web.audit.labels import label_of


class AuditTampering(GongkaiError):  # noqa: N818  # names the event
    """Somebody tried to change the log through the ORM."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise AuditTampering("AUDIT-APPEND-ONLY", "审计记录只能新增，不能修改或删除。")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Reading and adding only."""

    update = _refuse
    delete = _refuse
    bulk_update = _refuse
    update_or_create = _refuse


class AppendOnlyModel(models.Model):
    """A row that is written once. The database's own guard stands behind this one."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises: `AuditTampering` for a row that exists."""
        if not self._state.adding:
            _refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises: `AuditTampering` always."""
        _refuse()


class AuditEvent(AppendOnlyModel):
    """Who did (or read) what, when, from where. `action` is a dotted name such as `information.withdrawn`."""

    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="人员",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    actor_name = models.CharField("姓名", max_length=80, blank=True)
    action = models.CharField("动作", max_length=80, db_index=True)
    object_type = models.CharField("对象类型", max_length=80, blank=True)
    object_id = models.CharField("对象编号", max_length=64, blank=True)
    object_label = models.CharField("对象", max_length=200, blank=True)
    agency = models.ForeignKey(
        "accounts.Agency",
        verbose_name="机构",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    personal_data = models.BooleanField("涉及个人信息", default=False)
    address = models.CharField("来源地址", max_length=45, blank=True)
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    details = models.JSONField("详情", default=dict)

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["agency", "-id"], name="audit_agency"),
        ]

    @property
    def action_label(self) -> str:
        """The action in Chinese."""
        return label_of(self.action)

    @property
    def detail_lines(self) -> list[str]:
        """The details in words, one per line."""
        return lines_of(self.details)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.object_label}"


class AuditSeal(AppendOnlyModel):
    """A digest over the events since the seal before; each seal contains the digest of its predecessor."""

    sealed_at = models.DateTimeField("封存时间")
    first_id = models.BigIntegerField("起始编号")
    last_id = models.BigIntegerField("截止编号")
    count = models.PositiveIntegerField("条数")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "审计封存"
        verbose_name_plural = "审计封存"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"


guards.append_only("audit_auditevent", message="审计记录只能新增，不能修改或删除。")
guards.append_only("audit_auditseal", message="审计封存只能新增，不能修改或删除。")
