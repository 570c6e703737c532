"""What a supervisor, who may not read names, gets to see: every screen, the table to download, the search."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from gongkai.applications import Entry
from gongkai.applications.details import Asked
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.applications.files import NewFile, add_file
from gongkai_web.applications.models import Case, FileKind
from gongkai_web.applications.services import events

Make = Callable[..., Case]
CANARY = "金丝雀"
SECRETS = (f"{CANARY}某某", f"{CANARY}乙", f"{CANARY}路", f"{CANARY}身份证", f"{CANARY}丁", "13811112222")


@pytest.fixture
def case(make_case: Make, officer: User) -> Case:
    """A case with a canary in what a person is known by."""
    made = make_case(name=f"{CANARY}某某", contact_name=f"{CANARY}乙", phone="13811112222", address=f"{CANARY}路1号")
    add_file(made, NewFile(f"{CANARY}身份证.pdf", b"%PDF", "application/pdf", FileKind.PROOF), by=officer)
    events.record(made, Entry(EventKind.THIRD_PARTY_ASKED, date(2025, 3, 5), Asked(f"{CANARY}丁")), by=officer)
    return made


def names_of_screens() -> list[str]:
    """The names of all addresses of this app in the back office."""

    def walk(patterns: list[Any]) -> list[str]:
        found = []
        for one in patterns:
            if isinstance(one, URLResolver):
                found += walk(one.url_patterns)
            elif isinstance(one, URLPattern) and str(one.name or "").startswith("applications_"):
                found.append(str(one.name))
        return found

    return sorted(set(walk(get_resolver().url_patterns)))


def addresses(case: Case) -> list[str]:
    """Every address that a case, its file or nothing at all completes."""
    file = case.files.get()
    tried: list[dict[str, Any]] = [
        {},
        {"pk": case.pk},
        {"pk": case.pk, "file_pk": file.pk},
        {"pk": case.pk, "kind": "answered"},
        {"pk": case.pk, "number": 1},
    ]
    found = []
    for name in names_of_screens():
        for values in tried:
            try:
                found.append(reverse(name, kwargs=values))
            except NoReverseMatch:
                continue
    return found


def texts(content: bytes) -> str:
    """A page, or every part of a spreadsheet."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def seen(client: Client, address: str) -> str:
    """What the browser gets, whatever the status."""
    response = client.get(address)
    return texts(b"".join(response.streaming_content) if response.streaming else response.content)


def test_a_supervisor_sees_no_name_on_any_screen(
    case: Case, government: Agency, make_user: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(make_user(Role.SUPERVISOR, government))
    shown = {address: seen(client, address) for address in addresses(case)}
    assert case.number in shown[reverse("applications_case", args=[case.pk])]
    assert "金****" in shown[reverse("applications_register")]
    assert [(address, secret) for address, text in shown.items() for secret in SECRETS if secret in text] == []


def test_the_officer_does_see_whom_he_answers(case: Case, officer: User, sign_in: Callable[[User], Client]) -> None:
    assert f"{CANARY}某某" in seen(sign_in(officer), reverse("applications_applicant", args=[case.pk]))


def test_what_an_officer_exports_holds_the_names_and_a_supervisor_s_does_not(
    case: Case, officer: User, government: Agency, make_user: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    address = reverse("applications_export")
    assert f"{CANARY}某某" in seen(sign_in(officer), address)
    supervisor = seen(sign_in(make_user(Role.SUPERVISOR, government)), address)
    assert case.number in supervisor
    assert CANARY not in supervisor


def test_neither_the_portal_nor_its_search_knows_of_a_case(case: Case, settings: Any, tmp_path: Path) -> None:
    settings.GONGKAI_SEARCH_BACKEND = "tantivy"
    settings.GONGKAI_SEARCH_DIRECTORY = str(tmp_path / "search")
    cache.clear()
    call_command("search_rebuild", verbosity=0)
    client = Client()
    found = [seen(client, "/"), seen(client, f"/search/?q={case.subject[:4]}"), seen(client, "/apply/")]
    assert not any(secret in text or case.number in text for text in found for secret in SECRETS)
    assert case.subject not in "".join(found)
