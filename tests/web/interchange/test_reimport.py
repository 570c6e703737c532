"""What an agency exports, another installation imports: items with files and pictures, figures, decisions, register."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.models import (
    AgencyDocument,
    Attachment,
    AttachmentKind,
    InformationItem,
    NormativeEvent,
    NormativeRecord,
)
from gongkai_web.information.services.normative import add_event, save_record
from gongkai_web.interchange.jobs import confirm, start_export, start_import
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_services import save_decision, save_figure

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
KEPT = ("title", "summary", "document_number", "formed_on", "effective_on", "topic", "genre", "keywords", "attribute",
        "exemption_reason", "attribute_explanation", "attribute_approval", "column__slug")  # fmt: skip


def picture() -> bytes:
    """A small PNG."""
    file = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def drafter(other_agency: Agency, make_user: Make) -> User:
    """Who imports, in the agency that stands for the other installation."""
    user: User = make_user(Role.DRAFTER, other_agency)
    return user


@pytest.fixture
def exported(agency: Agency, staff: dict[Role, User], make_item: Make, make_file: Make, sign_all: Make) -> Job:
    """The export of an agency with a public item, a closed one, a draft, figures, decisions and a register."""
    flow, form = AgencyDocument(title="流程图", collection=agency.collection), make_file(agency, "申请表", b"form")
    flow.file.save("flow.png", ContentFile(picture()), save=False)
    flow.save()
    public = make_item(
        title="办事指南", summary="-三步办理", document_number="某卫发〔2024〕7号", topic="卫生、体育",
        effective_on=date(2025, 7, 1), body=f'<p>如图。</p><img src="{flow.url}" alt="三步流程">',
        attachments=[
            Attachment(document=flow, title="三步流程", kind=AttachmentKind.IMAGE),
            Attachment(document=form, title="申请表（2025年版）"),
        ],
    )  # fmt: skip
    sign_all(public)
    make_item(
        title="内部安排", attribute="not_open", exemption_reason="internal_affairs", attribute_explanation="内部管理"
    )
    make_item(title="=HYPERLINK(1)", keywords="甲,乙")
    by = staff[Role.DRAFTER]
    save_figure(PeriodFigure(agency=agency, kind="permits", year=2024, first_month=1, last_month=3, decisions=0), by=by)
    fee = PeriodFigure(
        agency=agency, kind="fees", year=2024, first_month=1, last_month=12, amount_wan=Decimal("0.000001")
    )
    save_figure(fee, by=by)
    values = {"agency": agency, "kind": "penalties", "decided_on": date(2024, 3, 5)}
    save_decision(Decision(document_number="某卫罚〔2024〕1号", subject="甲案", item=public, **values), by=by)
    closed = {"is_open": False, "closed_basis": "行政处罚法第四十八条"}
    save_decision(Decision(document_number="某卫罚〔2024〕2号", subject="乙案", **closed, **values), by=by)
    entry = NormativeRecord(
        agency=agency, title="接种办法", document_number="某卫规〔2021〕2号", issued_on=date(2021, 3, 1),
        effective_on=date(2021, 4, 1), item=public,
    )  # fmt: skip
    save_record(entry, by=by)
    for kind, day in (("amended", date(2022, 5, 1)), ("repealed", date(2024, 6, 1))):
        add_event(NormativeEvent(record=entry, kind=kind, effective_on=day, basis="某卫规〔2024〕1号"), by=by)
    return start_export(agency=agency, by=staff[Role.ADMINISTRATOR])


def parts(job: Job) -> dict[str, bytes]:
    """The package with other index numbers, as on a platform that has not given these away."""
    old = job.agency.organisation_code.encode()
    with zipfile.ZipFile(job.result) as package:
        return {name: package.read(name).replace(old, b"999999999") for name in package.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return file.getvalue()


def bring_in(kind: JobKind, name: str, data: bytes, agency: Agency, by: User) -> Job:
    """Upload, find nothing wrong, confirm."""
    job = start_import(kind, agency=agency, by=by, file=SimpleUploadedFile(name, data))
    assert [problem for problem in job.report.get("problems", []) if problem["severity"] == "error"] == [], job.message
    return confirm(job, by=by)


def test_the_package_as_it_is_brings_the_items_with_their_files_back(
    exported: Job, agency: Agency, other_agency: Agency, drafter: User
) -> None:
    job = bring_in(JobKind.ITEMS, "全部数据.zip", packed(parts(exported)), other_agency, drafter)
    assert job.report["problems"] == []
    assert job.outcome == {"items": 3, "files": 2}
    before = InformationItem.objects.filter(agency=agency).order_by("pk").values_list(*KEPT)
    after = InformationItem.objects.filter(agency=other_agency).order_by("pk").values_list(*KEPT)
    assert list(after) == list(before)
    found = InformationItem.objects.get(agency=other_agency, title="办事指南")
    flow, form = found.attachments.select_related("document")
    assert [(flow.label, flow.kind), (form.label, form.kind)] == [("三步流程", "image"), ("申请表（2025年版）", "file")]
    assert found.body == f'<p>如图。</p><img src="{flow.document.url}" alt="三步流程">'
    with form.document.open_file() as file:
        assert file.read() == b"form"
    assert found.published_on == InformationItem.objects.get(agency=agency, title="办事指南").published_on
    assert found.source_url.endswith(f"/items/{InformationItem.objects.get(agency=agency, title='办事指南').pk}/")
    assert not found.live


def test_figures_decisions_and_register_come_back_from_their_tables(
    exported: Job, agency: Agency, other_agency: Agency, drafter: User
) -> None:
    files = parts(exported)
    bring_in(JobKind.ITEMS, "全部数据.zip", packed(files), other_agency, drafter)
    bring_in(JobKind.FIGURES, "表二数据.csv", files["再导入/表二数据.csv"], other_agency, drafter)
    bring_in(JobKind.DECISIONS, "处理决定.csv", files["再导入/处理决定.csv"], other_agency, drafter)
    for number in (1, 2):
        bring_in(JobKind.REGISTER, "规范性文件.csv", files[f"再导入/规范性文件-{number}.csv"], other_agency, drafter)
    names = {
        PeriodFigure: ("kind", "year", "first_month", "last_month", "decisions", "amount_wan"),
        Decision: ("kind", "document_number", "subject", "decided_on", "is_open", "closed_basis", "item__title"),
        NormativeRecord: ("title", "document_number", "issued_on", "effective_on", "validity", "item__title"),
    }
    for model, fields in names.items():
        rows = [
            sorted(model._default_manager.filter(agency=a).values_list(*fields), key=str)
            for a in (agency, other_agency)
        ]
        assert rows[0] == rows[1] != []
    events = NormativeEvent.objects.filter(record__agency=other_agency).values_list("kind", "effective_on", "basis")
    assert list(events) == [
        ("amended", date(2022, 5, 1), "某卫规〔2024〕1号"),
        ("repealed", date(2024, 6, 1), "某卫规〔2024〕1号"),
    ]


def test_names_that_do_not_match_the_files_are_named(upload: Make, table: Make, package: Make) -> None:
    headers = ("栏目", "名称", "成文日期", "公开属性", "附件", "附件名称")
    row = ("法定主动公开内容", "甲", "2024-03-05", "主动公开", "a.txt；b.txt", "只有一个名称")
    archive = package({"目录.csv": table([row], headers), "a.txt": "甲".encode(), "b.txt": "乙".encode()})
    job = upload(archive, name="x.zip")
    assert [(p["row"], p["column"], p["message"]) for p in job.report["problems"]] == [
        (2, "附件名称", "有1个名称，附件有2个。")
    ]
