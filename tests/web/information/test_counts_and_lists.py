"""The list of items with clocks and standing, the screen of counts, what the page of an item shows beside its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai.law.calendar import calendar_for
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.counting import by_agency, by_column, by_year, sum_of
from gongkai_web.information.models import InformationItem, Interpretation, NormativeRecord, ReviewCase
from gongkai_web.information.services.interpretation import save_interpretation
from gongkai_web.information.services.normative import refresh_all, save_record
from gongkai_web.information.services.publication import withdraw
from gongkai_web.information.services.review import latest_case, submit
from gongkai_web.information.standing import by_due, by_standing, standing_of, with_case_state

pytestmark = pytest.mark.django_db
MakeItem = Callable[..., InformationItem]
SignIn = Callable[[User], Client]


def standing(item: InformationItem) -> str:
    case = latest_case(item)
    return standing_of(item, case.state if case else None)


def found(name: str) -> list[str]:
    items = with_case_state(InformationItem.objects.all())
    return list(by_standing(items, name).order_by("pk").values_list("title", flat=True))


def test_where_an_item_stands_follows_its_newest_case(
    make_item: MakeItem, staff: dict[Role, User], sign_all: Callable[..., ReviewCase], sign_next: Callable[..., object]
) -> None:
    items = {name: make_item(title=name) for name in ("甲", "乙", "丙", "丁", "戊")}
    submit(items["乙"], by=staff[Role.DRAFTER])
    later = items["丙"]
    later.publish_at = timezone.now() + timedelta(days=30)
    later.save()
    for name in "丙丁戊":
        sign_all(items[name])
        items[name].refresh_from_db()
    withdraw(items["戊"], by=staff[Role.REVIEWER_3], reason="有误")
    assert [standing(items[name]) for name in "甲乙丁戊"] == ["草稿", "签审中", "已公开", "已撤回"]
    assert standing(items["丙"]).startswith("签审完成，")
    assert (found("draft"), found("review"), found("signed"), found("live"), found("withdrawn")) == (
        ["甲"], ["乙"], ["丙"], ["丁"], ["戊"],
    )  # fmt: skip
    assert found("kept") == ["甲", "乙", "丙", "丁"]


def test_the_filter_by_clock_agrees_with_the_clock(make_item: MakeItem) -> None:
    today = date(2025, 7, 31)
    days = [date(2025, 7, 3), date(2025, 7, 2), date(2025, 7, 10), date(2025, 7, 11)]
    assert [calendar_for().add_workdays(day, 20) for day in days] == [
        date(2025, 7, 31), date(2025, 7, 30), date(2025, 8, 7), date(2025, 8, 8),
    ]  # fmt: skip
    for day in days:
        make_item(formed_on=day, title=f"{day.day}日")
    make_item(
        formed_on=days[0], attribute="on_request", exemption_reason="limited_audience", attribute_explanation="因"
    )

    def titles(due: str) -> list[str]:
        chosen = by_due(InformationItem.objects.order_by("formed_on"), due, today=today)
        return [item.title for item in chosen]

    assert (titles("overdue"), titles("near"), len(titles("waiting"))) == (["2日"], ["3日", "10日"], 4)


def test_the_list_shows_the_clock_and_narrows_by_it(
    make_item: MakeItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    make_item(title="早该公开的信息", formed_on=date(2025, 1, 2))
    make_item(title="刚刚形成的信息", formed_on=timezone.localdate())
    client = sign_in(staff[Role.DRAFTER])
    page = client.get("/admin/items/").content.decode()
    assert "已逾期" in page
    assert "第0/20日" in page
    overdue = client.get("/admin/items/?due=overdue").content.decode()
    assert "早该公开的信息" in overdue
    assert "刚刚形成的信息" not in overdue


@pytest.fixture
def counted(make_item: MakeItem, live_item: InformationItem, staff: dict[Role, User]) -> None:
    """2025: one public, one not open, one withdrawn draft's neighbour; 2024: one on request."""
    make_item(attribute="not_open", exemption_reason="state_secret", formed_on=date(2025, 3, 3))
    make_item(
        attribute="on_request", exemption_reason="limited_audience", attribute_explanation="只涉及当事人",
        formed_on=date(2024, 3, 4),
    )  # fmt: skip


def test_counts_by_year_column_and_agency(counted: None, agency: Agency, other_agency: Agency) -> None:
    agencies = Agency.objects.filter(pk__in=[agency.pk, other_agency.pk])
    assert [(row.label, list(row.numbers), row.public) for row in by_year(agencies)] == [
        ("2025年", [1, 0, 1, 0], 1), ("2024年", [0, 1, 0, 0], 0),
    ]  # fmt: skip
    assert [(row.label, row.total) for row in by_agency(agencies, year=2025)] == [
        ("某市卫生健康委员会", 2), ("某市水务局", 0),
    ]  # fmt: skip
    rows = by_column(agency, year=None)
    assert {row.label: list(row.numbers) for row in rows if row.total} == {"法定主动公开内容": [1, 1, 1, 0]}
    assert (sum_of(rows).total, sum_of(rows).public) == (3, 1)


def test_each_number_leads_to_exactly_its_items(
    counted: None, staff: dict[Role, User], agency: Agency, sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.DRAFTER])
    page = client.get("/admin/counts/").content.decode()
    assert f"?agency={agency.pk}&amp;formed=2025&amp;standing=kept&amp;attribute=not_open" in page
    listed = client.get(f"/admin/items/?agency={agency.pk}&formed=2025&standing=kept&attribute=not_open")
    assert "共有 1 个符合" in listed.content.decode() or "1 个" in listed.content.decode()
    table = client.get(f"/admin/counts/table.csv?agency={agency.pk}").content.decode("utf-8-sig")
    assert table.splitlines()[:3] == [
        "形成年份,主动公开,依申请公开,不予公开,删减后公开,合计,其中已公开", "2025年,1,0,1,0,2,1", "2024年,0,1,0,0,1,0",
    ]  # fmt: skip


def test_an_interpretation_is_linked_on_both_pages_and_logged(
    make_item: MakeItem, staff: dict[Role, User], other_agency: Agency, make_user: Callable[..., User], sign_in: SignIn
) -> None:
    policy, graphic = make_item(title="某办法"), make_item(title="一张图看懂某办法")
    link = Interpretation(policy=policy, interpreting=graphic, kind="graphic")
    with pytest.raises(Exception, match="没有在该机构办理此事的权限"):
        save_interpretation(link, by=make_user(Role.DRAFTER, other_agency))
    save_interpretation(link, by=staff[Role.DRAFTER])
    client = sign_in(staff[Role.DRAFTER])
    assert "一张图看懂某办法" in client.get(f"/admin/item/{policy.pk}/").content.decode()
    assert "本件解读的政策" in client.get(f"/admin/item/{graphic.pk}/").content.decode()
    assert AuditEvent.objects.filter(action="information.interpretation_saved").count() == 1
    prefilled = client.get(f"/admin/interpretations/add/?policy={policy.pk}").content.decode()
    assert "某办法" in prefilled


def test_reading_what_is_not_public_is_an_event(
    make_item: MakeItem, live_item: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.REVIEWER_1])
    draft = make_item(title="内部草稿")
    client.get(f"/admin/item/{draft.pk}/")
    client.get(f"/admin/item/{live_item.pk}/")
    events = AuditEvent.objects.filter(action="information.read")
    assert [(event.actor, event.object_label) for event in events] == [(staff[Role.REVIEWER_1], "内部草稿")]


def test_an_item_taken_out_of_the_register_loses_its_stamp(
    agency: Agency, make_item: MakeItem, staff: dict[Role, User]
) -> None:
    item, other = make_item(title="办法"), make_item(title="办法全文")
    day = date(2025, 1, 2)
    entry = NormativeRecord(agency=agency, title="办法", issued_on=day, effective_on=day, item=item)
    save_record(entry, by=staff[Role.DRAFTER])
    item.refresh_from_db()
    assert item.validity == "in_force"
    entry.item = other
    save_record(entry, by=staff[Role.DRAFTER])
    item.refresh_from_db()
    other.refresh_from_db()
    assert (item.validity, other.validity) == ("", "in_force")


def test_expiry_is_an_event_and_costs_one_read_of_what_is_in_force(
    agency: Agency, staff: dict[Role, User], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    day = date(2020, 1, 2)
    for number in range(30):
        ended = date(2025, 6, 30) if number == 0 else None
        entry = NormativeRecord(
            agency=agency, title=f"{number}号", issued_on=day, effective_on=day, in_force_until=ended
        )
        entry.validity = "in_force"
        entry.save()
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager
        assert refresh_all(today=date(2025, 7, 1)) == 1
    event = AuditEvent.objects.get(action="information.validity_changed")
    assert (event.object_label, event.actor, event.detail_lines) == ("0号", None, ["原来：现行有效", "改为：失效"])


def test_a_day_in_the_future_and_one_before_the_republic_are_slips(
    make_item: MakeItem, agency: Agency, staff: dict[Role, User], sign_in: SignIn
) -> None:
    for day, words in ((timezone.localdate() + timedelta(days=1), "在今天之后"), (date(1925, 6, 3), "早于1949年")):
        with pytest.raises(ValidationError, match=words):
            make_item(formed_on=day)
    column = agency.columns.get(code="statutory")
    data = {"agency": agency.pk, "column": column.pk, "title": "", "formed_on": "2026-13-45", "attribute": "proactive"}
    forms = {f"attachments-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    page = sign_in(staff[Role.DRAFTER]).post("/admin/items/add/", {**data, **forms}).content.decode()
    assert "请填写“名称”。" in page
    assert "日期不正确，请按年-月-日填写" in page


def test_a_closed_agency_makes_nothing_new(make_item: MakeItem, agency: Agency) -> None:
    agency.active_to = date(2020, 1, 1)
    agency.save()
    with pytest.raises(GongkaiError, match="已经撤销，不能新建信息"):
        make_item()


def test_a_renamed_agency_made_its_old_items_under_its_old_name(make_item: MakeItem, agency: Agency) -> None:
    old = make_item()
    agency.name = "某市卫生健康和体育委员会"
    agency.save()
    assert (old.maker, make_item(agency=agency, by=None).maker) == ("某市卫生健康委员会", "某市卫生健康和体育委员会")


def test_a_decision_in_the_register_is_linked_by_its_index_number(
    agency: Agency, make_item: MakeItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    decision = make_item(title="关于废止部分文件的决定")
    day = date(2025, 1, 2)
    entry = save_record(
        NormativeRecord(agency=agency, title="办法", issued_on=day, effective_on=day), by=staff[Role.DRAFTER]
    )
    client, address = sign_in(staff[Role.DRAFTER]), f"/admin/record/{entry.pk}/event/"
    data = {"kind": "repealed", "effective_on": "2025-03-01", "basis": "某卫发〔2025〕3号"}
    assert "没有找到索引号为“X/1”的信息" in client.post(address, {**data, "basis_item": "X/1"}).content.decode()
    page = client.post(address, {**data, "basis_item": decision.index_number}, follow=True).content.decode()
    assert "关于废止部分文件的决定" in page
    assert entry.events.get().basis_item == decision


def test_a_draft_is_deleted_with_an_event_and_what_was_public_is_not(
    make_item: MakeItem, live_item: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client, draft = sign_in(staff[Role.DRAFTER]), make_item(title="写错的草稿")
    answer = client.post(f"/admin/items/delete/{live_item.pk}/", follow=True).content.decode()
    assert "曾经公开的信息不能删除。请使用“撤回”" in answer
    client.post(f"/admin/items/delete/{draft.pk}/")
    assert [item.pk for item in InformationItem.objects.all()] == [live_item.pk]
    assert AuditEvent.objects.get(action="workbench.deleted").object_label == "写错的草稿"


def test_an_entry_made_by_mistake_leaves_the_register_and_the_item_loses_its_stamp(
    agency: Agency, make_item: MakeItem, live_item: InformationItem, staff: dict[Role, User], sign_in: SignIn
) -> None:
    item, day = make_item(title="内部通知"), date(2025, 1, 2)
    wrong, right = (
        save_record(
            NormativeRecord(agency=agency, title=one.title, issued_on=day, effective_on=day, item=one),
            by=staff[Role.DRAFTER],
        )
        for one in (item, live_item)
    )
    client = sign_in(staff[Role.DRAFTER])
    answer = client.post(f"/admin/register/delete/{right.pk}/", follow=True).content.decode()
    assert "正在门户公开，登记不能删除" in answer
    client.post(f"/admin/register/delete/{wrong.pk}/")
    item.refresh_from_db()
    assert (item.validity, list(NormativeRecord.objects.all())) == ("", [right])


def test_the_pager_keeps_what_narrows_the_list(client: Client, staff: dict[Role, User], make_item: MakeItem) -> None:
    for number in range(51):
        make_item(title=f"内部安排{number}", attribute="not_open", exemption_reason="state_secret")
    client.force_login(staff[Role.DRAFTER])
    first = client.get("/admin/closed/?show=all").content.decode()
    assert 'rel="next" href="?show=all&amp;page=2"' in first
    assert 'rel="prev"' not in first
    last = client.get("/admin/closed/?show=all&page=99").content.decode()
    assert 'rel="prev" href="?show=all&amp;page=1"' in last
    assert "第2/2页，共51条" in last


def test_what_was_saved_in_another_tab_is_not_written_over_unseen(
    client: Client, staff: dict[Role, User], make_item: MakeItem
) -> None:
    item = make_item(title="原来的标题")
    client.force_login(staff[Role.DRAFTER])
    address = f"/admin/items/edit/{item.pk}/"
    counts = {f"attachments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    form = {
        "agency": item.agency_id, "column": item.column_id, "formed_on": "2025-06-03", "attribute": "proactive",
        "body": "<p>正文。</p>", **counts,
    }  # fmt: skip

    def save(title: str, seen: InformationItem) -> str:
        version = seen.latest_revision
        loaded = {"loaded_revision_id": version.pk, "loaded_revision_created_at": version.created_at.isoformat()}
        return client.post(address, {**form, **loaded, "title": title}, follow=True).content.decode()

    opened = InformationItem.objects.get(pk=item.pk)
    save("第一个标签页", opened)
    second = save("第二个标签页", opened)
    assert "保存了另一个版本，您的修改还没有保存" in second
    assert 'value="第二个标签页"' in second
    assert InformationItem.objects.get().title == "第一个标签页"
    save("第二个标签页", InformationItem.objects.get())
    assert InformationItem.objects.get().title == "第二个标签页"


def test_the_menu_leads_nowhere_that_is_closed(client: Client, staff: dict[Role, User]) -> None:
    client.force_login(staff[Role.ADMINISTRATOR])
    assert '"/admin/users/"' not in client.get("/admin/").content.decode()
