"""Importing the register of normative documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai_web.accounts.models import Role, User
from gongkai_web.information.models import InformationItem, NormativeEvent, NormativeRecord
from gongkai_web.interchange.jobs import confirm
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.interchange.spreadsheets import csv_bytes
from gongkai_web.workbench.scoping import admin_url_name

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
HEADERS = (
    "文件名称", "类别", "发文字号", "制发日期", "施行日期", "有效期至", "全文的索引号", "变动", "变动生效日期",
    "变动依据",
)  # fmt: skip
ROW = ("预防接种管理办法", "", "某卫规〔2018〕2号", "2018-06-01", "2018-07-01", "", "", "", "", "")


@pytest.fixture
def imported(upload: Make) -> Callable[..., Job]:
    """`imported({"变动": "废止"}, …)`: a table of changed rows, checked."""

    def run(*rows: dict[str, str]) -> Job:
        table = [tuple({**dict(zip(HEADERS, ROW, strict=True)), **row}.values()) for row in rows]
        job: Job = upload(csv_bytes(HEADERS, table), name="规范性文件.csv", kind=JobKind.REGISTER)
        return job

    return run


def problems_of(job: Job) -> list[tuple[int, str, str]]:
    return [(p["row"], p["column"], p["message"]) for p in job.report["problems"] if p["severity"] == "error"]


def test_entries_come_with_their_latest_event_and_what_they_are_worth_today(
    imported: Make, staff: dict[Role, User]
) -> None:
    repealed = {"变动": "废止", "变动生效日期": "2024-06-01", "变动依据": "某卫规〔2024〕1号"}
    expired = {"文件名称": "试点方案", "发文字号": "某卫规〔2019〕5号", "有效期至": "2022年6月30日"}
    job = confirm(imported({**repealed}, expired, {"文件名称": "现行办法", "发文字号": ""}), by=staff[Role.DRAFTER])
    assert (job.state, job.outcome) == ("done", {"rows": 3}), job.message
    worth = dict(NormativeRecord.objects.values_list("title", "validity"))
    assert worth == {"预防接种管理办法": "repealed", "试点方案": "expired", "现行办法": "in_force"}
    event = NormativeEvent.objects.get()
    assert (event.effective_on, event.basis) == (date(2024, 6, 1), "某卫规〔2024〕1号")


def test_the_text_on_the_platform_is_linked_and_stamped(
    imported: Make, staff: dict[Role, User], live_item: InformationItem
) -> None:
    confirm(imported({"全文的索引号": live_item.index_number, "有效期至": "2020-01-01"}), by=staff[Role.DRAFTER])
    live_item.refresh_from_db()
    assert live_item.validity == "expired"


def test_the_same_number_again_updates_the_entry_and_enters_no_event_twice(
    imported: Make, staff: dict[Role, User]
) -> None:
    row = {"变动": "废止", "变动生效日期": "2024-06-01", "变动依据": "某卫规〔2024〕1号"}
    confirm(imported(row), by=staff[Role.DRAFTER])
    again = imported({**row, "文件名称": "预防接种管理办法（试行）"})
    assert again.report["warnings"] == 1
    confirm(again, by=staff[Role.DRAFTER])
    assert NormativeRecord.objects.get().title == "预防接种管理办法（试行）"
    assert NormativeEvent.objects.count() == 1


def test_every_wrong_cell_is_named_and_nothing_is_stored(imported: Make) -> None:
    job = imported(
        {"变动": "废止"},
        {"发文字号": "二", "施行日期": "2018-01-01"},
        {"发文字号": "三", "全文的索引号": "没有"},
        {"发文字号": "三"},
        {"发文字号": "四", "变动": "延长有效期", "变动生效日期": "2024-06-01", "变动依据": "某卫规〔2024〕1号"},
        {"发文字号": "五", "变动依据": "某卫规〔2024〕1号"},
    )
    assert job.state == "refused"
    assert problems_of(job) == [
        (2, "变动生效日期", "没有填写。"),
        (2, "变动依据", "没有填写。"),
        (3, "施行日期", "施行日期不能早于制发日期。"),
        (4, "全文的索引号", "本机构没有索引号为“没有”的信息。"),
        (5, "发文字号", "与第4行是同一份文件。"),
        (6, "延长至", "延长有效期须填写延长至何日，其他变动不填。"),
        (7, "变动", "填写了变动的日期或依据，没有填写变动。"),
    ]
    assert NormativeRecord.objects.count() == 0


def test_the_screen_leads_from_the_upload_to_the_register(
    imported: Make, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(staff[Role.DRAFTER])
    assert "有效性由系统按日期计算" in client.get("/admin/interchange/import/register/").content.decode()
    job = confirm(imported({}), by=staff[Role.DRAFTER])
    page = client.get(f"/admin/interchange/jobs/{job.pk}/").content.decode()
    assert reverse(admin_url_name(NormativeRecord, "list")) in page
