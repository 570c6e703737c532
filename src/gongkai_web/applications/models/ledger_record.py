"""One record of a case's ledger: added once, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.applications.ledger import Record
from gongkai.applications.serialisation import record_from_json
from gongkai.law.events import EventKind
from gongkai_web.applications.models.case import Case
from gongkai_web.audit import guards
from gongkai_web.audit.models import AppendOnlyModel

if TYPE_CHECKING:
    from gongkai_web.accounts.models import Agency

STRIKE = "strike"


class LedgerRecord(AppendOnlyModel):
    """What `gongkai.applications` calls an `Entry` or a `Strike`; `number` counts from 0 within the case.

    `key` makes an act idempotent: a second record with the same key is not written.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ledger_records")
    number = models.PositiveIntegerField("序号")
    kind = models.CharField(
        "事项", max_length=24, choices=[(STRIKE, "作废记录"), *((one.value, one.label) for one in EventKind)]
    )
    on = models.DateField("日期")
    data = models.JSONField("内容")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("登记时间")
    key = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="ledger_record_number"),
            models.UniqueConstraint(fields=["case", "key"], condition=~Q(key=""), name="ledger_record_key"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.kind}"

    @property
    def agency(self) -> Agency:
        """The agency of the case."""
        return self.case.agency

    @property
    def record(self) -> Record:
        """As the law's rules read it. Raises: LedgerError."""
        return record_from_json(self.data)


guards.append_only(
    "applications_ledgerrecord", message="办理台账只能新增，不能修改或删除；有误的记录请作废并写明理由。"
)
