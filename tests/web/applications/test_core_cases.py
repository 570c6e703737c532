"""Handing out, splitting, merging, transferring, making proactive; finding the same applicant again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from gongkai.applications import Entry
from gongkai.applications.details import Answered, CorrectionAsked, Decision
from gongkai.errors import GongkaiError
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed, create_office
from gongkai_web.applications import selectors
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.lights import Light
from gongkai_web.applications.models import Case
from gongkai_web.applications.selectors import Filters, Queue
from gongkai_web.applications.services import access, cases, events
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.models import InformationItem

Make = Callable[..., Case]
GRANTED = Answered((Decision("全部", "granted", {"how": "电子邮件发送"}),))
CARD = {"id_kind": "identity_card", "id_number": "110101199001011234"}


def test_cases_are_handed_out_to_officers_of_the_agency_only(
    make_case: Make, officer: User, staff: dict[Role, User], make_user: Callable[..., User], agency: Agency
) -> None:
    colleague, office = make_user(Role.OFFICER, agency), create_office(agency, name="法规科")
    some = [make_case(), make_case()]
    assert len(cases.assign(some, by=officer, assignee=colleague, office=office)) == 2
    assert cases.assign(some, by=officer, assignee=colleague) == []
    with pytest.raises(CaseRefused, match="没有办理"):
        cases.assign(some, by=officer, assignee=staff[Role.DRAFTER])
    assert set(Case.objects.values_list("assignee", "office")) == {(colleague.pk, office.pk)}


def test_a_split_makes_cases_of_the_same_day_and_applicant(make_case: Make, officer: User) -> None:
    case = make_case(on=date(2025, 3, 3), **CARD)
    parts = [cases.Part("评标报告"), cases.Part("施工合同")]
    made = cases.split(case, parts, by=officer, on=date(2025, 3, 5))
    assert [(one.received_on, one.entered_on) for one in made] == [(date(2025, 3, 3), date(2025, 3, 5))] * 2
    assert {one.applicant.name for one in made} == {"王某某"}
    said = selectors.derived(case).entries[-1].details
    assert said.cases == tuple(one.number for one in made)  # type: ignore[union-attr]


def test_a_refused_split_leaves_no_case_behind(make_case: Make, officer: User) -> None:
    case = make_case()
    events.record(case, Entry(EventKind.WITHDRAWN, date(2025, 3, 4)), by=officer)
    with pytest.raises(GongkaiError, match="只能在办理中拆分"):
        cases.split(case, [cases.Part("评标报告")], by=officer, on=date(2025, 3, 5))
    assert Case.objects.count() == 1


def test_a_duplicate_is_merged_into_an_open_case_of_the_same_person(make_case: Make, officer: User) -> None:
    first, second = make_case(**CARD), make_case(on=date(2025, 3, 6), **CARD)
    stranger = make_case(id_kind="identity_card", id_number="310101199001011234")
    with pytest.raises(CaseRefused, match="证件号码不同"):
        cases.merge(stranger, first, by=officer, on=date(2025, 3, 7))
    cases.merge(second, first, by=officer, on=date(2025, 3, 7))
    assert Case.objects.get(pk=second.pk).phase == "merged"


def test_a_transfer_needs_the_other_agency_and_its_contact(make_case: Make, officer: User) -> None:
    case = make_case()
    with pytest.raises(GongkaiError, match="联系方式"):
        cases.transfer(case, "某市水务局", " ", by=officer, on=date(2025, 3, 5))
    assert cases.transfer(case, "某市水务局", "0000-1234567", by=officer, on=date(2025, 3, 5)).phase == "transferred"


def test_what_was_disclosed_becomes_a_draft_of_the_review_chain_once(
    make_case: Make, officer: User, happen: Make
) -> None:
    case = make_case(name="欧阳某某")
    with pytest.raises(CaseRefused, match="没有公开过信息"):
        cases.convert_to_proactive(case, by=officer)
    happen(case, EventKind.ANSWERED, date(2025, 3, 20), GRANTED)
    item = cases.convert_to_proactive(case, by=officer, body="<p>评标结果如下。</p>")
    assert cases.convert_to_proactive(case, by=officer) == item
    stored = InformationItem.objects.get()
    assert (stored.live, stored.title, "欧阳" in stored.body) == (False, "某路段改造工程的招标文件", False)


def test_the_same_applicant_is_found_by_his_paper_and_repeated_content_is_named(make_case: Make) -> None:
    first = make_case(on=date(2025, 3, 3), **CARD)
    make_case(on=date(2025, 3, 4), id_kind="passport", id_number="110101199001011234", subject="另一件事")
    again = make_case(on=date(2025, 3, 5), id_kind="identity_card", id_number=" 11010119900101 1234")
    found = selectors.similar(again)
    assert found.same_month == (first,)
    assert found.repeated == (first,)
    assert not found.frequent
    assert first.number in found.warnings[0]


def test_the_eleventh_application_of_a_month_is_frequent(make_case: Make) -> None:
    made = [make_case(on=date(2025, 3, 3), subject=f"第{n}号路口的信号灯配时方案", **CARD) for n in range(11)]
    assert selectors.similar(made[10]).frequent
    assert not selectors.similar(make_case(on=date(2025, 4, 1), subject="预算", **CARD)).frequent


def test_queues_and_lights(make_case: Make, happen: Make, officer: User) -> None:
    today = date(2025, 3, 31)
    due_today, later = make_case(on=date(2025, 3, 3)), make_case(on=date(2025, 3, 20))
    overdue = make_case(on=date(2025, 2, 20))
    waiting = happen(
        make_case(on=date(2025, 3, 3)),
        EventKind.CORRECTION_ASKED,
        date(2025, 3, 5),
        CorrectionAsked("文号", date(2025, 4, 20)),
    )
    counts = selectors.queue_counts(officer, today=today)
    assert counts == {
        Queue.MINE: 4, Queue.OFFICE: 0, Queue.UNASSIGNED: 0, Queue.WAITING: 1, Queue.DUE_WEEK: 1, Queue.OVERDUE: 1,
    }  # fmt: skip
    assert list(selectors.queue(officer, "due_week", today=today)) == [due_today]
    shown = {light: list(selectors.register(officer, Filters(light=light), today=today)) for light in Light}
    assert shown == {
        Light.OVERDUE: [overdue], Light.TODAY: [due_today], Light.NEAR: [], Light.NORMAL: [later],
        Light.PAUSED: [waiting], Light.DONE: [],
    }  # fmt: skip


def test_the_register_finds_numbers_subjects_and_whole_names(
    make_case: Make, officer: User, government: Agency, make_user: Callable[..., User]
) -> None:
    case = make_case(name="欧阳某某", subject="信号灯配时方案")
    make_case(name="王某某")
    for text in (case.number[-5:], "信号灯", "欧阳 某某"):
        assert list(selectors.register(officer, Filters(text=text))) == [case]
    assert not selectors.register(officer, Filters(text="欧阳"))
    supervisor = make_user(Role.SUPERVISOR, government)
    assert list(selectors.register(supervisor, Filters(text="信号灯"))) == [case]
    assert not selectors.register(supervisor, Filters(text="欧阳某某"))


def test_people_of_other_agencies_see_no_case(
    make_case: Make, other_agency: Agency, make_user: Callable[..., User]
) -> None:
    make_case()
    assert not selectors.register(make_user(Role.OFFICER, other_agency), Filters())


def test_reading_an_applicant_is_logged_and_not_for_everybody(
    make_case: Make, officer: User, make_user: Callable[..., User], government: Agency
) -> None:
    case = make_case()
    assert access.read_applicant(case, by=officer).name == "王某某"
    assert AuditEvent.objects.get(action="applications.applicant_read").personal_data
    administrator = make_user(is_superuser=True)
    for person in (make_user(Role.SUPERVISOR, government), administrator):
        with pytest.raises(NotAllowed):
            access.read_applicant(case, by=person)


def test_the_check_of_the_cache_finds_and_mends_what_was_changed(make_case: Make, happen: Make) -> None:
    case = happen(make_case(), EventKind.ANSWERED, date(2025, 3, 20), GRANTED)
    call_command("applications_cache", "--check", stdout=StringIO())
    Case.objects.filter(pk=case.pk).update(outcome="partly_granted")
    case.cells.filter(path__contains="granted").delete()
    errors = StringIO()
    with pytest.raises(SystemExit):
        call_command("applications_cache", "--check", stderr=errors)
    assert f"{case.number} outcome：存储为“partly_granted”，按台账应为“granted”。" in errors.getvalue()
    call_command("applications_cache", stdout=StringIO())
    call_command("applications_cache", "--check", stdout=StringIO())


def test_a_holiday_notice_of_later_moves_what_is_open_and_says_so(make_case: Make, happen: Make) -> None:
    """The notice of 27 January 2020 took three workdays out of a period that was running."""
    case = make_case(on=date(2020, 1, 13))
    happen(make_case(on=date(2020, 1, 13)), EventKind.ANSWERED, date(2020, 2, 5), GRANTED)
    told = StringIO()
    call_command("applications_rederive", "--known-on", "2020-01-20", "--write", stdout=told)
    lines = [line for line in told.getvalue().splitlines() if "答复" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"{case.number} ")
    assert AuditEvent.objects.filter(action="applications.rederived").count() == 1
