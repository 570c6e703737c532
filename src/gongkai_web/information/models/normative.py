"""The register of normative documents 行政规范性文件 and of rules 规章."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from gongkai.information.normative import NormativeDocument, NormativeEventKind, Validity
from gongkai.information.normative import NormativeEvent as EventFact
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models.item import VALIDITY_CHOICES, InformationItem

EVENT_CHOICES = [(kind.value, kind.label) for kind in NormativeEventKind]


class NormativeKind(models.TextChoices):
    """The two rows of table 2 that the register feeds."""

    RULES = "rules", "规章"
    NORMATIVE_DOCUMENT = "normative_document", "行政规范性文件"


class NormativeRecord(models.Model):
    """One entry of the register. What it is worth today follows from its dates and events, see `as_fact`."""

    agency = models.ForeignKey(
        Agency, verbose_name="制定机关", on_delete=models.PROTECT, related_name="normative_records"
    )
    item = models.OneToOneField(
        InformationItem,
        verbose_name="文件全文",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="normative",
    )
    kind = models.CharField(
        "类别", max_length=20, choices=NormativeKind.choices, default=NormativeKind.NORMATIVE_DOCUMENT
    )
    title = models.CharField("文件名称", max_length=300)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    unified_number = models.CharField("统一编号", max_length=80, blank=True)
    issued_on = models.DateField("制发日期")
    effective_on = models.DateField("施行日期")
    in_force_until = models.DateField(
        "有效期至", null=True, blank=True, help_text="到期次日自动转为“失效”。不填表示未规定有效期。"
    )
    basis = models.TextField("制定依据", blank=True)
    legality_review = models.CharField("合法性审核", max_length=200, blank=True, help_text="审核机构和审核意见文号。")
    deliberation = models.CharField("集体审议", max_length=200, blank=True, help_text="审议会议名称和日期。")
    filing_number = models.CharField("备案号", max_length=80, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    validity = models.CharField(
        "有效性", max_length=10, choices=VALIDITY_CHOICES, default=Validity.IN_FORCE.value, editable=False
    )

    class Meta:
        verbose_name = "规范性文件登记"
        verbose_name_plural = "规范性文件登记"
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["agency", "kind", "validity"], name="normative_register")]

    def __str__(self) -> str:
        return self.title

    def validity_label(self) -> str:
        """有效性, for lists."""
        return self.get_validity_display()

    validity_label.short_description = "有效性"  # type: ignore[attr-defined]  # read by the lists

    def clean(self) -> None:
        """Raises: `ValidationError` when the dates are out of order or the item belongs elsewhere."""
        if self.issued_on and self.effective_on and self.effective_on < self.issued_on:
            raise ValidationError({"effective_on": "施行日期不能早于制发日期。"})
        if self.in_force_until and self.effective_on and self.in_force_until < self.effective_on:
            raise ValidationError({"in_force_until": "有效期不能早于施行日期。"})
        if self.item_id and self.item and self.item.agency_id != self.agency_id:
            raise ValidationError({"item": "所选文件不属于这个机构，请重新选择。"})

    def as_fact(self) -> NormativeDocument:
        """The entry as the rules know it."""
        events = tuple(event.as_fact() for event in self.events.all() if event.revoked_at is None)
        return NormativeDocument(self.issued_on, self.effective_on, self.in_force_until, events)


class NormativeEvent(models.Model):
    """修改, 废止, 延长, 失效: with the document that decided it. An entry made by mistake is revoked, not removed."""

    record = models.ForeignKey(NormativeRecord, verbose_name="文件", on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("事项", max_length=20, choices=EVENT_CHOICES)
    effective_on = models.DateField("生效日期")
    until = models.DateField("延长至", null=True, blank=True)
    basis = models.CharField("依据文件", max_length=300, help_text="作出修改、废止、延期决定的文件名称和文号。")
    basis_item = models.ForeignKey(
        InformationItem, verbose_name="依据文件全文", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revocation_reason = models.CharField("更正理由", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = "规范性文件变动"
        verbose_name_plural = "规范性文件变动"
        ordering = ["effective_on", "id"]

    def __str__(self) -> str:
        return f"{self.record} {self.get_kind_display()}"

    @property
    def agency(self) -> Agency:
        """The agency of the register."""
        return self.record.agency

    def clean(self) -> None:
        """Raises: `ValidationError` when an extension names no new last day or an event precedes the document."""
        if (self.kind == NormativeEventKind.EXTENDED.value) != (self.until is not None):
            raise ValidationError({"until": "“延长有效期”须填写延长至何日，其他事项不填。"})
        if self.record_id and self.effective_on and self.effective_on < self.record.issued_on:
            raise ValidationError({"effective_on": "生效日期不能早于文件的制发日期。"})

    def as_fact(self) -> EventFact:
        """The event as the rules know it."""
        return EventFact(NormativeEventKind(self.kind), self.effective_on, self.until)
