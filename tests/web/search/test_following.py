"""The index follows publication and withdrawal, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from search_entries import make_entry

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import AgencyDocument, InformationItem, NormativeRecord, ReviewCase
from gongkai_web.information.services.drafting import save_draft
from gongkai_web.information.services.normative import save_record
from gongkai_web.information.services.publication import withdraw
from gongkai_web.search import services
from gongkai_web.search.backend import Query, SearchBackend, SearchUnavailable
from gongkai_web.search.engine import engine
from gongkai_web.search.models import AttachmentText, IndexChange
from gongkai_web.search.postgresql_schema import TABLE

pytestmark = pytest.mark.django_db
Ask = Callable[..., list[int]]
MakeItem = Callable[..., InformationItem]
SignAll = Callable[..., ReviewCase]
Committing = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Committing) -> Committing:
    """`with commit():` what a transaction would do at its end, at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def go_public(make_item: MakeItem, sign_all: SignAll, commit: Committing, backend: SearchBackend) -> MakeItem:
    """`go_public(title=…)`: an item that went the whole way, its transaction committed."""

    def run(**fields: Any) -> InformationItem:
        with commit():
            item = make_item(**fields)
            sign_all(item)
        item.refresh_from_db()
        return item

    return run


@pytest.fixture
def published(go_public: MakeItem) -> InformationItem:
    """An item about 登革热."""
    return go_public(title="夏季防疫工作方案", body="<p>做好登革热防控。</p>")


def test_an_item_is_found_as_soon_as_its_publication_is_committed(published: InformationItem, ask: Ask) -> None:
    assert ask("登革热") == [published.pk]
    assert not services.is_behind()


def test_a_draft_is_not_found_and_leaves_no_note(
    make_item: MakeItem, commit: Committing, published: InformationItem, ask: Ask
) -> None:
    notes = IndexChange.objects.count()
    with commit():
        make_item(title="登革热内部方案")
    assert ask("登革热") == [published.pk]
    assert IndexChange.objects.count() == notes


def test_a_withdrawn_item_is_gone_at_once(
    published: InformationItem, staff: dict[Role, User], commit: Committing, ask: Ask
) -> None:
    with commit():
        withdraw(published, by=staff[Role.REVIEWER_3], reason="内容有误")
    assert ask("登革热") == []


def test_a_newer_draft_is_found_only_once_it_is_signed(
    published: InformationItem, staff: dict[Role, User], sign_all: SignAll, commit: Committing, ask: Ask
) -> None:
    with commit():
        draft = published.draft()
        draft.body = "<p>做好流感防控。</p>"
        save_draft(draft, by=staff[Role.DRAFTER])
    assert (ask("登革热"), ask("流感")) == ([published.pk], [])
    with commit():
        sign_all(published)
    assert (ask("登革热"), ask("流感")) == ([], [published.pk])


def test_items_are_found_by_the_new_name_of_their_column_and_of_the_one_above(
    published: InformationItem, ask: Ask, commit: Committing
) -> None:
    column = published.column
    above = published.agency.columns.create(name="防疫专题", slug="epidemic")
    with commit():
        column.name, column.parent = "防疫动态", above
        column.save()
    assert ask("登革热", column="防疫动态") == [published.pk]
    with commit():
        above.name = "卫生专题"
        above.save()
    assert ask("登革热", column="卫生专题") == [published.pk]
    assert ask("登革热", column="防疫专题") == []


def test_of_a_renamed_column_a_request_takes_up_the_newest_items_and_the_recurring_command_the_others(
    go_public: MakeItem, ask: Ask, commit: Committing, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "WITHIN_A_REQUEST", 2)
    items = [go_public(title=f"登革热通报第{number}期") for number in range(5)]
    numbers = [item.pk for item in items]
    column = items[0].column
    with commit():
        column.name = "防疫动态"
        column.save()
    assert ask("登革热", column="防疫动态", newest_first=True) == [numbers[4], numbers[3]]
    assert IndexChange.objects.filter(applied_at=None).count() == 3
    call_command("daily")
    assert "补入检索变动3条。" in capsys.readouterr().out
    assert ask("登革热", column="防疫动态", newest_first=True) == numbers[::-1]
    assert not services.is_behind()


def test_who_publishes_while_many_changes_wait_is_found_at_once(
    go_public: MakeItem, ask: Ask, commit: Committing, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [go_public(title=f"流感通报第{number}期") for number in range(3)]
    monkeypatch.setattr(services, "WITHIN_A_REQUEST", 1)
    with commit():
        old[0].column.name = "防疫动态"
        old[0].column.save()
    item = go_public(title="登革热通报")
    assert ask("登革热", column="防疫动态") == [item.pk]
    assert services.is_behind()


def test_an_update_that_is_bounded_takes_so_many_and_leaves_the_rest(
    go_public: MakeItem, backend: SearchBackend
) -> None:
    go_public(title="登革热通报")
    IndexChange.objects.update(applied_at=None)
    for number in range(4):
        services.note(number)
    waiting = IndexChange.objects.filter(applied_at=None).count()
    assert services.update(at_most=3) == 3
    assert services.update(at_most=0) == 0
    assert services.update() == waiting - 3
    assert services.update() == 0


def test_a_column_that_is_saved_as_it_was_costs_the_index_nothing(
    published: InformationItem, commit: Committing
) -> None:
    published.column.update_interval_days = 30
    with commit():
        published.column.save()
    assert not IndexChange.objects.filter(applied_at=None).exists()


def test_a_change_of_validity_reaches_the_filter(
    published: InformationItem, staff: dict[Role, User], commit: Committing, ask: Ask
) -> None:
    day = timezone.localdate() - timedelta(days=400)
    record = NormativeRecord(
        agency=published.agency, item=published, title=published.title, issued_on=day, effective_on=day,
        in_force_until=day + timedelta(days=30),
    )  # fmt: skip
    with commit():
        save_record(record, by=staff[Role.DRAFTER])
    assert ask("登革热", validity="expired") == [published.pk]
    assert ask("登革热", validity="in_force") == []


def test_an_attachment_is_found_by_its_text_and_its_name(
    go_public: MakeItem, make_file: Callable[..., AgencyDocument], agency: Agency, ask: Ask
) -> None:
    document = make_file(agency, "实施细则", "第一条 基孔肯雅热防控。".encode())
    item = go_public(title="带附件的通知", attachments=[document])
    assert ask("基孔肯雅热") == [item.pk]
    assert ask("实施细则") == [item.pk]


def test_an_unreadable_attachment_does_not_keep_its_item_out(go_public: MakeItem, agency: Agency, ask: Ask) -> None:
    document = AgencyDocument(title="坏文件", collection=agency.collection)
    document.file.save("broken.pdf", ContentFile(b"%PDF-1.7 broken"), save=False)
    document.save()
    item = go_public(title="登革热数据", attachments=[document])
    assert ask("登革热") == [item.pk]
    assert AttachmentText.objects.get(sha256=document.sha256).problem == "PDF有密码或已损坏，未读取文字。"


def test_what_a_crash_left_behind_is_caught_up(
    make_item: MakeItem, sign_all: SignAll, ask: Ask, backend: SearchBackend
) -> None:
    services.rebuild()
    item = make_item(title="登革热通报")
    sign_all(item)  # nothing runs at the commit: the process is gone
    assert ask("登革热") == []
    IndexChange.objects.update(noted_at=timezone.now() - timedelta(minutes=1))
    services.catch_up()
    assert ask("登革热") == [item.pk]


def test_a_fault_of_the_index_does_not_undo_a_publication(go_public: MakeItem, settings: Any, ask: Ask) -> None:
    chosen = settings.GONGKAI_SEARCH_BACKEND
    settings.GONGKAI_SEARCH_BACKEND = "nonsense"
    item = go_public(title="登革热通报")
    assert item.live
    assert services.is_behind()
    settings.GONGKAI_SEARCH_BACKEND = chosen
    services.update()
    assert ask("登革热") == [item.pk]


def test_several_publications_in_one_transaction_are_one_update(
    make_item: MakeItem, sign_all: SignAll, commit: Committing, backend: SearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.rebuild()
    updates: list[int] = []
    original = type(backend).update

    def counting(self: SearchBackend, entries: Any, *, remove: Any) -> None:
        entries = list(entries)
        updates.append(len(entries))
        original(self, entries, remove=remove)

    monkeypatch.setattr(type(backend), "update", counting)
    with commit():
        for number in range(3):
            sign_all(make_item(title=f"通报第{number}期"))
    assert updates == [3]


def test_an_import_can_postpone_the_index_to_its_end(go_public: MakeItem, ask: Ask) -> None:
    services.rebuild()
    with services.postponed():
        for number in range(2):
            go_public(title=f"通报第{number}期")
        assert ask("通报") == []
    assert len(ask("通报")) == 2


def test_repair_finds_and_mends_every_difference(
    published: InformationItem, make_item: MakeItem, sign_all: SignAll, backend: SearchBackend, ask: Ask
) -> None:
    missing = make_item(title="登革热通报")
    sign_all(missing)
    IndexChange.objects.update(applied_at=timezone.now())
    InformationItem.objects.filter(pk=published.pk).update(validity="repealed")
    with backend.exclusive():
        backend.update([make_entry(999_999, "早已撤回的登革热")], remove=[])
    found = services.repair()
    assert (found.missing, found.surplus, found.stale) == ({missing.pk}, {999_999}, {published.pk})
    assert sorted(ask("登革热")) == [published.pk, missing.pk]
    assert not services.repair()


def test_the_commands_say_what_they_did(
    published: InformationItem, capsys: pytest.CaptureFixture[str], ask: Ask
) -> None:
    call_command("search_rebuild")
    call_command("search_update", compare=True)
    assert capsys.readouterr().out.splitlines() == [
        "索引已重建，共1件。",
        "补入变动0条。",
        "核对完毕：缺少0件，多出0件，内容过时0件。",
    ]
    assert ask("登革热") == [published.pk]


def test_the_recurring_command_makes_an_index_that_is_missing(
    published: InformationItem, ask: Ask, backend: SearchBackend, settings: Any, tmp_path: Any, capsys: Any
) -> None:
    settings.GONGKAI_SEARCH_DIRECTORY = str(tmp_path / "elsewhere")
    if backend.__class__.__name__ == "PostgresqlBackend":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {TABLE}")
    call_command("daily")
    assert "建立检索索引，共1件。" in capsys.readouterr().out
    call_command("daily")
    assert "建立检索索引" not in capsys.readouterr().out
    found = engine().query(Query(terms=("登革热",)))
    assert [hit.id for hit in found.hits] == [published.pk]


def test_a_large_missing_index_is_not_built_within_a_request(
    make_item: MakeItem, sign_all: SignAll, backend: SearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_all(make_item())
    monkeypatch.setattr(services, "SMALL", 0)
    with pytest.raises(SearchUnavailable, match="尚未建立"):
        services.ensure()
    with pytest.raises(CommandError, match="search_rebuild"):
        call_command("search_update")
