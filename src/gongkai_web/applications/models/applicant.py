"""The applicant and the others whose names a case knows: sealed at rest, shown to those who handle the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from gongkai_web.applications.crypto import EncryptedTextField
from gongkai_web.applications.masking import masked_contact, masked_name
from gongkai_web.applications.models.case import Case

if TYPE_CHECKING:
    from gongkai_web.accounts.models import Agency


class IdKind(models.TextChoices):
    """The paper by which an applicant proves who he is (条例 §29)."""

    IDENTITY_CARD = "identity_card", "居民身份证"
    PASSPORT = "passport", "护照"
    HONGKONG_MACAU_PERMIT = "hongkong_macau_permit", "港澳居民来往内地通行证或居住证"
    TAIWAN_PERMIT = "taiwan_permit", "台湾居民来往大陆通行证或居住证"
    FOREIGNER_PERMIT = "foreigner_permit", "外国人永久居留身份证"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    OTHER = "other", "其他有效证件"


class Applicant(models.Model):
    """Who applies for one case. `same_person` and `name_index` are blind indexes, see `crypto.blind`."""

    SEALED: ClassVar[tuple[str, ...]] = (
        "name", "id_number", "contact_name", "legal_representative", "phone", "email", "address", "postcode",
    )  # fmt: skip

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="applicant")
    name = EncryptedTextField("姓名或者名称", blank=True)
    id_kind = models.CharField("证件类型", max_length=24, choices=IdKind.choices, blank=True)
    id_number = EncryptedTextField("证件号码", blank=True)
    contact_name = EncryptedTextField("联系人", blank=True)
    legal_representative = EncryptedTextField("法定代表人或者负责人", blank=True)
    phone = EncryptedTextField("联系电话", blank=True)
    email = EncryptedTextField("电子邮箱", blank=True)
    address = EncryptedTextField("联系地址", blank=True)
    postcode = EncryptedTextField("邮政编码", blank=True)
    same_person = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    name_index = models.CharField(max_length=32, blank=True, editable=False, db_index=True)

    class Meta:
        verbose_name = "申请人"
        verbose_name_plural = "申请人"

    def __str__(self) -> str:
        """Masked: this text ends up in logs."""
        return self.masked_name

    @property
    def agency(self) -> Agency:
        """The agency of the case."""
        return self.case.agency

    @property
    def masked_name(self) -> str:
        """For lists, and for those who may not see the person."""
        return masked_name(self.name, organisation=self.id_kind == IdKind.CREDIT_CODE)

    @property
    def masked_contact(self) -> str:
        """The telephone number, else the mail address, with its middle left out."""
        return masked_contact(self.phone or self.email)

    @property
    def masked_id_number(self) -> str:
        """The first and the last digits."""
        return masked_contact(self.id_number)


class Party(models.Model):
    """A third party or co-author who is consulted. The ledger, which is never erased, knows it by its label only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    label = models.CharField("代称", max_length=20)
    coauthor = models.BooleanField("共同制作机关", default=False)
    name = EncryptedTextField("姓名或者名称", blank=True)
    phone = EncryptedTextField("联系电话", blank=True)
    address = EncryptedTextField("联系地址", blank=True)
    name_index = models.CharField(max_length=32, blank=True, editable=False)

    SEALED: ClassVar[tuple[str, ...]] = ("name", "phone", "address")

    class Meta:
        verbose_name = "征求意见对象"
        verbose_name_plural = "征求意见对象"
        ordering = ["case", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "label"], name="party_label_once")]

    def __str__(self) -> str:
        return self.label
