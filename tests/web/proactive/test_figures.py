"""The figures of table 2: periods, cells with their records, clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.models import NormativeEvent, NormativeRecord
from gongkai_web.information.services.normative import add_event, save_record
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_selectors import decision_clocks, table2_figures
from gongkai_web.proactive.figures_services import delete_figure, save_decision, save_figure
from gongkai_web.workbench.scoping import admin_url_name

Make = Callable[..., Any]


@pytest.fixture
def enter(agency: Agency, staff: dict[Role, User]) -> Make:
    """`enter("permits", 2024, 1, 3, decisions=12)`: a figure entered by the drafter."""

    def make(kind: str, year: int, first: int = 1, last: int = 12, **values: Any) -> PeriodFigure:
        figure = PeriodFigure(agency=agency, kind=kind, year=year, first_month=first, last_month=last, **values)
        return save_figure(figure, by=staff[Role.DRAFTER])

    return make


@pytest.fixture
def decide(agency: Agency, staff: dict[Role, User]) -> Make:
    """`decide(date(2024, 5, 6))`: a penalty entered by the drafter."""

    def make(day: date, **values: Any) -> Decision:
        given = {
            "kind": "penalties",
            "document_number": f"某卫罚{day}",
            "subject": "未按规定公示卫生许可证案",
            **values,
        }
        return save_decision(Decision(agency=agency, decided_on=day, **given), by=staff[Role.DRAFTER])

    return make


def test_a_cell_is_the_sum_of_its_periods_and_knows_them(enter: Make, agency: Agency) -> None:
    figures = (
        enter("permits", 2024, 1, 3, decisions=12),
        enter("permits", 2024, 4, 6, decisions=8),
        enter("permits", 2024, 7, 9, decisions=0),
        enter("permits", 2024, 10, 12, decisions=5),
    )
    cell = table2_figures(agency, 2024).cell("permits", "decisions")
    assert (cell.value, cell.figures, cell.problems) == (25, figures, ())


def test_nothing_recorded_is_not_zero(agency: Agency, enter: Make) -> None:
    enter("penalties", 2024, decisions=0)
    table = table2_figures(agency, 2024)
    assert table.cell("permits", "decisions").value is None
    assert table.cell("penalties", "decisions").value == 0
    assert table.cell("fees", "amount_wan").value is None


def test_single_decisions_count_where_no_sum_was_entered(enter: Make, decide: Make, agency: Agency) -> None:
    enter("penalties", 2024, 1, 3, decisions=10)
    decide(date(2024, 2, 5))
    later = decide(date(2024, 5, 6)), decide(date(2024, 12, 31), is_open=False, closed_basis="涉及国家秘密")
    decide(date(2025, 1, 1))
    cell = table2_figures(agency, 2024).cell("penalties", "decisions")
    assert (cell.value, cell.decisions) == (12, later)


def test_a_sum_below_the_recorded_decisions_is_named(enter: Make, decide: Make, agency: Agency) -> None:
    enter("penalties", 2024, decisions=0)
    decide(date(2024, 5, 6))
    assert table2_figures(agency, 2024).problems == ("2024年行政处罚填报0件，逐件登记的有1件，请核对填报的数量。",)


def test_missing_months_are_named(enter: Make, agency: Agency) -> None:
    enter("fees", 2024, 1, 3, amount_wan=Decimal("1.5"))
    running = table2_figures(agency, 2024, today=date(2024, 6, 15)).cell("fees", "amount_wan")
    assert running.problems == ("行政事业性收费缺少2024年4至5月的数据，没有发生的请填 0。",)
    cell = table2_figures(agency, 2024).cell("fees", "amount_wan")
    assert (cell.value, cell.unit) == (Decimal("1.5"), "万元")
    assert cell.problems == ("行政事业性收费缺少2024年4至12月的数据，没有发生的请填 0。",)


def test_the_register_fills_the_first_block(agency: Agency, staff: dict[Role, User]) -> None:
    drafter = staff[Role.DRAFTER]
    old = save_record(
        NormativeRecord(agency=agency, title="旧办法", issued_on=date(2020, 1, 2), effective_on=date(2020, 2, 1)),
        by=drafter,
    )
    new = save_record(
        NormativeRecord(agency=agency, title="新办法", issued_on=date(2024, 3, 1), effective_on=date(2024, 4, 1)),
        by=drafter,
    )
    add_event(NormativeEvent(record=old, kind="repealed", effective_on=date(2024, 4, 1), basis="新办法"), by=drafter)
    table = table2_figures(agency, 2024)
    found = {name: table.cell("normative_documents", name) for name in ("issued", "repealed", "in_force")}
    assert {name: (cell.value, cell.documents) for name, cell in found.items()} == {
        "issued": (1, (new,)),
        "repealed": (1, (old,)),
        "in_force": (1, (new,)),
    }
    assert table.cell("rules", "in_force").value == 0
    assert len(table.cells) == 10


def test_overlapping_periods_are_refused(enter: Make) -> None:
    enter("permits", 2024, 1, 3, decisions=12)
    with pytest.raises(ValidationError, match="重叠"):
        enter("permits", 2024, decisions=40)
    enter("permits", 2023, decisions=40)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "permits", "amount_wan": 1},
        {"kind": "fees", "decisions": 1},
        {"kind": "permits", "decisions": 1, "unpublished": 2},
        {"kind": "permits", "decisions": 1, "first_month": 2, "last_month": 4},
    ],
)
def test_the_database_itself_refuses_what_contradicts_the_form(agency: Agency, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodFigure.objects.create(agency=agency, year=2024, **values)


def test_a_decision_has_seven_workdays_to_be_published(decide: Make) -> None:
    decision = decide(date(2025, 9, 25))
    (entry,) = decision_clocks([decision], today=date(2025, 10, 10))
    assert entry.clock is not None
    assert (entry.clock.due_on, entry.clock.light.label) == (date(2025, 10, 11), "临期")
    (late,) = decision_clocks([decision], today=date(2025, 10, 13))
    assert late.clock is not None
    assert late.clock.sentence == "已超过1个工作日（双公示，应于2025年10月11日前公开）"


def test_a_revoked_published_decision_has_three_workdays_to_be_withdrawn(decide: Make) -> None:
    decision = decide(date(2025, 3, 3), published_on=date(2025, 3, 5), revoked_on=date(2025, 6, 6))
    (entry,) = decision_clocks([decision], today=date(2025, 6, 9))
    assert entry.withdraw_by == date(2025, 6, 11)


def test_a_closed_decision_needs_its_basis_and_has_no_clock(decide: Make) -> None:
    with pytest.raises(ValidationError, match="依据"):
        decide(date(2025, 3, 3), is_open=False)
    closed = decide(date(2025, 3, 3), is_open=False, closed_basis="涉及国家秘密")
    assert decision_clocks([closed])[0].clock is None


def test_only_drafters_of_the_agency_write_and_the_log_keeps_the_values(
    enter: Make, other_agency: Agency, make_user: Make, staff: dict[Role, User]
) -> None:
    figure = enter("permits", 2024, decisions=12)
    with pytest.raises(NotAllowed):
        save_figure(figure, by=make_user(Role.DRAFTER, other_agency))
    figure.decisions = 13
    save_figure(figure, by=staff[Role.DRAFTER])
    delete_figure(figure, by=staff[Role.DRAFTER])
    changed = AuditEvent.objects.filter(action="proactive.figure_saved").first()
    assert changed is not None
    assert (changed.details["before"]["decisions"], changed.details["after"]["decisions"]) == ("12", "13")
    removed = AuditEvent.objects.get(action="proactive.figure_deleted")
    assert removed.details["before"]["decisions"] == "13"


def test_the_table_is_shown_with_its_records_to_the_agencys_people_only(
    *,
    enter: Make,
    decide: Make,
    agency: Agency,
    other_agency: Agency,
    make_user: Make,
    staff: dict[Role, User],
    sign_in: Make,
) -> None:
    enter("permits", 2024, decisions=25)
    decide(date(2024, 5, 6))
    inside: Client = sign_in(staff[Role.DRAFTER])
    page = inside.get(f"/admin/table2/?agency={agency.pk}&year=2024").content.decode()
    assert "2024年 行政许可：25件" in page
    assert "本年处理决定数量" in page
    assert "未按规定公示卫生许可证案" in inside.get("/admin/double-publicity/").content.decode()
    outside: Client = sign_in(make_user(Role.DRAFTER, other_agency))
    assert outside.get(f"/admin/table2/?agency={agency.pk}&year=2024").status_code == 404
    assert "未按规定公示卫生许可证案" not in outside.get("/admin/double-publicity/").content.decode()


def test_figures_are_entered_changed_and_removed_in_the_back_office(
    agency: Agency, staff: dict[Role, User], sign_in: Make
) -> None:
    client: Client = sign_in(staff[Role.DRAFTER])
    add = reverse(admin_url_name(PeriodFigure, "add"))
    form = {"agency": agency.pk, "kind": "permits", "year": 2024, "first_month": 1, "last_month": 12, "decisions": 25}
    assert client.post(add, form).status_code == 302
    figure = PeriodFigure.objects.get()
    edit = reverse(admin_url_name(PeriodFigure, "edit"), args=[figure.pk])
    assert client.post(edit, {**form, "decisions": 26}).status_code == 302
    figure.refresh_from_db()
    assert (figure.decisions, figure.entered_by) == (26, staff[Role.DRAFTER])
    refused = client.post(add, form).content.decode()
    assert "重叠" in refused or "已有" in refused
    assert client.post(reverse(admin_url_name(PeriodFigure, "delete"), args=[figure.pk])).status_code == 302
    assert PeriodFigure.objects.count() == 0
    assert AuditEvent.objects.filter(action="proactive.figure_deleted").exists()
