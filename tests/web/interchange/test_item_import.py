"""Importing items: named errors, all or nothing, drafts that still have to be reviewed one by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed, revoke
from gongkai_web.audit.models import AuditEvent
from gongkai_web.audit.selectors import history_of
from gongkai_web.information.models import AgencyDocument, InformationItem, PublicationRefused, ReviewCase
from gongkai_web.information.services.publication import publish
from gongkai_web.information.services.review import submit
from gongkai_web.interchange import bulk_drafting
from gongkai_web.interchange.errors import UploadRefused
from gongkai_web.interchange.item_import import submit_next
from gongkai_web.interchange.jobs import JobRefused, confirm, drop, start_import
from gongkai_web.interchange.models import ImportedItem, Job, JobKind

Make = Callable[..., Any]


def problems_of(job: Job) -> list[tuple[int, str, str]]:
    return [(found["row"], found["column"], found["message"]) for found in job.report["problems"]]


def test_nothing_is_stored_before_somebody_confirms(upload: Make, table: Make) -> None:
    job = upload(table([{}]))
    assert (job.state, job.report["rows"], job.report["errors"]) == ("ready", 1, 0)
    assert job.report["preview"][0]["cells"][2] == "关于做好夏季防疫工作的通知"
    assert InformationItem.objects.count() == 0


def test_a_confirmed_import_makes_drafts_with_all_fields(upload: Make, table: Make, staff: dict[Role, User]) -> None:
    job = confirm(upload(table([{}])), by=staff[Role.DRAFTER])
    assert (job.state, job.outcome) == ("done", {"items": 1, "files": 0})
    item = InformationItem.objects.get()
    assert item.index_number == "11341702486344515H/202110-00013"
    assert (item.formed_on, item.attribute, item.column.code) == (date(2021, 10, 8), "proactive", "statutory")
    assert item.body == "<p>第一段。</p><p>第二段。</p>"
    assert item.created_by == staff[Role.DRAFTER]
    assert not item.live
    assert AuditEvent.objects.filter(action="interchange.items_imported").get().details["items"] == 1


def test_an_item_without_index_number_gets_one_by_the_agencys_rule(
    upload: Make, table: Make, staff: dict[Role, User], agency: Agency
) -> None:
    confirm(upload(table([{"索引号": ""}])), by=staff[Role.DRAFTER])
    assert InformationItem.objects.get().index_number.startswith(f"{agency.organisation_code}/")


def test_every_wrong_cell_is_named_with_row_and_column(upload: Make, table: Make) -> None:
    rows = [
        {"栏目": "没有的栏目"},
        {"索引号": "2", "成文日期": "去年"},
        {"索引号": "3", "名称": "", "公开属性": "公开"},
        {"索引号": "4", "公开属性": "不予公开"},
        {"索引号": "5", "原发布日期": "2021-10-01", "来源网址": ""},
        {"索引号": "6", "附件": "没有.pdf"},
    ]
    job = upload(table(rows))
    assert job.state == "refused"
    assert [problem for problem in problems_of(job) if "相同" not in problem[2]] == [
        (2, "栏目", "本机构没有“没有的栏目”这个栏目。"),
        (3, "成文日期", "“去年”不是日期。"),
        (4, "名称", "没有填写。"),
        (4, "公开属性", "“公开”不在可选范围内。"),
        (5, "不公开理由", "公开属性为“不予公开”，须选择法定理由。"),
        (6, "原发布日期", "早于成文日期。"),
        (6, "来源网址", "填写了原发布日期，但没有来源网址。"),
        (7, "附件", "没有随表格上传“没有.pdf”。"),
    ]


def test_one_wrong_row_keeps_all_others_out(upload: Make, table: Make, staff: dict[Role, User]) -> None:
    job = upload(table([{}, {"索引号": "2", "成文日期": "去年"}]))
    with pytest.raises(JobRefused):
        confirm(job, by=staff[Role.DRAFTER])
    assert InformationItem.objects.count() == 0


def test_index_numbers_are_taken_once_in_the_file_and_on_the_platform(
    upload: Make, table: Make, make_item: Make
) -> None:
    taken = make_item(title="已有").index_number
    job = upload(table([{"索引号": taken}, {"索引号": "7"}, {"索引号": "7", "名称": "另一件"}]))
    assert (2, "索引号", f"“{taken}”已被平台上的另一件信息使用。") in problems_of(job)
    assert (4, "索引号", "与第3行的索引号相同。") in problems_of(job)


def test_what_changed_between_check_and_confirmation_stops_the_import(
    upload: Make, table: Make, make_item: Make, staff: dict[Role, User]
) -> None:
    job = upload(table([{}, {"索引号": "2", "名称": "另一件"}]))
    make_item(title="抢先一步", index_number="2")
    job = confirm(job, by=staff[Role.DRAFTER])
    assert job.state == "refused"
    assert problems_of(job)[0] == (3, "索引号", "“2”已被平台上的另一件信息使用。")
    assert list(InformationItem.objects.values_list("title", flat=True)) == ["抢先一步"]


def test_attachments_come_from_the_archive(
    upload: Make, table: Make, package: Make, staff: dict[Role, User], agency: Agency
) -> None:
    data = package(
        {
            "存量/目录.csv": table([{"附件": "附件/申请表.txt；附件/说明.txt"}]),
            "存量/附件/申请表.txt": "表".encode(),
            "存量/附件/说明.txt": b"text",
        }
    )
    job = upload(data, name="存量.zip")
    assert (job.state, job.report["files"]) == ("ready", 2)
    confirm(job, by=staff[Role.DRAFTER])
    attachments = InformationItem.objects.get().attachments.all()
    assert [attachment.label for attachment in attachments] == ["申请表", "说明"]
    assert {attachment.document.collection for attachment in attachments} == {agency.collection}


def test_a_failed_import_leaves_no_row_and_no_file(
    *, upload: Make, table: Make, package: Make, staff: dict[Role, User], monkeypatch: Any, settings: Any
) -> None:
    data = package({"目录.csv": table([{"附件": "甲.txt"}, {"索引号": "2", "名称": "第二件"}]), "甲.txt": b"text"})
    job = upload(data, name="存量.zip")
    recorded = bulk_drafting.record

    def fails_at_the_second(action: str, *, obj: Any, **facts: Any) -> Any:
        if obj.title == "第二件":
            raise OSError("disk full")
        return recorded(action, obj=obj, **facts)

    monkeypatch.setattr(bulk_drafting, "record", fails_at_the_second)
    job = confirm(job, by=staff[Role.DRAFTER])
    assert job.state == "failed"
    assert "没有写入任何数据" in job.message
    assert (InformationItem.objects.count(), AgencyDocument.objects.count(), ImportedItem.objects.count()) == (0, 0, 0)
    assert list((Path(settings.MEDIA_ROOT) / "documents").glob("*")) == []


def test_a_dangerous_attachment_is_refused_by_row(upload: Make, table: Make, package: Make) -> None:
    data = package({"目录.csv": table([{"附件": "病毒.pdf"}]), "病毒.pdf": b"MZ\x90\x00"})
    assert problems_of(upload(data, name="存量.zip")) == [(2, "附件", "“病毒.pdf”的内容与扩展名不符。")]


def test_an_imported_item_cannot_be_published_without_its_own_chain(
    upload: Make, table: Make, staff: dict[Role, User]
) -> None:
    confirm(upload(table([{}])), by=staff[Role.DRAFTER])
    with pytest.raises(PublicationRefused):
        publish(InformationItem.objects.get())


def test_each_imported_item_gets_a_case_of_its_own_that_says_where_it_came_from(
    upload: Make, table: Make, staff: dict[Role, User]
) -> None:
    rows = [
        {"原发布日期": "2021-10-12", "来源网址": "https://example.cn/13"},
        {"索引号": "2", "名称": "另一件"},
    ]
    job = confirm(upload(table(rows)), by=staff[Role.DRAFTER])
    assert submit_next(job, by=staff[Role.DRAFTER]) == 2
    notes = list(ReviewCase.objects.order_by("subject_id").values_list("note", flat=True))
    assert notes[0] == (
        "历史存量，导入文件“目录.csv”第2行。填报2021年10月12日已在https://example.cn/13公开，"
        "发布后沿用该发布日期，请核对属实，并逐项审查。"
    )
    assert notes[1] == "历史存量，导入文件“目录.csv”第3行。请逐项审查。"
    assert submit_next(job, by=staff[Role.DRAFTER]) == 0


def test_the_review_page_says_where_an_item_came_from_however_it_was_sent_in(
    upload: Make, table: Make, staff: dict[Role, User], sign_in: Make
) -> None:
    confirm(upload(table([{}])), by=staff[Role.DRAFTER])
    case = submit(InformationItem.objects.get(), by=staff[Role.DRAFTER])
    page = sign_in(staff[Role.REVIEWER_1]).get(reverse("information_review", args=[case.pk])).content.decode()
    assert "历史存量，导入文件“目录.csv”第2行。" in page


def test_a_reviewed_historical_item_keeps_its_first_day_of_publication(
    upload: Make, table: Make, staff: dict[Role, User], sign_all: Make
) -> None:
    job = confirm(
        upload(table([{"原发布日期": "2021-10-12", "来源网址": "https://example.cn/13"}])), by=staff[Role.DRAFTER]
    )
    submit_next(job, by=staff[Role.DRAFTER])
    item = InformationItem.objects.get()
    sign_all(item)
    item.refresh_from_db()
    assert (item.live, item.published_on) == (True, date(2021, 10, 12))


def test_the_whole_file_is_refused_when_its_header_is_not_there(upload: Make) -> None:
    job = upload("甲,乙\n1,2\n".encode())
    assert (job.state, job.message) == ("refused", "前10行中没有找到表头。请使用下载的模板，不要改动表头。")


def test_a_workbook_reads_like_the_csv_and_formulas_are_named(
    upload: Make, workbook: Make, staff: dict[Role, User]
) -> None:
    header = ("存量信息",), ("栏目*", "名称*", "成文日期*", "公开属性*", "内容概述")
    good = upload(
        workbook([*header, ("法定主动公开内容", "通知", date(2021, 10, 8), "主动公开", None)]), name="表.xlsx"
    )
    assert (good.state, good.report["preview"][0]["row"]) == ("ready", 3)
    bad = upload(
        workbook([*header, ("法定主动公开内容", '=HYPERLINK("x")', date(2021, 10, 8), "主动公开", None)]),
        name="表.xlsx",
    )
    assert problems_of(bad)[0] == (3, "名称", "单元格是公式，请复制后“选择性粘贴”为数值。")


def test_only_a_drafter_of_the_agency_imports(
    table: Make, agency: Agency, other_agency: Agency, make_user: Make, staff: dict[Role, User]
) -> None:
    for stranger in (make_user(Role.DRAFTER, other_agency), staff[Role.REVIEWER_1], staff[Role.ADMINISTRATOR]):
        with pytest.raises(NotAllowed):
            start_import(JobKind.ITEMS, agency=agency, by=stranger, file=SimpleUploadedFile("目录.csv", table([{}])))
    assert Job.objects.count() == 0


def test_who_lost_the_role_meanwhile_imports_nothing(upload: Make, table: Make, staff: dict[Role, User]) -> None:
    job = upload(table([{}]))
    revoke(staff[Role.DRAFTER].memberships.get())
    with pytest.raises(NotAllowed):
        confirm(job, by=staff[Role.DRAFTER])


def test_a_dropped_import_is_not_confirmed(upload: Make, table: Make, staff: dict[Role, User]) -> None:
    job = drop(upload(table([{}])), by=staff[Role.DRAFTER])
    assert job.state == "dropped"
    with pytest.raises(JobRefused):
        confirm(job, by=staff[Role.DRAFTER])


def test_other_kinds_of_files_are_refused_at_once(upload: Make) -> None:
    with pytest.raises(UploadRefused) as refused:
        upload(b"%PDF-1.7", name="目录.pdf")
    assert refused.value.hint == "请上传 xlsx、csv、zip 文件。"


def test_an_imported_draft_is_what_the_form_would_have_stored(
    *,
    upload: Make,
    table: Make,
    make_item: Make,
    make_file: Make,
    staff: dict[Role, User],
    agency: Agency,
    package: Make,
) -> None:
    title, body = "  内部  办公会纪要 ", "<p onclick=x()>正文。</p>"
    reason = {"attribute": "not_open", "exemption_reason": "deliberative", "attribute_explanation": "讨论记录"}
    by_form = make_item(title=title, body=body, attachments=[make_file(agency, "甲", b"text")], **reason)
    headers = ("栏目", "名称", "成文日期", "公开属性", "不公开理由", "理由说明", "正文", "附件")
    row = ("法定主动公开内容", title, "2025-06-03", "不予公开", "过程性信息", "讨论记录", body, "甲.txt")
    job = upload(package({"目录.csv": table([row], headers), "甲.txt": b"text"}), name="存量.zip")
    confirm(job, by=staff[Role.DRAFTER])
    imported = InformationItem.objects.exclude(pk=by_form.pk).get()
    by_form.refresh_from_db()

    differing = {"id", "index_number", "created_at", "updated_at", "latest_revision"}
    kept = [field.attname for field in InformationItem._meta.concrete_fields if field.name not in differing]
    assert {name: getattr(imported, name) for name in kept} == {name: getattr(by_form, name) for name in kept}
    assert without_files(imported.content()) == without_files(by_form.content())
    ours, theirs = imported.latest_revision, by_form.latest_revision
    assert (ours.user, ours.object_str, ours.content.keys()) == (theirs.user, theirs.object_str, theirs.content.keys())
    assert ours.content["attachments"][0].keys() == theirs.content["attachments"][0].keys()
    assert imported.authors() == by_form.authors()
    assert history_of(imported).values_list("action", flat=True).get() == "information.item_drafted"


def without_files(content: dict[str, Any]) -> dict[str, Any]:
    """The names that the storage gave the files differ; their content does not."""
    files = [{**entry, "file": ""} for entry in content["attachments"]]
    return {**content, "attachments": files}
