"""Registration at the counter and of the morning's post: one screen, from top to bottom with the Tab key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from gongkai.applications import ApplicantType
from gongkai.applications.errors import LedgerError
from gongkai.applications.receipt import Arrival, Entrance, ReceiptDay, receipt_day
from gongkai.information.codes import is_social_credit_code
from gongkai.law.errors import LawError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.applications.forms.fields import DayField, LongText, PlainForm
from gongkai_web.applications.models import Delivery, IdKind, Media
from gongkai_web.applications.services.intake import ApplicantData

ORAL = "oral"
# What comes by the web form registers itself.
ENTRANCES = [
    (Entrance.IN_PERSON.value, "当面提交"),
    (ORAL, "当面口头提出（工作机构代填）"),
    (Entrance.REGISTERED_MAIL.value, "邮寄（签收）"),
    (Entrance.ORDINARY_MAIL.value, "平常信函（平信）"),
    (Entrance.FAX.value, "传真"),
    (Entrance.EMAIL.value, "电子邮件"),
]


class ArrivalForm(PlainForm):
    """How and when it came. Only the days that count for the entrance are asked for."""

    entrance = forms.ChoiceField(label="申请方式", choices=ENTRANCES)
    submitted_on = DayField(
        label="提交、寄出之日", required=False, help_text="当面、口头提出的必填；信件、传真、邮件写其日期，可以不填。"
    )
    signed_on = DayField(label="签收之日", required=False, help_text="邮寄（签收）的必填。")
    confirmed_on = DayField(
        label="与申请人确认之日", required=False,
        help_text="平信、传真、电子邮件的必填：收到当天即联系申请人，双方确认之日为收到之日。",
    )  # fmt: skip

    def arrival(self) -> Arrival:
        """As the law reads it; an oral application is one made in person."""
        said = self.cleaned_data
        entrance = Entrance.IN_PERSON if said["entrance"] == ORAL else Entrance(said["entrance"])
        return Arrival(entrance, said.get("submitted_on"), said.get("signed_on"), said.get("confirmed_on"))

    def receipt(self) -> ReceiptDay:
        """The day of receipt with its article. Raises: LawError where the day that counts is not given."""
        return receipt_day(self.arrival())

    def clean(self) -> dict[str, Any]:
        """The day of receipt can be told."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "entrance" in data and not self.errors.keys() & {"submitted_on", "signed_on", "confirmed_on"}:
            try:
                self.receipt()
            except (LedgerError, LawError) as error:
                self.add_error(_DAY_OF[data["entrance"]], f"{error.message}{error.hint}")
        return data


_DAY_OF = {
    Entrance.IN_PERSON.value: "submitted_on",
    ORAL: "submitted_on",
    Entrance.REGISTERED_MAIL.value: "signed_on",
    Entrance.ORDINARY_MAIL.value: "confirmed_on",
    Entrance.FAX.value: "confirmed_on",
    Entrance.EMAIL.value: "confirmed_on",
    Entrance.WEB_FORM.value: "submitted_on",
}


class ApplicantForm(PlainForm):
    """Who applies (条例 §29): name, proof of identity, contact. No purpose is asked for."""

    applicant_type = forms.ChoiceField(
        label="申请人类别", choices=[(one.value, one.label) for one in ApplicantType],
        help_text="按表三的六类；登记后不能随意改动，改动须写明理由。",
    )  # fmt: skip
    name = forms.CharField(label="姓名或者名称", max_length=100)
    id_kind = forms.ChoiceField(label="证件类型", choices=[("", "未提供"), *IdKind.choices], required=False)
    id_number = forms.CharField(label="证件号码", max_length=40, required=False)
    legal_representative = forms.CharField(label="法定代表人或者负责人", max_length=60, required=False)
    contact_name = forms.CharField(label="联系人", max_length=60, required=False)
    phone = forms.CharField(
        label="联系电话", max_length=40, required=False,
        validators=[RegexValidator(r"^[\d\-+()（）\s转]{5,40}$", "电话只能包含数字、空格、括号、“+”“-”和“转”。")],
    )  # fmt: skip
    email = forms.EmailField(label="电子邮箱", required=False)
    address = forms.CharField(label="联系地址", max_length=200, required=False)
    postcode = forms.CharField(
        label="邮政编码", max_length=6, required=False, validators=[RegexValidator(r"^\d{6}$", "邮政编码为6位数字。")]
    )

    def clean(self) -> dict[str, Any]:
        """A kind of paper has a number, and a way to reach the applicant there has to be."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("id_kind") and not data.get("id_number"):
            self.add_error("id_number", "选择了证件类型，请填写证件号码；没有提供的，证件类型选“未提供”。")
        if data.get("id_kind") == IdKind.CREDIT_CODE and not is_social_credit_code(data.get("id_number", "").upper()):
            self.add_error("id_number", "统一社会信用代码校验不通过：应为18位且末位校验码正确，请核对证照。")
        if not any(data.get(name) for name in ("phone", "email", "address")):
            self.add_error("phone", "联系电话、电子邮箱、联系地址至少填写一项（条例第二十九条）。")
        return data

    def applicant(self) -> ApplicantData:
        """As the service takes it."""
        said = self.cleaned_data
        names = ("name", "id_kind", "id_number", "contact_name", "legal_representative", "phone", "email",
                 "address", "postcode")  # fmt: skip
        return ApplicantData(ApplicantType(said["applicant_type"]), **{name: said.get(name, "") for name in names})


class RegistrationForm(ArrivalForm, ApplicantForm):
    """The whole screen."""

    agency = forms.ModelChoiceField(label="受理机构", queryset=Agency.objects.none(), empty_label=None)
    subject = forms.CharField(
        label="所需政府信息的名称", max_length=200, help_text="名称、文号或者便于查询的其他特征。"
    )
    description = LongText(label="内容描述", required=False, rows=4)
    delivery = forms.ChoiceField(label="提供方式", choices=Delivery.choices, initial=Delivery.POST)
    carrier = forms.ChoiceField(label="载体形式", choices=Media.choices, initial=Media.PAPER)

    field_order = (
        "agency", "entrance", "submitted_on", "signed_on", "confirmed_on",
        "applicant_type", "name", "id_kind", "id_number", "legal_representative", "contact_name", "phone", "email",
        "address", "postcode", "subject", "description", "delivery", "carrier",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
        field.queryset = agencies_for(user, Capability.HANDLE_APPLICATIONS)
        field.initial = user.home_id
        self.fields["entrance"].widget.attrs["autofocus"] = True


class CorrectionForm(ArrivalForm):
    """Correcting the receipt itself: the old record stays, struck out, with the reason."""

    applicant_type = forms.ChoiceField(label="申请人类别", choices=[(one.value, one.label) for one in ApplicantType])
    reason = LongText(label="更正的理由", max_length=500)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["entrance"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [(one.value, one.label) for one in Entrance]
