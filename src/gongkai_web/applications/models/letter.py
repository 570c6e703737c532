"""Letters of a case: drafted, reviewed, signed under a number, served. What is signed is sealed and never changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.applications.letters import Kind, LetterKind, kind_of
from gongkai.applications.service import Channel
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.crypto import EncryptedTextField
from gongkai_web.applications.models.case import Case
from gongkai_web.audit import guards


class LetterState(models.TextChoices):
    """How far a letter has come."""

    DRAFT = "draft", "起草中"
    REVIEW = "review", "待审签"
    SIGNED = "signed", "已签发"
    SERVED = "served", "已送达"
    VOID = "void", "已作废"


class Letter(models.Model):
    """One letter. `facts` is what the officer filled in (JSON); everything else comes from the case when it is shown.

    When it is signed, `frozen` keeps the whole text with a salt, `digest` its SHA-256, `law` the values of the law it
    rests on. `key` makes drafting idempotent.
    """

    case = models.ForeignKey(Case, verbose_name="公开申请", on_delete=models.PROTECT, related_name="letters")
    agency = models.ForeignKey(Agency, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("文书", max_length=32, choices=[(one.value, one.label) for one in LetterKind])
    state = models.CharField("状态", max_length=8, choices=LetterState.choices, default=LetterState.DRAFT)
    facts = EncryptedTextField(blank=True)
    opinion = EncryptedTextField("审签意见", blank=True)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)
    number = models.CharField("文号", max_length=80, blank=True, editable=False)
    dated = models.DateField("落款日期", null=True, editable=False)
    frozen = EncryptedTextField(blank=True, editable=False)
    digest = models.CharField("摘要", max_length=64, blank=True, editable=False)
    law = models.JSONField("所依据的规定", default=list, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="起草人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="签发人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("起草时间", default=timezone.now, editable=False)
    signed_at = models.DateTimeField("签发时间", null=True, editable=False)
    channel = models.CharField(
        "送达方式", max_length=12, blank=True, choices=[(one.value, one.label) for one in Channel]
    )
    sent_on = models.DateField("送出、交邮之日", null=True)
    received_on = models.DateField("签收之日", null=True)
    waybill = models.CharField("邮件号码", max_length=40, blank=True)
    refused = models.CharField("拒收、留置情况", max_length=200, blank=True)
    void_reason = models.CharField("作废理由", max_length=200, blank=True)
    key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering = ["case", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "serial"], name="letter_number_once"),
            models.UniqueConstraint(fields=["case", "key"], condition=~Q(key=""), name="letter_drafted_once"),
        ]

    def __str__(self) -> str:
        """Without anything of its content: this text ends up in logs."""
        return f"{self.get_kind_display()}　{self.number or self.case.number}"

    @property
    def letter_kind(self) -> LetterKind:
        return LetterKind(self.kind)

    @property
    def told(self) -> Kind:
        """What its kind consists of."""
        return kind_of(self.letter_kind)

    @property
    def is_signed(self) -> bool:
        """Whether its text is fixed."""
        return self.state in (LetterState.SIGNED, LetterState.SERVED, LetterState.VOID)


class LetterSettings(models.Model):
    """What the letters of an agency have in common: filled in once, offered in every new letter."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="letter_settings")
    prefix = models.CharField(
        "文号代字", max_length=20, blank=True, help_text="例如“云卫公开”，文号即为“云卫公开〔2025〕1号”。"
    )
    contact_person = models.CharField("联系人", max_length=40, blank=True)
    agency_phone = models.CharField("联系电话", max_length=60, blank=True)
    reconsideration_body = models.CharField(
        "行政复议机关", max_length=80, blank=True, help_text="部门一般为本级人民政府（行政复议法第二十四条）。"
    )
    court = models.CharField("有管辖权的人民法院", max_length=80, blank=True)
    online_channel = models.CharField(
        "网上申请行政复议的渠道", max_length=200, blank=True,
        help_text="通过网络送达的，应当同时提供（行政复议法第二十二条第二款）。",
    )  # fmt: skip
    payment_method = models.CharField("信息处理费缴纳方式", max_length=200, blank=True)
    tracking = models.CharField("查询办理进度的网址", max_length=200, blank=True)

    class Meta:
        verbose_name = "文书设置"
        verbose_name_plural = "文书设置"

    def __str__(self) -> str:
        return f"{self.agency}的文书设置"


_TABLE = "applications_letter"
_FIXED = (
    "case_id", "agency_id", "kind", "facts", "year", "serial", "number", "dated", "frozen", "digest", "law",
    "drafted_by_id", "signed_by_id", "signed_at",
)  # fmt: skip
_SIGNED = "OLD.state IN ('signed', 'served', 'void')"
_CHANGED = " OR ".join(f"CAST(NEW.{one} AS TEXT) IS DISTINCT FROM CAST(OLD.{one} AS TEXT)" for one in _FIXED)
_ALONE = "NEW.signed_by_id IS NULL OR NEW.digest = '' OR NEW.signed_by_id = NEW.drafted_by_id"
guards.register(
    guards.Guard(
        f"{_TABLE}_fixed", _TABLE, "UPDATE",
        f"{_SIGNED} AND ({_CHANGED})",
        "签发以后的文书不能修改；有误的请作废后另行制作。",
    ),
    guards.Guard(
        f"{_TABLE}_forward", _TABLE, "UPDATE", f"{_SIGNED} AND NEW.state IN ('draft', 'review')",
        "签发以后的文书不能退回起草。",
    ),
    guards.Guard(
        f"{_TABLE}_two_people", _TABLE, "UPDATE",
        f"NEW.serial IS NOT NULL AND ({_ALONE})",
        "编号的文书须由起草人以外的人签发。",
    ),
    guards.Guard(
        f"{_TABLE}_two_people_at_once", _TABLE, "INSERT", f"NEW.serial IS NOT NULL AND ({_ALONE})",
        "编号的文书须由起草人以外的人签发。",
    ),
    guards.Guard(f"{_TABLE}_kept", _TABLE, "DELETE", "OLD.state <> 'draft'", "送审以后的文书不能删除。"),
)  # fmt: skip
