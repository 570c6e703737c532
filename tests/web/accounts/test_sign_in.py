"""Signing in: throttled, bound to the browser, ended when idle; headers of every page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.test import Client

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"  # noqa: S105  # of people who exist only in tests


def attempt(client: Client, user: User, password: str = PASSWORD, **headers: str) -> int:
    data = {"login": user.username, "password": password}
    return client.post("/accounts/login/", data, headers=headers).status_code


@pytest.fixture
def drafter(agency: Agency, make_user: Callable[..., User]) -> User:
    return make_user(Role.DRAFTER, agency)


def test_the_back_office_sends_strangers_to_the_throttled_sign_in() -> None:
    response = Client().get("/admin/")
    assert response["Location"].startswith("/accounts/login/")
    assert Client().get("/admin/login/")["Location"] == "/accounts/login/"


def test_signing_in_leads_to_the_workbench_and_leaves_an_event(drafter: User) -> None:
    client = Client()
    assert attempt(client, drafter) == 302
    assert client.get("/admin/").status_code == 200
    assert AuditEvent.objects.filter(action="accounts.signed_in", actor=drafter).count() == 1


def test_the_session_gets_a_new_key_when_somebody_signs_in(drafter: User) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.session["x"] = 1
    before = client.session.session_key
    attempt(client, drafter)
    assert client.session.session_key not in {None, before}


def test_after_five_failures_even_the_right_password_waits(drafter: User) -> None:
    client = Client()
    for _ in range(4):
        assert attempt(client, drafter, "wrong") == 200
    assert attempt(client, drafter, "wrong") == 429
    assert attempt(client, drafter) == 429
    assert (
        "登录已锁定"
        in client.post("/accounts/login/", {"login": drafter.username, "password": PASSWORD}).content.decode()
    )


def test_a_session_does_not_move_to_another_browser(drafter: User) -> None:
    client = Client()
    attempt(client, drafter, **{"user-agent": "A"})
    assert client.get("/admin/", headers={"user-agent": "A"}).status_code == 200
    assert client.get("/admin/", headers={"user-agent": "B"}).status_code == 302
    assert client.get("/admin/", headers={"user-agent": "A"}).status_code == 302


def test_an_idle_session_ends(drafter: User) -> None:
    client = Client()
    attempt(client, drafter)
    session = client.session
    session["gongkai_seen"] -= 31 * 60
    session.save()
    assert client.get("/admin/").status_code == 302


def test_nobody_signs_up() -> None:
    page = Client().get("/accounts/signup/").content.decode()
    assert "不开放注册" in page


def test_a_second_factor_is_asked_for_once_it_is_set_up(drafter: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(drafter, secret)
    client = Client()
    response = client.post("/accounts/login/", {"login": drafter.username, "password": PASSWORD})
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/admin/").status_code == 302
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/admin/").status_code == 200


def test_somebody_without_a_role_does_not_enter(make_user: Callable[..., User]) -> None:
    client = Client()
    attempt(client, make_user())
    assert client.get("/admin/").status_code in {302, 403}


def test_headers_allow_no_other_host(drafter: User) -> None:
    public = Client().get("/accounts/login/")
    policy = public["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "nonce" not in policy
    assert "http" not in policy
    client = Client()
    attempt(client, drafter)
    office = client.get("/admin/")
    assert "http" not in office["Content-Security-Policy"]
    assert office["X-Frame-Options"] == "SAMEORIGIN"
    assert office["X-Content-Type-Options"] == "nosniff"
    assert len(office["X-Request-ID"]) == 32


def test_signing_out_ends_the_session_for_every_process(drafter: User) -> None:
    client = Client()
    attempt(client, drafter)
    key = client.session.session_key
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_nothing_below_media_is_served_by_path_to_strangers() -> None:
    assert Client().get("/media/avatar_images/x.png").status_code == 302
    assert Client().get("/media/documents/x.pdf").status_code == 404
