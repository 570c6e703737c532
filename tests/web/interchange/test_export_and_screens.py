"""Export of everything of an agency; the screens of imports and exports; forms that upload files."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.models import AgencyDocument, InformationItem
from gongkai_web.interchange.claims import Superseded
from gongkai_web.interchange.item_import import run
from gongkai_web.interchange.jobs import perform, remove_expired, restart, start_export
from gongkai_web.interchange.models import Job, JobKind, JobState
from gongkai_web.interchange.progress import Reporter
from gongkai_web.interchange.spreadsheets import harmless
from gongkai_web.interchange.templates_download import template_xlsx

Make = Callable[..., Any]


@pytest.fixture
def exported(
    *, agency: Agency, staff: dict[Role, User], make_item: Make, make_file: Make, sign_all: Make, other_agency: Agency
) -> Job:
    """The export of an agency with a live item, its newer draft, and one that looks like a formula."""
    live = make_item(title="已公开的通知", attachments=[make_file(agency, "申请表", b"form")])
    sign_all(live)
    make_item(title="=HYPERLINK(1)")
    make_item(title="别的机构的信息", agency=other_agency)
    return start_export(agency=agency, by=staff[Role.ADMINISTRATOR])


def members(job: Job) -> dict[str, bytes]:
    with zipfile.ZipFile(job.result) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_an_export_holds_every_table_three_times_and_the_files(exported: Job) -> None:
    assert exported.state == "done"
    files = members(exported)
    rows = list(csv.DictReader(io.StringIO(files["CSV/政府信息.csv"].decode("utf-8-sig"))))
    assert [(row["名称"], row["状态"]) for row in rows] == [("已公开的通知", "已公开"), ("'=HYPERLINK(1)", "草稿")]
    as_json = json.loads(files["JSON/政府信息.json"])
    assert [row["名称"] for row in as_json] == ["已公开的通知", "=HYPERLINK(1)"]
    assert len(json.loads(files["JSON/签审意见.json"])) == 4
    assert json.loads(files["JSON/机构.json"])[0]["机构全称"] == "某市卫生健康委员会"
    assert {"不予公开评估", "签审链", "内设机构", "任职"} <= set(exported.outcome["tables"])
    assert json.loads(files["JSON/送审内容.json"])[0]["内容"].startswith("{")
    book = openpyxl.load_workbook(io.BytesIO(files["数据.xlsx"]))
    assert book["政府信息"].cell(3, 5).value == "=HYPERLINK(1)"
    assert book["政府信息"].cell(3, 5).data_type == "s"
    assert [data for name, data in files.items() if name.startswith("文件/")] == [b"form"]
    assert not any("别的机构的信息".encode() in data for data in files.values())


def test_only_an_administrator_of_the_agency_exports_and_downloads(
    *, exported: Job, agency: Agency, other_agency: Agency, staff: dict[Role, User], make_user: Make, sign_in: Make
) -> None:
    address = f"/admin/interchange/jobs/{exported.pk}/result/"
    answer = sign_in(staff[Role.ADMINISTRATOR]).get(address)
    assert answer.status_code == 200
    assert AuditEvent.objects.filter(action="interchange.downloaded", personal_data=True).count() == 1
    for stranger in (staff[Role.DRAFTER], make_user(Role.ADMINISTRATOR, other_agency)):
        assert sign_in(stranger).get(address).status_code == 404
        with pytest.raises(NotAllowed):
            start_export(agency=agency, by=stranger)


def test_the_way_through_the_screens_without_scripts(
    table: Make, agency: Agency, staff: dict[Role, User], sign_in: Make
) -> None:
    client: Client = sign_in(staff[Role.DRAFTER])
    assert "导入存量信息" in client.get("/admin/interchange/").content.decode()
    form = client.get("/admin/interchange/import/items/").content.decode()
    assert "不能整批一次审查" in form
    file = SimpleUploadedFile("目录.csv", table([{}]))
    started = client.post("/admin/interchange/import/items/", {"agency": agency.pk, "file": file})
    job = Job.objects.get()
    assert started.headers["Location"] == f"/admin/interchange/jobs/{job.pk}/"
    assert "确认导入1行" in client.get(started.headers["Location"]).content.decode()
    client.post(f"/admin/interchange/jobs/{job.pk}/confirm/")
    done = client.get(started.headers["Location"]).content.decode()
    assert "已导入1件信息" in done
    assert "逐件提交签审（1件）" in done
    answer = client.post(f"/admin/interchange/jobs/{job.pk}/submit/", follow=True).content.decode()
    assert "已提交1件，每件一份签审单" in answer


def test_a_refused_upload_says_why_and_keeps_the_form(agency: Agency, staff: dict[Role, User], sign_in: Make) -> None:
    client: Client = sign_in(staff[Role.DRAFTER])
    file = SimpleUploadedFile("目录.xls", b"\xd0\xcf\x11\xe0")
    answer = client.post("/admin/interchange/import/items/", {"agency": agency.pk, "file": file})
    assert answer.status_code == 422
    assert "请上传 xlsx、csv、zip 文件。" in answer.content.decode()
    assert client.post("/admin/interchange/import/items/", {"agency": "1x"}).status_code == 422
    assert Job.objects.count() == 0


def test_nobody_sees_or_moves_the_jobs_of_another_agency(
    *, upload: Make, table: Make, other_agency: Agency, make_user: Make, sign_in: Make, staff: dict[Role, User]
) -> None:
    job = upload(table([{}]))
    outside: Client = sign_in(make_user(Role.DRAFTER, other_agency, Role.ADMINISTRATOR, other_agency))
    assert "目录.csv" not in outside.get("/admin/interchange/").content.decode()
    for name in ("", "status/", "result/"):
        assert outside.get(f"/admin/interchange/jobs/{job.pk}/{name}").status_code == 404
    for name in ("confirm/", "drop/", "restart/", "submit/"):
        assert outside.post(f"/admin/interchange/jobs/{job.pk}/{name}").status_code == 404
    reviewer: Client = sign_in(staff[Role.REVIEWER_1])
    assert reviewer.get("/admin/interchange/").status_code in {302, 403}


def test_the_script_is_told_how_far_a_job_is(upload: Make, table: Make, staff: dict[Role, User], sign_in: Make) -> None:
    job = upload(table([{}]))
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    Reporter(job.pk)(3, 10, "正在导入")
    answer = sign_in(staff[Role.DRAFTER]).get(f"/admin/interchange/jobs/{job.pk}/status/").json()
    assert answer == {"moving": True, "state": "正在处理", "done": 3, "total": 10, "what": "正在导入"}


def test_an_interrupted_job_can_be_started_again_and_runs_once(
    upload: Make, table: Make, staff: dict[Role, User]
) -> None:
    job = upload(table([{}]))
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, confirmed=True, moved_at=long_ago)
    job.refresh_from_db()
    assert restart(job, by=staff[Role.DRAFTER]).state == "done"
    perform(job.pk)
    assert InformationItem.objects.count() == 1


def test_a_run_that_was_given_up_for_lost_stores_nothing_after_the_next_one_has_begun(
    upload: Make, table: Make, staff: dict[Role, User]
) -> None:
    lost = upload(table([{}]))
    Job.objects.filter(pk=lost.pk).update(state=JobState.RUNNING, confirmed=True, moved_at=timezone.now())
    lost.refresh_from_db()
    Job.objects.filter(pk=lost.pk).update(moved_at=timezone.now() + timedelta(seconds=1))
    with pytest.raises(Superseded):
        run(lost, lambda *_: None)
    assert InformationItem.objects.count() == 0


def test_files_of_old_jobs_are_removed(upload: Make, table: Make) -> None:
    job = upload(table([{}]))
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(days=8))
    assert remove_expired() == 1
    job.refresh_from_db()
    assert (bool(job.source), job.state) == (False, "dropped")


@pytest.mark.parametrize("kind", [JobKind.ITEMS, JobKind.FIGURES, JobKind.DECISIONS, JobKind.REGISTER])
def test_a_filled_in_template_is_understood(
    kind: JobKind, upload: Make, agency: Agency, staff: dict[Role, User], sign_in: Make
) -> None:
    answer = sign_in(staff[Role.DRAFTER]).get(f"/admin/interchange/import/{kind.value}/template.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet, about = book["目录"], book["填写说明"]
    examples = {row[0].value: row[3].value for row in about.iter_rows(min_row=2)}
    examples |= {"附件": None, "附件名称": None, "栏目": "法定主动公开内容", "原发布日期": None}
    if kind is JobKind.FIGURES:
        examples["收费金额（万元）"] = None
    sheet.append([examples[str(cell.value).strip("*")] for cell in sheet[1]])
    file = io.BytesIO()
    book.save(file)
    job = upload(file.getvalue(), name="模板.xlsx", kind=kind)
    assert (job.report.get("problems"), job.state) == ([], "ready"), job.message
    assert template_xlsx(kind, agency).startswith(b"PK")


def test_text_that_looks_like_a_formula_is_disarmed_and_numbers_are_not() -> None:
    assert [harmless(value) for value in ("=1+1", "@SUM(1)", "\t=1", "+8610", "-5", -5, "甲=乙")] == [
        "'=1+1", "'@SUM(1)", "'\t=1", "'+8610", "'-5", "-5", "甲=乙",
    ]  # fmt: skip


def test_every_upload_of_the_back_office_is_checked(agency: Agency, staff: dict[Role, User], sign_in: Make) -> None:
    client: Client = sign_in(staff[Role.DRAFTER])
    form = {"title": "附件", "collection": agency.collection.pk}
    bad = SimpleUploadedFile("附件.pdf", b"MZ\x90\x00")
    assert "内容与扩展名不符" in client.post("/admin/documents/add/", {**form, "file": bad}).content.decode()
    several = client.post(
        "/admin/documents/multiple/add/",
        {**form, "files[]": SimpleUploadedFile("附件.pdf", b"MZ\x90\x00")},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert AgencyDocument.objects.count() == 0
    assert "内容与扩展名不符" in json.loads(several.content)["error_message"]
    client.post("/admin/documents/add/", {**form, "file": SimpleUploadedFile("附件.txt", b"text")})
    assert AgencyDocument.objects.get().title == "附件"
