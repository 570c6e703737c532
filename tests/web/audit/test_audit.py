"""The audit log: what it records, that it cannot be changed, that a change of the database under it is found."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.audit import guards
from gongkai_web.audit.models import AuditEvent, AuditTampering
from gongkai_web.audit.selectors import history_of, visible_events
from gongkai_web.audit.services import record, seal, verify

pytestmark = pytest.mark.django_db


def test_an_event_knows_who_what_and_whose(agency: Agency, make_user: Callable[..., User]) -> None:
    user = make_user(Role.DRAFTER, agency)
    event = record("applications.read", obj=agency, actor=user, personal_data=True, details={"n": 1})
    assert (event.actor, event.actor_name, event.object_type, event.object_id) == (
        user, str(user), "accounts.agency", str(agency.pk),
    )  # fmt: skip
    assert (event.agency, event.personal_data, event.details) == (agency, True, {"n": 1})
    assert history_of(agency).first() == event


def test_events_cannot_be_changed_through_the_orm(agency: Agency) -> None:
    event = record("x.y", obj=agency)
    event.action = "z"
    for attempt in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(AuditTampering):
            attempt()
    with pytest.raises(AuditTampering):
        AuditEvent.objects.update(action="z")


@pytest.mark.parametrize("statement", ["UPDATE audit_auditevent SET action = 'z'", "DELETE FROM audit_auditevent"])
def test_events_cannot_be_changed_by_raw_sql(agency: Agency, statement: str) -> None:
    record("x.y", obj=agency)
    with pytest.raises(DatabaseError, match="只能新增"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.filter(action="x.y").count() == 1


def test_whoever_removes_the_guard_is_found_by_the_seal(agency: Agency) -> None:
    record("x.y", obj=agency)
    seal()
    record("x.z", obj=agency)
    seal()
    assert verify() == []
    guards.lift(connection)
    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_auditevent SET action = 'z' WHERE action = 'x.y'")
        assert len(verify()) == 1
        assert "内容被改动过" in verify()[0]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_auditevent WHERE action = 'x.z'")
        assert len(verify()) == 2
    finally:
        guards.restore(connection)


def test_sealing_twice_seals_nothing_twice(agency: Agency) -> None:
    assert seal() is not None
    assert seal() is None


def test_every_guard_stands_after_migration_and_a_missing_one_is_reported() -> None:
    assert guards.missing(connection) == []
    assert len(guards.registered()) > 20
    guards.lift(connection)
    assert "audit_auditevent_no_update" in guards.missing(connection)
    guards.restore(connection)
    assert guards.missing(connection) == []


def test_the_command_seals_and_verifies(agency: Agency) -> None:
    output = StringIO()
    call_command("audit_log", "seal", stdout=output)
    call_command("audit_log", "verify", stdout=output)
    assert "已封存" in output.getvalue()
    assert "审计记录完整" in output.getvalue()


def test_readers_see_the_events_of_their_agencies_only(
    agency: Agency, other_agency: Agency, make_user: Callable[..., User]
) -> None:
    reader = make_user(Role.SUPERVISOR, agency)
    mine, theirs = record("x.mine", obj=agency), record("x.theirs", obj=other_agency)
    nobodys = record("x.nobodys")
    visible = visible_events(reader)
    assert mine in visible
    assert theirs not in visible
    assert nobodys not in visible
    assert nobodys in visible_events(make_user(is_superuser=True))


def test_the_log_on_screen_names_actions_in_chinese_and_records_its_reading(
    agency: Agency, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    supervisor = sign_in(staff[Role.SUPERVISOR])
    assert "授予角色" in supervisor.get("/admin/audit/?action=授予").content.decode()
    assert AuditEvent.objects.filter(action="audit.read", actor=staff[Role.SUPERVISOR]).count() == 1
    assert sign_in(staff[Role.DRAFTER]).get("/admin/audit/").status_code == 302
    assert supervisor.get("/admin/audit/?since=garbage&page=x").status_code == 200


def test_the_log_is_sealed_once_a_day_by_the_recurring_command(agency: Agency) -> None:
    record("x.y", obj=agency)
    said = [StringIO() for _ in range(2)]
    for out in said:
        call_command("daily", stdout=out)
    assert "已封存审计记录" in said[0].getvalue()
    assert "已封存审计记录" not in said[1].getvalue()
    assert verify() == []
