"""The steps of an application as forms. What the law asks for is required, and nothing else; there is no purpose.

Source: 条例 §29: name, proof of identity, contact; name, number or other features; form of provision.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from gongkai.applications import ApplicantType
from gongkai_web.applications.models import Delivery, IdKind, Media
from gongkai_web.applications.public import proofs
from gongkai_web.applications.public.identity_numbers import problem_of

_LONG = 3000
_ASK = "请选择一项。"


def _text(label: str, *, most: int, help_text: str = "", required: bool = False, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": f"请填写{label}。", "max_length": f"最多 {most} 个字，请缩短。"},
    )


def _long(label: str, *, help_text: str = "", required: bool = False, rows: int = 5) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=_LONG,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"最多 {_LONG} 个字，请缩短，其余内容可作为附件。",
        },
    )


def _choice(label: str, choices: Any, *, help_text: str = "", widget: Any = forms.RadioSelect) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        widget=widget,
        error_messages={"required": _ASK, "invalid_choice": _ASK},
    )


class Step(forms.Form):
    """One step. `others` holds what the other steps say, for rules that need both."""

    def __init__(self, data: Any = None, *, others: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.others = others or {}

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, right or wrong: the draft keeps it as it is."""
        return {name: str(self.data.get(name) or "")[:_LONG] for name in self.fields if name != "proof"}

    def refuse(self, field: str, sentence: str) -> None:
        """Put the sentence under the field."""
        self.add_error(field, sentence)


class DescribeForm(Step):
    """Which information; a name, or a number, or features by which it can be found."""

    subject = _text(
        "所需政府信息的名称", most=200, required=True,
        help_text="例如：某年某项目的验收报告。不知道准确名称的，用自己的话概括即可。",
    )  # fmt: skip
    document_number = _text("文号", most=60, help_text="知道的话填写，例如：某卫发〔2024〕12号。")
    features = _long(
        "其他特征描述",
        help_text="便于机关查找的线索：形成的时间、地点、涉及的单位或者事项。一份申请写一件事，办得更快。",
    )

    @property
    def description(self) -> str:
        """Number and features as the case keeps them."""
        number, features = self.cleaned_data["document_number"], self.cleaned_data["features"]
        return "\n".join(part for part in (f"文号：{number}" if number else "", features) if part)


class IdentityForm(Step):
    """Who applies, the proof of it, and how he can be reached."""

    ORGANISATION: ClassVar[str] = IdKind.CREDIT_CODE.value

    applicant_type = _choice("申请人类别", [(kind.value, kind.label) for kind in ApplicantType])
    name = _text("姓名或者名称", most=100, required=True, autocomplete="name")
    id_kind = _choice("证件类型", [("", "请选择"), *IdKind.choices], widget=forms.Select)
    id_number = _text("证件号码", most=40, required=True, autocomplete="off", spellcheck="false")
    legal_representative = _text("法定代表人或者负责人", most=60, help_text="自然人不用填写。")
    contact_name = _text("联系人", most=60, help_text="与申请人不同时填写。")
    phone = _text("联系电话", most=30, autocomplete="tel", inputmode="tel")
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=100,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "电子邮箱的格式不对，应类似 name@example.cn。", "max_length": "最多 100 个字。"},
    )
    address = _text("联系地址", most=200, autocomplete="street-address", help_text="选择邮寄的，须填写。")
    postcode = _text("邮政编码", most=6, autocomplete="postal-code", inputmode="numeric")
    needs_help = forms.BooleanField(
        label="我在阅读、视听或者书写方面有困难，希望得到帮助", required=False, help_text="条例第四十三条。"
    )

    def clean_id_number(self) -> str:
        """Without spaces; the check letter in capitals."""
        return "".join(str(self.cleaned_data["id_number"]).split()).upper()

    def clean(self) -> dict[str, Any]:
        """Rules that need several fields."""
        given = self.cleaned_data
        natural = given.get("applicant_type") == ApplicantType.NATURAL_PERSON.value
        id_kind, number = given.get("id_kind", ""), given.get("id_number", "")
        if natural and id_kind == self.ORGANISATION:
            self.refuse("id_kind", "自然人请选择居民身份证等个人证件。")
        elif number and (problem := problem_of(id_kind, number)):
            self.refuse("id_number", problem)
        if given.get("postcode") and not given["postcode"].isdigit():
            self.refuse("postcode", "邮政编码为6位数字。")
        if not self.errors.get("email") and not (given.get("phone") or given.get("email") or given.get("address")):
            self.refuse("phone", "请至少填写联系电话、电子邮箱、联系地址中的一项，以便机关与您联系。")
        return given


class DeliveryForm(Step):
    """How the information is to be provided."""

    OFFERED: ClassVar[list[tuple[str, str]]] = [
        (value, label) for value, label in Delivery.choices if value != Delivery.FAX.value
    ]

    delivery = _choice("获取信息的方式", OFFERED)
    media = _choice("信息的载体", Media.choices)  # type: ignore[assignment]  # Django moves fields out of the class

    def clean(self) -> dict[str, Any]:
        """What can be sent that way, and to where."""
        given, reached = self.cleaned_data, self.others
        delivery, media = given.get("delivery"), given.get("media")
        if delivery == Delivery.POST and not reached.get("address"):
            self.refuse("delivery", "选择邮寄的，请回到“身份和联系方式”填写联系地址。")
        if delivery == Delivery.EMAIL and not reached.get("email"):
            self.refuse("delivery", "选择电子邮件的，请回到“身份和联系方式”填写电子邮箱。")
        if delivery in (Delivery.NET, Delivery.EMAIL) and media and media != Media.ELECTRONIC:
            self.refuse("media", "网上和电子邮件提供的是电子文件，请改选“电子文件”，或者改选其他方式。")
        if delivery == Delivery.POST and media == Media.ELECTRONIC:
            self.refuse("media", "邮寄的请选择“纸质”或者“光盘等电子介质”。")
        return given


class TrackForm(forms.Form):
    """Number and secret of the receipt."""

    number = _text("受理编号", most=40, required=True, autocomplete="off", spellcheck="false")
    secret = _text(
        "查询码", most=40, required=True, autocomplete="off", spellcheck="false",
        help_text="回执上的12位字母和数字，短横线可以不填，不分大小写。",
    )  # fmt: skip


class WordsForm(forms.Form):
    """What the applicant says: a correction or reasons."""

    words = _long("", required=True, rows=7)

    def __init__(self, data: Any = None, *, label: str, help_text: str = "") -> None:
        super().__init__(data)
        field = self.fields["words"]
        field.label, field.help_text = label, help_text
        field.error_messages["required"] = f"请填写{label}。"


PROOF_HELP = f"身份证正反面、营业执照等的照片或者扫描件：{proofs.RULES}没有上传的，机关可能会与您联系核对。"
