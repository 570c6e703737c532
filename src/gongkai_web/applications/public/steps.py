"""The steps of the form, in order, and what each of them makes of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.applications import ApplicantType
from gongkai_web.applications.public.forms import DeliveryForm, DescribeForm, IdentityForm, Step
from gongkai_web.applications.services.intake import ApplicantData

SEARCH, PREVIEW = "search", "preview"
FORMS: dict[str, type[Step]] = {"describe": DescribeForm, "identity": IdentityForm, "delivery": DeliveryForm}
LABELS = {
    SEARCH: "先找一找",
    "describe": "所需信息",
    "identity": "身份和联系方式",
    "delivery": "提供方式",
    PREVIEW: "核对并提交",
}
_ORDER = [*FORMS, PREVIEW]
Data = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Mark:
    """One step as the head of the page shows it; `state` is `done`, `here` or empty."""

    name: str
    label: str
    state: str


def marks(here: str, data: Data) -> list[Mark]:
    """All steps; those that are complete are done."""
    complete = {SEARCH, *(name for name, form in filled(data).items() if form.is_valid())} if here != SEARCH else set()
    return [
        Mark(name, label, "here" if name == here else "done" if name in complete else "")
        for name, label in LABELS.items()
    ]


def after(name: str) -> str:
    """The next step."""
    return _ORDER[_ORDER.index(name) + 1]


def before(name: str) -> str:
    """The step before; empty for the first form."""
    place = _ORDER.index(name)
    return _ORDER[place - 1] if place else ""


def form_of(name: str, data: Data, *, given: Any = None) -> Step:
    """The form of a step: with what was just `given`, or showing what the draft holds."""
    if given is not None:
        return FORMS[name](given, others=data.get("identity"))
    return FORMS[name](initial=data.get(name, {}), others=data.get("identity"))


def filled(data: Data) -> dict[str, Step]:
    """Every form with what the draft holds, ready to be judged."""
    return {name: form_of(name, data, given=data.get(name, {})) for name in FORMS}


@dataclass(frozen=True)
class Whole:
    """A complete application."""

    applicant: ApplicantData
    subject: str
    description: str
    delivery: str
    media: str


def whole(forms: dict[str, Step]) -> Whole:
    """What the forms say together; all of them have to be valid."""
    describe, said, delivery = forms["describe"], forms["identity"].cleaned_data, forms["delivery"].cleaned_data
    assert isinstance(describe, DescribeForm)  # noqa: S101  # declared above
    help_wanted = "申请人在阅读、视听或者书写方面有困难，希望得到帮助（条例第四十三条）。"
    description = [describe.description, help_wanted if said["needs_help"] else ""]
    kept = (
        "name",
        "id_kind",
        "id_number",
        "contact_name",
        "legal_representative",
        "phone",
        "email",
        "address",
        "postcode",
    )
    return Whole(
        ApplicantData(kind=ApplicantType(said["applicant_type"]), **{name: said[name] for name in kept}),
        describe.cleaned_data["subject"],
        "\n".join(part for part in description if part),
        delivery["delivery"],
        delivery["media"],
    )


@dataclass(frozen=True)
class Line:
    """One line of the preview."""

    label: str
    value: str


def lines(form: Step) -> Iterator[Line]:
    """What was filled in, in the words of the form; what was left blank is left out."""
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if value in ("", None, False):
            continue
        choices = dict(getattr(field, "choices", ()))
        yield Line(str(field.label), "是" if value is True else str(choices.get(value, value)))
