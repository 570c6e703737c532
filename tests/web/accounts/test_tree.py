"""The tree of agencies: moving, closing, the codes that have to fit each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.accounts.services import NotAllowed, change_agency, save_office
from gongkai_web.accounts.tree import MoveRefused, effect_of_move, move_agency
from gongkai_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
MakeUser = Callable[..., User]
MakeAgency = Callable[..., Agency]
SignIn = Callable[[User], Client]


@pytest.fixture
def station(agency: Agency, make_agency: MakeAgency) -> Agency:
    """A subordinate unit of `agency`."""
    return make_agency(agency, name="某市疾病预防控制中心", short_name="市疾控", slug="station")


def test_a_unit_moves_with_everything_below_it(
    agency: Agency, other_agency: Agency, station: Agency, make_agency: MakeAgency, make_user: MakeUser
) -> None:
    branch = make_agency(station, slug="branch")
    supervisor, newcomer = make_user(Role.SUPERVISOR, agency), make_user(Role.SUPERVISOR, other_agency)
    move_agency(station, to=other_agency, reason="机构改革方案第三条", by=None)
    branch.refresh_from_db()
    assert (station.parent, station.path) == (other_agency, f"{other_agency.path}000001")
    assert branch.path == f"{other_agency.path}000001000001"
    assert not can(supervisor, Capability.READ, branch)
    assert can(newcomer, Capability.READ, branch)
    event = AuditEvent.objects.get(action="accounts.agency_moved")
    assert event.details == {"from": "某市卫生健康委员会", "to": "某市水务局", "reason": "机构改革方案第三条"}


def test_the_effect_names_who_loses_and_who_gains(
    agency: Agency, other_agency: Agency, station: Agency, government: Agency, make_user: MakeUser
) -> None:
    losing, gaining = make_user(Role.SUPERVISOR, agency), make_user(Role.ADMINISTRATOR, other_agency)
    make_user(Role.SUPERVISOR, government)  # reaches both places
    effect = effect_of_move(station, to=other_agency)
    assert [held.user for held in effect.losing] == [losing]
    assert [held.user for held in effect.gaining] == [gaining]
    assert effect.agencies == 1


def test_only_who_administers_both_ends_moves(
    government: Agency, agency: Agency, other_agency: Agency, station: Agency, make_user: MakeUser
) -> None:
    with pytest.raises(NotAllowed):
        move_agency(station, to=other_agency, reason="改革", by=make_user(Role.ADMINISTRATOR, agency))
    with pytest.raises(NotAllowed):
        move_agency(agency, to=None, reason="改革", by=make_user(Role.ADMINISTRATOR, government))
    move_agency(station, to=other_agency, reason="改革", by=make_user(Role.ADMINISTRATOR, government))
    station.refresh_from_db()
    assert station.parent == other_agency


def test_the_tree_stays_a_tree(government: Agency, agency: Agency, other_agency: Agency, station: Agency) -> None:
    with pytest.raises(MoveRefused, match="自己或它的下级"):
        move_agency(agency, to=station, reason="改革", by=None)
    with pytest.raises(MoveRefused, match="已经在这个上级之下"):
        move_agency(agency, to=government, reason="改革", by=None)
    with pytest.raises(MoveRefused, match="写明理由"):
        move_agency(station, to=other_agency, reason=" ", by=None)
    other_agency.active_to = date(2020, 1, 1)
    other_agency.save()
    with pytest.raises(MoveRefused, match="已经撤销"):
        move_agency(station, to=other_agency, reason="改革", by=None)


def test_moving_on_screen_says_its_effect_first(
    government: Agency, agency: Agency, other_agency: Agency, station: Agency, make_user: MakeUser, sign_in: SignIn
) -> None:
    losing = make_user(Role.SUPERVISOR, agency, full_name="原监督员")
    client = sign_in(make_user(Role.ADMINISTRATOR, government))
    address = f"/admin/agency/{station.pk}/move/"
    page = client.get(address, {"to": other_agency.pk}).content.decode()
    assert "移到“某市水务局”之下的影响" in page
    assert str(losing) in page
    answer = client.post(address, {"to": other_agency.pk, "reason": "市委编委批复"}, follow=True).content.decode()
    assert "已把某市疾病预防控制中心移到某市水务局之下。" in answer
    assert client.get(address, {"to": station.pk}).content.decode().count("移动</button>") == 0


def test_no_choice_is_not_the_top_of_the_tree(agency: Agency, make_user: MakeUser, sign_in: SignIn) -> None:
    client = sign_in(make_user(is_superuser=True))
    for to in ("", "999999", str(agency.pk)):
        answer = client.post(f"/admin/agency/{agency.pk}/move/", {"to": to, "reason": "改革"}, follow=True)
        assert "没有选择新的上级机构" in answer.content.decode()
    agency.refresh_from_db()
    assert agency.depth == 1


def test_the_top_of_the_tree_is_chosen_by_name_and_confirmed(
    agency: Agency, station: Agency, government: Agency, make_user: MakeUser, sign_in: SignIn
) -> None:
    address = f"/admin/agency/{agency.pk}/move/"
    above = sign_in(make_user(Role.ADMINISTRATOR, government))
    assert "顶级（没有上级机构）" not in above.get(address).content.decode()
    refused = above.post(address, {"to": "top", "reason": "改革", "sure": "yes"}, follow=True).content.decode()
    assert "没有选择新的上级机构" in refused
    client = sign_in(make_user(is_superuser=True))
    assert "移为顶级机构的影响" in client.get(address, {"to": "top"}).content.decode()
    unsure = client.post(address, {"to": "top", "reason": "改革"}, follow=True).content.decode()
    assert "没有确认移为顶级机构" in unsure
    answer = client.post(address, {"to": "top", "reason": "直管县改革", "sure": "yes"}, follow=True).content.decode()
    assert "某市卫生健康委员会已成为顶级机构。" in answer
    agency.refresh_from_db()
    station.refresh_from_db()
    assert (agency.parent, agency.depth, station.path[: len(agency.path)]) == (None, 0, agency.path)
    assert "顶级（没有上级机构）" not in client.get(address).content.decode()


def test_an_agency_closes_after_what_is_below_it(agency: Agency, station: Agency) -> None:
    agency.active_to = date(2025, 6, 30)
    with pytest.raises(ValidationError, match="某市疾病预防控制中心"):
        change_agency(agency)
    station.active_to = date(2025, 6, 30)
    change_agency(station)
    change_agency(agency)
    assert agency.state_label() == "已撤销"
    assert AuditEvent.objects.filter(action="accounts.agency_closed").count() == 2


def test_the_log_keeps_what_a_renaming_changed(agency: Agency) -> None:
    agency.name = "某市卫生健康和体育委员会"
    change_agency(agency)
    event = AuditEvent.objects.get(action="accounts.agency_changed")
    assert event.detail_lines == ["机构全称：某市卫生健康委员会 → 某市卫生健康和体育委员会"]


def test_the_address_stays_except_for_the_platform(agency: Agency, make_user: MakeUser) -> None:
    agency.slug = "another"
    with pytest.raises(NotAllowed, match="网址标识建立后不能更改"):
        change_agency(agency, by=make_user(Role.ADMINISTRATOR, agency))
    change_agency(agency, by=make_user(is_superuser=True))


def test_codes_have_to_fit_each_other(agency: Agency) -> None:
    agency.organisation_code = "D21435691"
    with pytest.raises(ValidationError, match="校验码不符"):
        agency.full_clean()
    agency.social_credit_code, agency.organisation_code = "91350100M000100Y43", "D2143569X"
    with pytest.raises(ValidationError, match="M000100Y4"):
        agency.full_clean()
    agency.organisation_code = "M000100Y4"
    agency.full_clean()


def test_a_rule_that_issues_no_unique_numbers_is_refused_when_it_is_entered(agency: Agency) -> None:
    agency.index_pattern = "{org}/{year}"
    with pytest.raises(ValidationError, match="流水号"):
        agency.full_clean()


def test_an_office_stays_with_its_agency_and_leaves_an_event(agency: Agency, other_agency: Agency) -> None:
    office = save_office(agency.offices.model(agency=agency, name="办公室"))
    office.agency = other_agency
    with pytest.raises(GongkaiError, match="不能改到另一个机构"):
        save_office(office)
    assert AuditEvent.objects.filter(action="accounts.office_saved").count() == 1


def test_what_is_still_used_is_not_deleted_and_the_answer_names_it(
    agency: Agency, make_user: MakeUser, sign_in: SignIn
) -> None:
    client = sign_in(make_user(Role.ADMINISTRATOR, agency))
    used, free = (save_office(agency.offices.model(agency=agency, name=name)) for name in ("办公室", "后勤科"))
    agency.memberships.update(office=used)
    answer = client.post(f"/admin/offices/delete/{used.pk}/", follow=True).content.decode()
    assert "1项任职与权限还在使用它" in answer
    client.post(f"/admin/offices/delete/{free.pk}/")
    assert [office.name for office in agency.offices.all()] == ["办公室"]
    assert AuditEvent.objects.get(action="workbench.deleted").object_label.endswith("后勤科")


def test_the_page_of_an_agency_shows_vacant_posts(agency: Agency, make_user: MakeUser, sign_in: SignIn) -> None:
    client = sign_in(make_user(Role.ADMINISTRATOR, agency, full_name="管理员甲"))
    page = client.get(f"/admin/agency/{agency.pk}/").content.decode()
    assert "管理员甲" in page
    assert page.count("无人任职") == 7
