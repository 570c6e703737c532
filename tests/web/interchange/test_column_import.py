"""Columns from a table: an export's own, or one that somebody filled in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai_web.accounts.models import Agency, Office, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.interchange.jobs import confirm, start_export, start_import
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.proactive.models import Column
from gongkai_web.proactive.services import save_column, take_set

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
HEAD = "网址标识,栏目名称,上级栏目,类别,更新周期（天）,排序,在门户显示\n"
KEPT = ("slug", "name", "code", "kind", "parent__slug", "update_interval_days", "position", "is_shown", "basis",
        "owner_office__name")  # fmt: skip


@pytest.fixture
def manager(other_agency: Agency, make_user: Make) -> User:
    """Who keeps the columns of the agency that stands for the other installation."""
    user: User = make_user(Role.ADMINISTRATOR, other_agency)
    return user


def upload(text: str | bytes, agency: Agency, by: User) -> Job:
    data = text.encode() if isinstance(text, str) else text
    return start_import(JobKind.COLUMNS, agency=agency, by=by, file=SimpleUploadedFile("栏目.csv", data))


def problems(job: Job) -> list[tuple[int, str, str]]:
    return [(p["row"], p["column"], p["message"]) for p in job.report["problems"] if p["severity"] == "error"]


def test_an_export_makes_the_catalogue_anew(
    agency: Agency, other_agency: Agency, staff: dict[Role, User], manager: User
) -> None:
    take_set(agency, "art20")
    office = Office.objects.create(agency=agency, name="政策法规科")
    Office.objects.create(agency=other_agency, name="政策法规科")
    parent = agency.columns.get(slug="statutory")
    own = Column(agency=agency, parent=parent, name="防疫专题", slug="epidemic", update_interval_days=14, position=7)
    own.owner_office, own.is_shown = office, False
    save_column(own)
    exported = start_export(agency=agency, by=staff[Role.ADMINISTRATOR])
    with zipfile.ZipFile(io.BytesIO(exported.result.read())) as package:
        table = package.read("再导入/栏目.csv")
    job = upload(table, other_agency, manager)
    assert problems(job) == []
    assert other_agency.columns.count() == 5  # the preview stored nothing
    assert confirm(job, by=manager).outcome == {"rows": agency.columns.count()}
    before, after = (sorted(a.columns.values_list(*KEPT), key=str) for a in (agency, other_agency))
    assert after == before


def test_a_child_may_stand_above_its_parent(other_agency: Agency, manager: User) -> None:
    confirm(upload(f"{HEAD}b,乙,a,,30,,\na,甲,,,,,否\n", other_agency, manager), by=manager)
    child = other_agency.columns.get(slug="b")
    assert (str(child), child.update_interval_days) == ("甲 / 乙", 30)
    assert not other_agency.columns.get(slug="a").is_shown


def test_each_wrong_row_is_named_and_nothing_is_stored(other_agency: Agency, manager: User) -> None:
    rows = "a,甲,没有,,,,\nb b,乙,,,,,\nstatutory,法定主动公开内容,,法定主动公开内容,,,否\nc,,,,,,\nd,丁,,,三十,,\n"
    job = upload(HEAD + rows, other_agency, manager)
    assert job.state == "refused"
    found = problems(job)
    assert [row for row, _, _ in found] == [2, 3, 4, 5, 6]
    assert found[0][1:] == ("上级栏目", "本机构和这份表格中都没有网址标识为“没有”的栏目。")
    assert found[2][2].startswith("“法定主动公开内容”是法定栏目")
    assert other_agency.columns.count() == 5


def test_a_third_level_is_refused(other_agency: Agency, manager: User) -> None:
    job = upload(f"{HEAD}a,甲,,,,,\nb,乙,a,,,,\nc,丙,b,,,,\n", other_agency, manager)
    assert problems(job) == [(4, "上级栏目", "栏目只有两级，请选择一级栏目作为上级栏目。")]


def test_who_does_not_keep_columns_imports_none(other_agency: Agency, make_user: Make) -> None:
    with pytest.raises(NotAllowed):
        upload(f"{HEAD}a,甲,,,,,\n", other_agency, make_user(Role.DRAFTER, other_agency))
