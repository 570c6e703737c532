"""From intake to the answer: numbers, records, what the case repeats of its ledger, refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.applications import ApplicantType, Entry, LedgerError
from gongkai.applications.details import Answered, Asked, CorrectionAsked, Decision, Received
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.errors import GongkaiError
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import Case, LedgerRecord, Party
from gongkai_web.applications.services import access, events, intake

KEY = "a-key-of-the-form-0001"
GRANTED = Answered((Decision("全部", "granted", {"how": "电子邮件发送"}),))


def submit(agency: Agency, key: str = KEY, name: str = "王某某") -> intake.Submitted:
    return intake.submit(
        agency,
        applicant=intake.ApplicantData(ApplicantType.NATURAL_PERSON, name=name),
        subject="某路段改造工程的招标文件",
        description="",
        key=key,
    )


def test_a_submission_gets_a_number_of_year_agency_and_serial(agency: Agency) -> None:
    first, second = submit(agency), submit(agency, "a-key-of-the-form-0002")
    year = first.case.received_on.year
    assert first.case.number == f"{year}-{agency.pk:03}-00001"
    assert second.case.number == f"{year}-{agency.pk:03}-00002"


def test_the_same_key_gives_the_same_case_and_secret(agency: Agency) -> None:
    first, again = submit(agency), submit(agency, name="another name")
    assert (again.case.pk, again.secret) == (first.case.pk, first.secret)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"subject": " "}, "没有写明申请公开的政府信息"),
        ({"subject": "长" * 201}, "登记的内容有误"),
        ({"delivery": "pigeon"}, "登记的内容有误"),
        ({"name": " "}, "姓名或者名称没有填写"),
        ({"id_kind": "club card"}, "证件类型不在可选范围内"),
        ({"on": date(2999, 1, 1)}, "晚于今天"),
    ],
)
def test_what_is_no_application_is_refused_and_takes_no_number(
    make_case: Callable[..., Case], fields: dict[str, str], said: str
) -> None:
    with pytest.raises(CaseRefused, match=said):
        make_case(**fields)
    assert make_case().number.endswith("-00001")


def test_number_and_secret_open_the_case_and_nothing_else_does(agency: Agency) -> None:
    submitted = submit(agency)
    number = submitted.case.number
    assert access.open_case(number, submitted.secret.lower().replace("-", " ")) == submitted.case
    assert access.open_case(number, "AAAA-AAAA-AAAA") is None
    assert access.open_case("2025-999-00001", submitted.secret) is None


def test_the_case_repeats_what_its_ledger_says(make_case: Callable[..., Case], happen: Callable[..., Case]) -> None:
    case = make_case(on=date(2025, 3, 3))
    assert (case.phase, case.due_on, case.running) == ("running", date(2025, 3, 31), True)
    happen(case, EventKind.CORRECTION_ASKED, date(2025, 3, 5), CorrectionAsked("文号", date(2025, 3, 20)))
    stored = Case.objects.get(pk=case.pk)
    assert (stored.phase, stored.due_on, stored.running) == ("awaiting_correction", None, False)
    assert (stored.waiting_on, stored.waits_until, stored.records) == ("applicant", date(2025, 3, 20), 2)


def test_an_answer_closes_the_case_in_the_year_of_the_answer(
    make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = happen(make_case(), EventKind.ANSWERED, date(2025, 3, 20), GRANTED)
    assert (case.is_open, case.answered_on, case.outcome) == (False, date(2025, 3, 20), "granted")


def test_a_stale_page_is_refused_with_what_to_do(make_case: Callable[..., Case], officer: User) -> None:
    case = make_case()
    entry = Entry(EventKind.WITHDRAWN, date(2025, 3, 4))
    with pytest.raises(CaseRefused, match="别人刚刚办理过") as refused:
        events.record(case, entry, by=officer, expected=0)
    assert refused.value.hint == "请刷新页面，核对最新情况后再办理。"
    assert events.record(case, entry, by=officer, expected=1).number == 1


def test_the_same_key_records_once(make_case: Callable[..., Case], officer: User) -> None:
    case, entry = make_case(), Entry(EventKind.ANSWERED, date(2025, 3, 20), GRANTED)
    first = events.record(case, entry, by=officer, key="letter-1-answered")
    again = events.record(case, entry, by=officer, key="letter-1-answered", expected=1)
    assert again.pk == first.pk
    assert case.records == 2


def test_what_has_not_happened_yet_is_not_recorded(make_case: Callable[..., Case], officer: User) -> None:
    with pytest.raises(CaseRefused, match="晚于今天"):
        events.record(make_case(), Entry(EventKind.WITHDRAWN, date(2999, 1, 1)), by=officer)


def test_an_unlawful_order_is_refused_by_its_article_and_leaves_nothing(
    make_case: Callable[..., Case], officer: User
) -> None:
    case = make_case()
    with pytest.raises(GongkaiError, match="信息处理费管理办法第六条"):
        events.record(case, Entry(EventKind.PAID, date(2025, 3, 4)), by=officer)
    assert LedgerRecord.objects.filter(case=case).count() == 1


def test_only_the_officers_of_the_agency_act(
    make_case: Callable[..., Case], staff: dict[Role, User], other_agency: Agency, make_user: Callable[..., User]
) -> None:
    case = make_case()
    for person in (staff[Role.DRAFTER], staff[Role.SUPERVISOR], make_user(Role.OFFICER, other_agency)):
        with pytest.raises(NotAllowed):
            events.record(case, Entry(EventKind.WITHDRAWN, date(2025, 3, 4)), by=person)


def test_a_struck_record_stays_and_counts_no_more(
    make_case: Callable[..., Case], happen: Callable[..., Case], officer: User
) -> None:
    case = happen(make_case(), EventKind.WITHDRAWN, date(2025, 3, 4))
    events.strike(case, 1, "记错了案件", by=officer)
    assert (case.phase, case.records) == ("running", 3)
    with pytest.raises(LedgerError, match="已经作废"):
        events.strike(case, 1, "再次", by=officer)


def test_a_receipt_is_corrected_not_struck(make_case: Callable[..., Case], officer: User) -> None:
    with pytest.raises(CaseRefused, match="不能单独作废"):
        events.strike(make_case(), 0, "登记错了", by=officer)


def test_the_kind_of_applicant_is_corrected_with_the_receipt_and_logged(
    make_case: Callable[..., Case], officer: User
) -> None:
    case = make_case()
    right = Received(Arrival(Entrance.IN_PERSON, submitted_on=date(2025, 3, 3)), ApplicantType.ENTERPRISE)
    events.correct(case, 0, Entry(EventKind.RECEIVED, date(2025, 3, 3), right), "申请人是企业", by=officer)
    assert (case.applicant_type, case.records) == ("enterprise", 3)
    from gongkai_web.audit.models import AuditEvent  # noqa: PLC0415

    changed = AuditEvent.objects.get(action="applications.type_changed")
    assert changed.details == {"from": "natural_person", "to": "enterprise"}


def test_a_third_party_is_known_to_the_ledger_by_a_label_only(
    make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = happen(make_case(), EventKind.THIRD_PARTY_ASKED, date(2025, 3, 5), Asked("赵某某"))
    assert LedgerRecord.objects.get(case=case, number=1).data["details"] == {"party": "第三方甲"}
    assert Party.objects.get(case=case).name == "赵某某"
    assert (case.waiting_on, case.waits_until) == ("third_party", date(2025, 3, 26))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE applications_ledgerrecord SET kind = 'answered'",
        "DELETE FROM applications_ledgerrecord",
        "UPDATE applications_case SET number = 'x'",
        "DELETE FROM applications_case",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_on_record(
    make_case: Callable[..., Case], statement: str
) -> None:
    make_case()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
