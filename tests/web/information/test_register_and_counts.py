"""The register, the counts, the clock, index numbers, cleaning, and what the commands do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from gongkai.information.disclosure import DisclosureAttribute
from gongkai.information.normative import YearCounts
from gongkai.law.deadlines import months_after
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information import signals
from gongkai_web.information.models import InformationItem, NormativeEvent, NormativeRecord, ReviewCase
from gongkai_web.information.selectors import (
    clock_of,
    counts_by_attribute,
    counts_by_column,
    counts_by_year,
    due_for_rereview,
    normative_counts,
)
from gongkai_web.information.services.drafting import DraftRejected
from gongkai_web.information.services.html import clean_body
from gongkai_web.information.services.normative import (
    RegisterRefused,
    add_event,
    refresh_validity,
    revoke_event,
    save_record,
)
from gongkai_web.information.services.publication import withdraw

pytestmark = pytest.mark.django_db
MakeItem = Callable[..., InformationItem]


@pytest.fixture
def entry(agency: Agency, live_item: InformationItem, staff: dict[Role, User]) -> NormativeRecord:
    """A normative document in force from 2020 on, with its text."""
    record = NormativeRecord(
        agency=agency,
        item=live_item,
        title="某市医疗管理办法",
        issued_on=date(2020, 1, 2),
        effective_on=date(2020, 2, 1),
    )
    return save_record(record, by=staff[Role.DRAFTER])


def test_the_register_marks_the_original(
    entry: NormativeRecord, live_item: InformationItem, staff: dict[Role, User]
) -> None:
    live_item.refresh_from_db()
    assert live_item.get_validity_display() == "现行有效"
    event = NormativeEvent(record=entry, kind="repealed", effective_on=date(2024, 7, 1), basis="某政发〔2024〕9号")
    add_event(event, by=staff[Role.DRAFTER])
    live_item.refresh_from_db()
    assert live_item.get_validity_display() == "废止"
    assert live_item.live
    revoke_event(event, by=staff[Role.DRAFTER], reason="登记到了另一份文件")
    live_item.refresh_from_db()
    assert live_item.get_validity_display() == "现行有效"


def test_nothing_happens_to_a_document_after_its_end(entry: NormativeRecord, staff: dict[Role, User]) -> None:
    add_event(
        NormativeEvent(record=entry, kind="repealed", effective_on=date(2024, 7, 1), basis="甲"), by=staff[Role.DRAFTER]
    )
    late = NormativeEvent(record=entry, kind="amended", effective_on=date(2025, 1, 1), basis="乙")
    with pytest.raises(RegisterRefused, match="不能再登记"):
        add_event(late, by=staff[Role.DRAFTER])


def test_a_document_expires_by_itself_in_the_daily_run(entry: NormativeRecord, live_item: InformationItem) -> None:
    NormativeRecord.objects.filter(pk=entry.pk).update(in_force_until=timezone.localdate() - timedelta(days=1))
    output = StringIO()
    call_command("daily", stdout=output)
    assert "更新有效性1件" in output.getvalue()
    live_item.refresh_from_db()
    assert live_item.get_validity_display() == "失效"
    assert not refresh_validity(NormativeRecord.objects.get(pk=entry.pk))


def test_table_two_counts_the_register(entry: NormativeRecord, staff: dict[Role, User], agency: Agency) -> None:
    add_event(
        NormativeEvent(record=entry, kind="repealed", effective_on=date(2024, 7, 1), basis="甲"), by=staff[Role.DRAFTER]
    )
    assert normative_counts(agency, year=2020) == YearCounts(issued=1, repealed=0, in_force=1)
    assert normative_counts(agency, year=2024) == YearCounts(issued=0, repealed=1, in_force=0)


def test_an_event_is_entered_on_screen(
    entry: NormativeRecord, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(staff[Role.DRAFTER])
    wrong = client.post(
        f"/admin/record/{entry.pk}/event/", {"kind": "extended", "effective_on": "2024-01-01", "basis": "甲"}
    )
    assert "须填写延长至何日" in wrong.content.decode()
    client.post(f"/admin/record/{entry.pk}/event/", {"kind": "amended", "effective_on": "2024-01-01", "basis": "甲"})
    entry.refresh_from_db()
    assert entry.get_validity_display() == "已修改"


def test_counts_follow_from_the_records(
    agency: Agency, make_item: MakeItem, live_item: InformationItem, staff: dict[Role, User]
) -> None:
    make_item(attribute="on_request", exemption_reason="limited_audience", attribute_explanation="仅涉及个别单位")
    make_item(attribute="not_open", exemption_reason="state_secret", formed_on=date(2024, 5, 6))
    agencies = Agency.objects.filter(pk=agency.pk)
    assert counts_by_attribute(agencies, year=2025) == {
        DisclosureAttribute.PROACTIVE: 1,
        DisclosureAttribute.ON_REQUEST: 1,
        DisclosureAttribute.NOT_OPEN: 0,
        DisclosureAttribute.PARTLY_OPEN: 0,
    }
    assert counts_by_year(agencies) == {2025: {"proactive": 1, "on_request": 1}, 2024: {"not_open": 1}}
    assert counts_by_column(agency) == {live_item.column_id: 1}
    withdraw(live_item, by=staff[Role.REVIEWER_3], reason="有误")
    assert counts_by_column(agency) == {}


def test_the_clock_of_an_item(make_item: MakeItem) -> None:
    clock = clock_of(make_item(formed_on=date(2025, 1, 20)), today=date(2025, 2, 21))
    assert clock is not None
    assert clock.sentence == "第 20/20 个工作日，2025年2月21日到期（条例第二十六条）"
    assert clock_of(make_item(attribute="not_open", exemption_reason="state_secret")) is None
    assert clock_of(make_item(formed_on=date(1985, 1, 1))) is None


def test_closed_items_come_up_for_review_within_a_year(make_item: MakeItem, staff: dict[Role, User]) -> None:
    item = make_item(attribute="not_open", exemption_reason="state_secret")
    assert item.next_review_on == months_after(timezone.localdate(), 12)
    assert list(due_for_rereview(staff[Role.DRAFTER])) == []
    assert list(due_for_rereview(staff[Role.DRAFTER], today=item.next_review_on)) == [item]


def test_index_numbers_run_on_and_step_over_imported_ones(agency: Agency, make_item: MakeItem) -> None:
    year = timezone.localdate().year
    make_item(index_number=f"{agency.organisation_code}/{year}-00002")
    assert [make_item().index_number[-5:] for _ in range(2)] == ["00001", "00003"]


def test_a_column_of_another_agency_is_refused(other_agency: Agency, make_item: MakeItem) -> None:
    with pytest.raises(DraftRejected, match="栏目不属于"):
        make_item(column=other_agency.columns.get(code="statutory"))


def test_the_body_keeps_structure_and_loses_whatever_runs_or_loads_from_elsewhere() -> None:
    table = (
        '<table><thead><tr><th scope="col">甲</th></tr></thead><tbody><tr><td colspan="2">乙</td></tr></tbody></table>'
    )
    assert clean_body(table) == table
    assert clean_body('<p style="color:red" class="align-center x">甲</p>') == '<p class="align-center">甲</p>'
    assert clean_body('<img src="/documents/3/a.png" alt="图">') == '<img src="/documents/3/a.png" alt="图">'
    assert clean_body('<img src="//x.example/a.png"><iframe src="https://x.example"></iframe>') == ""
    assert clean_body('<a href="javascript:alert(1)">甲</a>') == '<a rel="noopener noreferrer">甲</a>'


def test_publication_and_withdrawal_are_announced_after_the_commit(
    make_item: MakeItem,
    sign_all: Callable[..., ReviewCase],
    staff: dict[Role, User],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    heard: list[tuple[str, int]] = []

    def published(instance: InformationItem, **_: object) -> None:
        heard.append(("published", instance.pk))

    def withdrawn(instance: InformationItem, **_: object) -> None:
        heard.append(("withdrawn", instance.pk))

    signals.published.connect(published)
    signals.withdrawn.connect(withdrawn)
    item = make_item()
    with django_capture_on_commit_callbacks(execute=True):
        sign_all(item)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(item, by=staff[Role.REVIEWER_3], reason="有误")
    assert heard == [("published", item.pk), ("withdrawn", item.pk)]
