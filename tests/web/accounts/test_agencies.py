"""Agencies and people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from gongkai_web.accounts.models import Agency, Membership, Role, User
from gongkai_web.accounts.services import NotAllowed, change_agency, create_agency, grant, revoke, save_person

pytestmark = pytest.mark.django_db


def test_a_new_agency_has_its_statutory_columns_its_files_and_its_place(government: Agency, agency: Agency) -> None:
    assert [column.name for column in agency.columns.all()] == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
        "依申请公开",
    ]
    assert agency.collection is not None
    assert agency.collection.name == "某市卫生健康委员会"
    assert (government.path, agency.path) == ("000001", "000001000001")


def test_siblings_get_different_places(government: Agency, agency: Agency, other_agency: Agency) -> None:
    assert {agency.path, other_agency.path} == {"000001000001", "000001000002"}


def test_the_organisation_code_follows_from_the_credit_code(government: Agency) -> None:
    agency = create_agency(
        parent=government, name="某市民政局", short_name="市民政局", slug="mz", social_credit_code="91350100M000100Y43"
    )
    assert agency.organisation_code == "M000100Y4"


def test_a_wrong_credit_code_is_refused_in_words(government: Agency) -> None:
    with pytest.raises(ValidationError, match="校验码"):
        create_agency(parent=government, name="甲", short_name="甲", slug="a", social_credit_code="91350100M000100Y44")


def test_an_agency_does_not_move_in_the_tree(agency: Agency, other_agency: Agency) -> None:
    agency.parent = other_agency
    with pytest.raises(NotAllowed, match="上级不能直接更改"):
        change_agency(agency)


def test_an_administrator_grants_roles_in_his_agency_only(
    agency: Agency, other_agency: Agency, make_user: Callable[..., User]
) -> None:
    administrator = make_user(Role.ADMINISTRATOR, agency)
    newcomer = make_user()
    grant(newcomer, Role.DRAFTER, agency=agency, by=administrator)
    with pytest.raises(NotAllowed):
        grant(newcomer, Role.DRAFTER, agency=other_agency, by=administrator)


def test_a_revoked_membership_stays_on_record(agency: Agency, make_user: Callable[..., User]) -> None:
    user = make_user(Role.DRAFTER, agency)
    revoke(user.memberships.get())
    assert Membership.objects.filter(user=user).count() == 1
    assert not Membership.objects.in_force().filter(user=user).exists()
    assert not user.groups.exists()


def test_an_administrator_cannot_take_over_an_account_that_reaches_further(
    government: Agency, agency: Agency, make_user: Callable[..., User]
) -> None:
    administrator = make_user(Role.ADMINISTRATOR, agency)
    supervisor = make_user(Role.SUPERVISOR, government, home=agency)
    with pytest.raises(NotAllowed):
        save_person(supervisor, by=administrator, password="another long password")  # noqa: S106
    root = make_user(is_superuser=True, home=agency)
    with pytest.raises(NotAllowed):
        save_person(root, by=administrator, password="another long password")  # noqa: S106


def test_an_administrator_makes_an_account_on_screen(
    agency: Agency, make_user: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(make_user(Role.ADMINISTRATOR, agency))
    data = {"full_name": "新同事", "username": "newcomer", "email": "n@example.cn", "phone": "", "home": agency.pk}
    weak = client.post("/admin/people/add/", {**data, "is_active": "on", "new_password": "123456789012"})
    assert "密码" in weak.content.decode()
    assert not User.objects.filter(username="newcomer").exists()
    client.post("/admin/people/add/", {**data, "is_active": "on", "new_password": "long enough to keep"})
    assert User.objects.get(username="newcomer").check_password("long enough to keep")
