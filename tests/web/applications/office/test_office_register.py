"""The register, its queues, tables and prints: who sees what."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from office_screens import ROOT, address_of, text_of

from gongkai.applications import details as d
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.applications.models import Case
from gongkai_web.applications.views import office_remedies
from gongkai_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_the_day_by_day_derivation_cites_the_holiday_notice(desk: Client, make_case: Callable[..., Case]) -> None:
    page = text_of(desk.get(address_of(make_case(on=date(2025, 9, 25)), "derivation/")))
    assert "国庆节、中秋节放假（国办发明电〔2024〕12号）" in page
    assert "2025年10月29日" in page


def test_the_applicant_is_masked_until_somebody_looks_and_the_look_is_logged(
    desk: Client, make_case: Callable[..., Case], officer: User
) -> None:
    case = make_case(name="欧阳某某", phone="13800001234")
    page = text_of(desk.get(address_of(case)))
    assert "欧***" in page
    assert "欧阳某某" not in page
    assert "13800001234" in text_of(desk.get(address_of(case, "applicant/")))
    seen = AuditEvent.objects.get(action="applications.applicant_read")
    assert (seen.actor, seen.personal_data) == (officer, True)


def test_a_supervisor_reads_masked_and_finds_no_button(
    make_case: Callable[..., Case], staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    case = make_case(name="欧阳某某", phone="13800001234", description="我住在某街1号。")
    desk = sign_in(staff[Role.SUPERVISOR])
    for address in (address_of(case), address_of(case, "applicant/"), ROOT, f"{ROOT}print/"):
        page = text_of(desk.get(address))
        assert "欧阳某某" not in page
        assert "13800001234" not in page
        assert "我住在某街1号" not in page
    assert desk.get(address_of(case)).context["steps"] == []
    assert desk.get(address_of(case, "record/withdrawn/"))["Location"] == "/admin/"


def test_the_register_is_narrowed_by_its_address_and_sorted_by_days_left(
    desk: Client, make_case: Callable[..., Case]
) -> None:
    early, late = make_case(on=date(2025, 3, 3)), make_case(on=date(2025, 3, 10), subject="水费调价听证记录")
    every = desk.get(f"{ROOT}?sort=due").context["page"].object_list
    assert list(every) == [early, late]
    assert list(desk.get(f"{ROOT}?q=听证").context["page"].object_list) == [late]
    assert list(desk.get(f"{ROOT}?light=overdue").context["page"].object_list) == [late, early]
    assert list(desk.get(f"{ROOT}?year=2024").context["page"].object_list) == []
    assert "没有符合条件的申请" in text_of(desk.get(f"{ROOT}?year=2024"))


def test_nonsense_in_the_address_narrows_nothing(desk: Client, make_case: Callable[..., Case]) -> None:
    make_case()
    page = desk.get(f"{ROOT}?year=abc&light=nonsense&agency=999999&received_from=31.2.&page=x")
    assert page.context["page"].paginator.count == 1


@pytest.mark.parametrize("queue", ["mine", "office", "unassigned", "waiting", "due_week", "overdue", "all"])
def test_every_queue_opens_with_its_count(desk: Client, make_case: Callable[..., Case], queue: str) -> None:
    make_case()
    assert desk.get(f"{ROOT}?queue={queue}&q=某路段").status_code == 200
    assert desk.get(f"{ROOT}?queue=nonsense").status_code == 404


def _sheet(response: Any) -> str:
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return archive.read("xl/sharedStrings.xml").decode()


def test_the_export_names_applicants_only_for_whoever_may_read_them(
    desk: Client, make_case: Callable[..., Case], staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    make_case(name="欧阳某某", subject="=HYPERLINK(1)")
    own = _sheet(desk.get(f"{ROOT}export.xlsx"))
    assert "欧阳某某" in own
    assert "=HYPERLINK(1)" in own
    others = _sheet(sign_in(staff[Role.SUPERVISOR]).get(f"{ROOT}export.xlsx"))
    assert "欧阳某某" not in others
    assert "欧***" in others
    assert AuditEvent.objects.filter(action="applications.register_exported", personal_data=True).count() == 1


def test_the_remedies_register_shows_the_day_of_the_agencys_defence(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    filed = d.RemedyFiled("复1号", d.RemedyGroup.RECONSIDERATION, "市政府", date(2025, 4, 7))
    happen(make_case(), EventKind.REMEDY_FILED, date(2025, 4, 3), filed)
    page = desk.get(f"{ROOT}remedies/?group=reconsideration&stage=pending&year=2025")
    assert [one.defence.due_on for one in page.context["page"]] == [date(2025, 4, 21)]
    assert list(desk.get(f"{ROOT}remedies/?stage=decided").context["page"]) == []


def test_the_remedies_register_says_where_it_stops_and_how_to_see_the_rest(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, on in enumerate((date(2024, 4, 3), date(2025, 4, 3), date(2025, 5, 6))):
        filed = d.RemedyFiled(f"复{number}号", d.RemedyGroup.RECONSIDERATION, "市政府")
        happen(make_case(on=on), EventKind.REMEDY_FILED, on, filed)
    monkeypatch.setattr(office_remedies, "MOST", 2)
    whole = desk.get(f"{ROOT}remedies/")
    assert [one.proceeding.number for one in whole.context["page"]] == ["复2号", "复1号"]
    assert "分年查看" in text_of(whole)
    year = desk.get(f"{ROOT}remedies/?year=2024")
    assert [one.proceeding.number for one in year.context["page"]] == ["复0号"]
    assert "分年查看" not in text_of(year)


def test_each_cell_of_the_table_opens_its_cases(desk: Client, make_case: Callable[..., Case], agency: Agency) -> None:
    case = make_case()
    page = desk.get(f"{ROOT}figures/?year=2025")
    cells = {path: number for row in page.context["rows"] for path, number in row["cells"]}
    assert cells["applications.received.natural_person"] == 1
    assert len(page.context["rows"]) == 25
    path = "applications.received.total"
    cell = desk.get(f"{ROOT}figures/cases/?agency={agency.pk}&year=2025&path={path}")
    assert [one for one, _ in cell.context["entries"]] == [case]
    assert cell.context["label"] == "一、本年新收政府信息公开申请数量　总计"
    assert desk.get(f"{ROOT}figures/cases/?agency={agency.pk}&year=2025&path=nonsense").status_code == 404


def test_the_carry_is_proven_for_each_kind_of_applicant(desk: Client, make_case: Callable[..., Case]) -> None:
    make_case(on=date(2024, 12, 20))
    rows = {row.column: row for row in desk.get(f"{ROOT}figures/?year=2025").context["carry"]}
    assert rows["natural_person"].holds
    assert len(rows["natural_person"].carried_in) == 1


def test_the_form_of_2019_has_one_row_for_other_outcomes(desk: Client, make_case: Callable[..., Case]) -> None:
    make_case(on=date(2020, 3, 2))
    rows = desk.get(f"{ROOT}figures/?year=2020").context["rows"]
    assert [row["label"] for row in rows][-3:] == ["（六）其他处理", "（七）总计", "四、结转下年度继续办理"]
    assert len(rows) == 23


def test_an_answer_that_was_ordered_anew_is_work_again_until_it_is_given(
    desk: Client, make_case: Callable[..., Case], happen: Callable[..., Case]
) -> None:
    case = make_case()
    denied = d.Answered(
        (d.Decision("招标文件", "unavailable.not_held", {"reason": "未制作", "search_record": "已检索"}),)
    )
    happen(case, EventKind.ANSWERED, date(2025, 3, 20), denied)
    filed = d.RemedyFiled("复1号", d.RemedyGroup.RECONSIDERATION, "市政府")
    happen(case, EventKind.REMEDY_FILED, date(2025, 4, 3), filed)
    assert list(desk.get(f"{ROOT}?queue=overdue").context["page"]) == []
    happen(case, EventKind.REMEDY_DECIDED, date(2025, 5, 6), d.RemedyDecided("复1号", d.RemedyResult.CORRECTED))
    happen(case, EventKind.REANSWER_ORDERED, date(2025, 5, 6), d.ReanswerOrdered("复1号", date(2025, 5, 20)))
    for address in ("queue=overdue", "queue=mine", "queue=all&state=open", "queue=all&light=overdue"):
        page = desk.get(f"{ROOT}?{address}")
        assert list(page.context["page"]) == [case], address
        assert "须重新答复" in text_of(page)
    assert list(desk.get(f"{ROOT}?queue=all&state=closed").context["page"]) == []
    again = d.Answered((d.Decision("招标文件", "granted", {"how": "邮寄"}),))
    happen(case, EventKind.ANSWERED_AGAIN, date(2025, 5, 19), again)
    assert list(desk.get(f"{ROOT}?queue=overdue").context["page"]) == []
    assert list(desk.get(f"{ROOT}?queue=all&state=closed").context["page"]) == [case]
