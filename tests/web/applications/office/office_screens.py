"""Addresses and forms of the officer's screens."""

from __future__ import annotations

from typing import Any

from django.test import Client

from gongkai_web.applications.models import Case

ROOT = "/admin/applications/"


def address_of(case: Case, rest: str = "") -> str:
    """The case's page, or one below it."""
    return f"{ROOT}case/{case.pk}/{rest}"


def text_of(response: Any) -> str:
    """The page as sent."""
    text: str = response.content.decode()
    return text


def confirm(desk: Client, case: Case, address: str, **said: Any) -> Any:
    """Fill in, look at the effect, confirm: what the page of the effect carries is sent again."""
    form = desk.get(address_of(case, address)).context["form"]
    values = {"on": form.fields["on"].initial, "seen": case.records, "key": "a-key-of-this-test", **said}
    shown = desk.post(address_of(case, address), {**values, "act": "preview"})
    assert shown.status_code == 200, shown.context["form"].errors
    assert shown.context["effect"] is not None, shown.context["form"].errors
    carried: dict[str, list[str]] = {}
    for name, value in shown.context["said"]:
        carried.setdefault(name, []).append(value)
    sent = {**carried, "seen": case.records, "key": values["key"], "act": "confirm"}
    return desk.post(address_of(case, address), sent)
