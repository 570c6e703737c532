"""The form of a letter: its facts, and for a reply its items. A draft may lack anything; what is missing is marked.

Nothing is refused here, so that half a letter can be kept; `letters.submit` refuses what is incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.applications.letters import Fact, LetterKind, facts_of
from gongkai.applications.letters.deciding import ALREADY_PUBLIC
from gongkai.applications.outcomes import requirement
from gongkai.applications.service import Channel, Service
from gongkai.law.outcomes import outcome_keys
from gongkai_web.applications.forms.answer import MOST_ITEMS, ItemForm
from gongkai_web.applications.forms.fields import DayField, LongText
from gongkai_web.applications.models import Letter, LetterSettings
from gongkai_web.applications.services.letter_facts import LEFT_TO_OFFICER

_PUBLIC_INTEREST = "public_interest"


class LetterForm(forms.Form):
    """The facts that the officer fills in himself. It is only drawn; what comes back is read by `said_in`."""

    def __init__(self, kind: LetterKind, values: Mapping[str, str]) -> None:
        super().__init__(initial=dict(values))
        for fact in filled_in(kind):
            self.fields[fact.key] = _field(fact)
        if kind is LetterKind.REPLY:
            self.fields[_PUBLIC_INTEREST] = LongText(
                label="公共利益的理由和告知第三方的情况", required=False, rows=2,
                help_text="第三方不同意公开且有合理理由，仍然予以公开的，须填写（条例第三十二条）；记入台账，不写入答复书。",
            )  # fmt: skip


def filled_in(kind: LetterKind) -> list[Fact]:
    """The facts that are the officer's to state."""
    return [fact for fact in facts_of(kind) if fact.where == LEFT_TO_OFFICER]


def item_forms(decisions: list[Mapping[str, Any]], *, on: date, number: int) -> list[ItemForm]:
    """One form for each item, filled with what is kept; `number` may be more."""
    kept = [dict(one) for one in decisions[:number]]
    drawn = []
    for place, one in enumerate(kept + [{}] * (number - len(kept))):
        facts = {f"fact-{key}": text for key, text in one.get("facts", {}).items()}
        initial = {"item": one.get("item", ""), "outcome": one.get("outcome", ""), **facts}
        form = ItemForm(on=on, prefix=f"item{place}", initial=initial)
        if form.chosen == "granted":
            form.fields[f"fact-{ALREADY_PUBLIC}"] = forms.BooleanField(
                label="此前已经主动公开（条例第三十六条第一项），本次只告知途径", required=False
            )
        drawn.append(form)
    return drawn


def said_in(data: Mapping[str, str], kind: LetterKind) -> dict[str, str]:
    """The facts that were filled in."""
    names = [fact.key for fact in filled_in(kind)] + ([_PUBLIC_INTEREST] if kind is LetterKind.REPLY else [])
    return {name: data.get(name, "") for name in names}


def decided_in(data: Mapping[str, str]) -> list[dict[str, Any]]:
    """The items that were filled in, each with the facts of its outcome."""
    said = data.get("items", "1")
    number = int(said) if said.isascii() and said.isdigit() else 1
    return [one for place in range(min(max(number, 1), MOST_ITEMS)) if (one := _item(data, f"item{place}-"))]


class ServiceForm(forms.Form):
    """How a letter went out."""

    channel = forms.ChoiceField(label="送达方式", choices=[(one.value, one.label) for one in Channel])
    sent_on = DayField(label="送出、交邮之日", help_text="邮寄的为交邮之日，答复是否按期以此为准。")
    received_on = DayField(
        label="签收之日", required=False, help_text="邮寄的，收到回执后可以补记；复议、起诉期限自签收之日起算。"
    )
    postal = forms.BooleanField(
        label="邮寄的，通过邮政企业寄递", required=False, initial=True, help_text="不得使用其他快递企业。"
    )
    waybill = forms.CharField(label="邮件号码", max_length=40, required=False)
    refused = forms.CharField(
        label="拒收、留置或者他人代收的情况", max_length=200, required=False, help_text="须有见证人签名的，附送达回证。"
    )

    def service(self) -> Service:
        """How it went, of a valid form."""
        said = self.cleaned_data
        return Service(Channel(said["channel"]), said["sent_on"], said["received_on"], said["postal"])


class SettingsForm(forms.ModelForm[LetterSettings]):
    """What the letters of an agency have in common."""

    class Meta:
        model = LetterSettings
        fields = (
            "prefix", "contact_person", "agency_phone", "reconsideration_body", "court", "online_channel",
            "payment_method", "tracking",
        )  # fmt: skip


def first_service(letter: Letter, values: Mapping[str, str], *, today: date) -> dict[str, Any]:
    """What the service form begins with."""
    return {"channel": values.get("service_channel") or Channel.IN_PERSON.value, "sent_on": today, "postal": True}


def _field(fact: Fact) -> forms.Field:
    if fact.form == "date":
        return DayField(label=fact.label, required=False)
    if fact.form == "long":
        return LongText(label=fact.label, required=False, rows=3)
    if fact.form == "choice":
        return forms.ChoiceField(label=fact.label, required=False, choices=[("", "请选择"), *fact.choices.items()])
    if fact.form == "number":
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        return forms.CharField(label=fact.label, required=False, max_length=9, widget=widget)
    return forms.CharField(label=fact.label, required=False, max_length=400)


def _item(data: Mapping[str, str], prefix: str) -> dict[str, Any] | None:
    outcome = data.get(f"{prefix}outcome", "")
    if outcome not in outcome_keys():
        return None
    required = requirement(outcome)
    names = [fact.key for fact in (*required.facts, *(one for facts in required.either for one in facts))]
    stated = {name: data.get(f"{prefix}fact-{name}", "").strip() for name in [*names, ALREADY_PUBLIC]}
    return {
        "item": data.get(f"{prefix}item", "").strip()[:200],
        "outcome": outcome,
        "facts": {name: text[:4000] for name, text in stated.items() if text},
    }
