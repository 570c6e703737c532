"""Every address × nobody and six roles × what is their agency's and what is another's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from walk_routes import Audience, Expectation, Route, expectation_of, routes
from walk_world import PUBLIC, Side, build

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.information.models import AgencyDocument
from gongkai_web.interchange.models import Job, JobState
from gongkai_web.search import services as search_services

pytestmark = pytest.mark.django_db

SIX = (Role.DRAFTER, Role.REVIEWER_1, Role.CONFIDENTIALITY, Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR)
PERSONAS = (None, *SIX)
REFUSALS = {302, 403, 404, 405}
OWN, OTHER = "金丝猴暗语", "白鳍豚暗语"
_DOMAIN = ("accounts", "proactive", "information", "interchange", "applications", "annual_report")


@pytest.fixture
def sides(
    agency: Agency,
    other_agency: Agency,
    make_user: Callable[..., User],
    make_file: Callable[..., AgencyDocument],
    sign_next: Callable[..., Any],
    settings: Any,
    tmp_path: Path,
) -> tuple[Side, Side]:
    """The personas' own agency, and the other one; both with live items in the index."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.GONGKAI_SEARCH_DIRECTORY = str(tmp_path / "search")
    settings.GONGKAI_SEARCH_PER_MINUTE = 0
    made = []
    for place, canary in ((agency, OWN), (other_agency, OTHER)):
        people = {role: make_user(role, place, full_name=f"{canary}{role.label}", home=place) for role in Role}
        made.append(build(Side(place, canary, people), make_file=make_file, sign_next=sign_next))
    search_services.rebuild()
    return made[0], made[1]


def _client(side: Side, role: Role | None, sign_in: Callable[[User], Client]) -> Client:
    client = Client() if role is None else sign_in(side.people[role])
    client.raise_request_exception = False  # a failure is an answer to be judged, with the address that gave it
    return client


def _visits(sides: tuple[Side, Side]) -> Iterator[tuple[Route, Expectation, Side, str]]:
    """Each address once, or once per side where it names a thing."""
    for route in routes():
        stated = expectation_of(route)
        assert stated is not None, route
        for side in sides if route.is_keyed and stated.of_agency else sides[:1]:
            keys = stated.keys(side) if stated.keys else {}
            yield route, stated, side, route.address(_Anything(keys))


class _Anything(dict[str, object]):
    """Wagtail's closed screens take keys of all kinds: 1 for each."""

    def __missing__(self, name: str) -> object:
        return 1


def _allowed(stated: Expectation, route: Route, side: Side, user: User | None) -> bool:
    """What the permissions say, of the thing's agency or of the person's own."""
    if stated.audience is Audience.PUBLIC or stated.audience is Audience.OWN_ACCOUNT:
        return True
    if user is None or stated.audience is Audience.NOBODY:
        return False
    if stated.audience is Audience.STAFF:
        return True
    place = side.agency if route.is_keyed and stated.of_agency else user.home
    return any(can(user, capability, place) for capability in stated.any_of)  # type: ignore[arg-type]  # has a home


def _text(response: HttpResponse) -> str:
    """Everything that was sent: headers, body, what is packed in an archive."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    parts = [repr(dict(response.headers)).encode(), body]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts += [archive.read(name) for name in archive.namelist()] + [str(archive.namelist()).encode()]
    return b"\n".join(parts).decode(errors="ignore")


def test_every_address_states_who_may_reach_it() -> None:
    assert [f"{route.name} {route.pattern}" for route in routes() if expectation_of(route) is None] == []


@pytest.mark.parametrize("role", PERSONAS, ids=lambda role: role or "nobody")
def test_each_address_answers_whom_it_is_for_and_shows_nothing_of_others(
    role: Role | None, sides: tuple[Side, Side], sign_in: Callable[[User], Client]
) -> None:
    own = sides[0]
    user = own.people[role] if role else None
    wrong = []
    for route, stated, side, address in _visits(sides):
        # A new client each time: signing out is one of the addresses.
        response = _client(own, role, sign_in).get(address)
        hidden = [OTHER] if role and stated.audience is not Audience.PUBLIC else [OWN, OTHER]
        leaked = [word for word in hidden if word in _text(response)]
        good = stated.answers if _allowed(stated, route, side, user) else REFUSALS
        if response.status_code not in good or leaked:
            wrong.append(f"{route.name} {address}: {response.status_code} {leaked}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", PERSONAS, ids=lambda role: role or "nobody")
def test_nothing_is_changed_by_who_posts_to_what_is_anothers(
    role: Role | None, sides: tuple[Side, Side], sign_in: Callable[[User], Client]
) -> None:
    own, other = sides
    client = _client(own, role, sign_in)
    before = _state()
    sent = {"agency": other.agency.pk, "title": "改", "name": "改", "reason": "改", "opinion": "改", "act": "sign",
            "seen": "x", "outcome": "open", "action-submit-review": "1", "set": "art20", "body": "改"}  # fmt: skip
    for route, stated, side, address in _visits(sides):
        if stated.audience in {Audience.PUBLIC, Audience.OWN_ACCOUNT} or side is not other:
            continue
        response = client.post(address, sent)
        assert response.status_code in {*REFUSALS, 400}, f"{route.name} {address}: {response.status_code}"
    assert _state() == before


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.REVIEWER_1], ids=lambda role: role or "nobody")
def test_nothing_is_changed_by_who_may_not_write(
    role: Role | None, sides: tuple[Side, Side], sign_in: Callable[[User], Client]
) -> None:
    """On the own agency's things: a reader's POST is refused wherever reading is all he may do."""
    own = sides[0]
    client = _client(own, role, sign_in)
    before = _state()
    for route, stated, side, address in _visits(sides):
        if stated.audience in {Audience.PUBLIC, Audience.OWN_ACCOUNT} or side is not own or _writes(stated, own, role):
            continue
        response = client.post(address, {"agency": own.agency.pk, "title": "改", "reason": "改", "act": "return"})
        assert response.status_code < 500, f"{route.name} {address}"
    assert _state() == before


def _writes(stated: Expectation, side: Side, role: Role | None) -> bool:
    """Whether writing there is the role's own work: an officer's with cases, letters and reports."""
    if role is None:
        return False
    own_work = {Capability.HANDLE_APPLICATIONS, Capability.EDIT_REPORT} & set(stated.any_of)
    return any(can(side.people[role], capability, side.agency) for capability in own_work)


def _state() -> dict[str, list[Any]]:
    """Every row of the domain, but for when somebody last signed in."""
    models = [model for label in _DOMAIN for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label: list(
            model._default_manager.order_by("pk").values_list(
                *(f.attname for f in model._meta.concrete_fields if f.attname != "last_login")
            )
        )
        for model in models
    }


@pytest.mark.parametrize("word", [OWN, OTHER])
def test_what_is_not_public_is_not_found_by_any_question(word: str, sides: tuple[Side, Side]) -> None:
    client = Client()
    asked = [f"/search/?q={word}", f"/search/suggest/?q={word}", f"/policies/?q={word}", f"/api/v1/items?q={word}",
             "/feed.xml", "/sitemap.xml", "/sitemap-items-0.xml", "/api/v1/counts", "/api/v1/columns"]  # fmt: skip
    for address in asked:
        text = _text(client.get(address)).replace(f"q={word}", "").replace(f'value="{word}"', "")
        # A question is repeated in the answer; what must not be there is anything that it found.
        assert not any(
            f"{kind}{word}" in text
            for kind in ("草稿", "解读", "内部", "已撤回", "办法", "推文", "附表", "隐藏", "许可")
        )
    assert PUBLIC in _text(client.get(f"/search/?q={PUBLIC}"))


def test_an_export_holds_its_own_agencys_things_and_nothing_else(
    sides: tuple[Side, Side], sign_in: Callable[[User], Client]
) -> None:
    own = sides[0]
    assert Job.objects.get(pk=own.export).state == JobState.DONE
    response = sign_in(own.people[Role.ADMINISTRATOR]).get(f"/admin/interchange/jobs/{own.export}/result/")
    text = _text(response)
    assert OWN in text
    assert OTHER not in text
