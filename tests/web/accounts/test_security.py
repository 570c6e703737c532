"""What an administrator does for who cannot get in, what the log says of signing in, the page of one's own account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.security import has_second_factor, is_locked_out, remove_second_factor
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.audit.export import csv_lines
from gongkai_web.audit.models import AuditEvent
from gongkai_web.audit.services import record

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"  # noqa: S105  # of people who exist only in tests
SignIn = Callable[[User], Client]


@pytest.fixture
def drafter(agency: Agency, make_user: Callable[..., User]) -> User:
    return make_user(Role.DRAFTER, agency, home=agency)


@pytest.fixture
def office(agency: Agency, make_user: Callable[..., User], sign_in: SignIn) -> Client:
    """The back office as the agency's administrator sees it."""
    return sign_in(make_user(Role.ADMINISTRATOR, agency, home=agency))


def events(action: str) -> list[tuple[str, str]]:
    found = AuditEvent.objects.filter(action=action).select_related("agency")
    return [(event.object_label, event.agency.short_name if event.agency else "") for event in found]


def test_a_lock_out_is_seen_and_lifted_by_the_administrator(drafter: User, office: Client) -> None:
    stranger = Client()
    for _ in range(5):
        stranger.post("/accounts/login/", {"login": drafter.username, "password": "wrong"})
    assert is_locked_out(drafter)
    assert "登录已锁定" in office.get(f"/admin/person/{drafter.pk}/").content.decode()
    office.post(f"/admin/person/{drafter.pk}/lift/lockout/")
    assert not is_locked_out(drafter)
    answer = stranger.post("/accounts/login/", {"login": drafter.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert events("accounts.lockout_lifted") == [(str(drafter), "市卫健委")]


def test_a_failed_sign_in_is_known_to_the_administrator_of_the_account(drafter: User) -> None:
    Client().post("/accounts/login/", {"login": drafter.username.upper(), "password": "wrong"})
    Client().post("/accounts/login/", {"login": "nobody", "password": "wrong"})
    assert events("accounts.sign_in_failed") == [("", ""), (str(drafter), "市卫健委")]


def test_a_lost_second_factor_is_taken_away(
    drafter: User, office: Client, other_agency: Agency, make_user: Callable[..., User]
) -> None:
    TOTP.activate(drafter, generate_totp_secret())
    RecoveryCodes.activate(drafter)
    with pytest.raises(NotAllowed):
        remove_second_factor(drafter, by=make_user(Role.ADMINISTRATOR, other_agency))
    answer = office.post(f"/admin/person/{drafter.pk}/lift/second-factor/", follow=True).content.decode()
    assert "已取消" in answer
    assert not has_second_factor(drafter)
    assert not Authenticator.objects.filter(user=drafter).exists()


def test_a_recovery_code_lets_in_once_and_is_logged(drafter: User) -> None:
    TOTP.activate(drafter, generate_totp_secret())
    codes = RecoveryCodes.activate(drafter).get_unused_codes()

    def attempt(code: str) -> Client:
        client = Client()
        client.post("/accounts/login/", {"login": drafter.username, "password": PASSWORD})
        page = client.get("/accounts/2fa/authenticate/").content.decode()
        assert "恢复代码（每个只能用一次）" in page
        client.post("/accounts/2fa/authenticate/", {"code": code})
        return client

    assert attempt(codes[0]).get("/admin/").status_code == 200
    assert attempt(codes[0]).get("/admin/").status_code == 302
    assert attempt("000000").get("/admin/").status_code == 302
    assert events("accounts.recovery_code_used") == [(str(drafter), "市卫健委")]
    assert len(events("accounts.second_factor_failed")) == 2


def test_the_own_account_leads_to_the_second_factor_and_asks_for_no_first_name(drafter: User, sign_in: SignIn) -> None:
    client = sign_in(drafter)
    page = client.get("/admin/account/").content.decode()
    assert "/accounts/2fa/" in page
    assert "first_name" not in page
    profile = {"avatar": "", "theme-theme": "dark", "theme-contrast": "system", "theme-density": "default"}
    assert client.post("/admin/account/", profile).status_code == 302


def test_the_log_is_narrowed_and_taken_away(
    agency: Agency, drafter: User, make_user: Callable[..., User], sign_in: SignIn
) -> None:
    client = sign_in(make_user(Role.ADMINISTRATOR, agency, full_name="管理员甲", home=agency))
    Client().post("/accounts/login/", {"login": drafter.username, "password": "wrong"})
    page = client.get("/admin/audit/", {"action": "登录失败"}).content.decode()
    assert "共 1 条" in page
    assert f"登录名：{drafter.username}" in page
    assert "请改正" in client.get("/admin/audit/", {"since": "2026-02-02", "until": "2026-01-01"}).content.decode()
    table = client.get("/admin/audit/export.csv", {"action": "登录失败"}).getvalue().decode("utf-8-sig")
    lines = table.splitlines()
    assert lines[0] == "编号,时间,人员,动作,对象,机构,涉及个人信息,来源地址,请求编号,详情"
    assert len(lines) == 2
    assert AuditEvent.objects.get(action="audit.exported").details == {"action": "登录失败", "events": 1}
    only = client.get("/admin/audit/", {"kind": "accounts.user", "key": str(drafter.pk)}).content.decode()
    assert f"只显示“{drafter}”的记录" in only


def test_a_name_that_looks_like_a_formula_stays_text(agency: Agency, make_user: Callable[..., User]) -> None:

    event = record("accounts.signed_in", actor=make_user(full_name="=1+1"))
    assert ",'=1+1," in list(csv_lines([event]))[2]
