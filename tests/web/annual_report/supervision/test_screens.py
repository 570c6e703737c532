"""Every screen answers the supervisor, and only those below whom he supervises are shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from published import file_of

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.annual_report.models import ImportedFile, ImportedReport
from gongkai_web.interchange.models import Job

HEALTH, WATER = "某市卫生健康委员会", "某市水务局"
Upload, SignIn = Callable[..., Job], Callable[[User], Client]
SCREENS = ("roster", "imports", "findings", "summary", "compare", "similarity", "ranking")


@pytest.fixture
def job(upload: Upload, agency: Agency, other_agency: Agency) -> Job:
    """One import of each kind of ending."""
    return upload(
        ("卫健委.html", file_of(HEALTH, 2024, received=2)),
        ("水务局.pdf", file_of(WATER, 2024, kind="pdf")),
        ("外地.md", file_of("远方市教育局", 2024, kind="md")),
        ("通知.txt", "会议通知。".encode()),
    )


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.usefixtures("job")
def test_the_supervisor_sees_every_screen(sign_in: SignIn, supervisor: User, name: str) -> None:
    response = sign_in(supervisor).get(reverse(f"annual_report_{name}"), {"year": 2024, "kind": "warning"})
    assert response.status_code == 200
    page = response.content.decode()
    assert ("远方市教育局" in page) if name == "imports" else ("市卫健委" in page or HEALTH in page)


@pytest.mark.parametrize("name", SCREENS)
def test_whoever_supervises_nobody_is_turned_away(
    sign_in: SignIn, staff: dict[Role, User], government: Agency, name: str
) -> None:
    for role in (Role.DRAFTER, Role.OFFICER, Role.SUPERVISOR):  # a department has nobody below it
        response = sign_in(staff[role]).get(reverse(f"annual_report_{name}"), {"agency": government.pk})
        assert response.status_code in (302, 403)


def test_originals_are_offered_for_download_and_never_shown_as_pages(
    job: Job, sign_in: SignIn, supervisor: User
) -> None:
    file = ImportedFile.objects.get(name="卫健委.html")
    response = sign_in(supervisor).get(reverse("annual_report_imported_file", args=[file.pk]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_another_government_reads_neither_reports_nor_files(
    job: Job, sign_in: SignIn, make_agency: Callable[..., Agency], make_user: Callable[..., User]
) -> None:
    other = make_agency(name="邻市人民政府", kind="government")
    make_agency(other, name="邻市教育局")
    client = sign_in(make_user(Role.SUPERVISOR, other))
    imported = ImportedReport.objects.get(agency__name=HEALTH)
    for name, args in (
        ("annual_report_imported", [imported.pk]),
        ("annual_report_imported_file", [imported.file_id]),
        ("annual_report_imported_page", [imported.file_id, 1]),
        ("annual_report_import_job", [job.pk]),
        ("annual_report_filing", [imported.agency_id, 2024]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_a_page_of_a_pdf_stands_beside_its_cells(job: Job, sign_in: SignIn, supervisor: User) -> None:
    client = sign_in(supervisor)
    file = ImportedFile.objects.get(name="水务局.pdf")
    picture = client.get(reverse("annual_report_imported_page", args=[file.pk, 1]))
    assert picture.content.startswith(b"\x89PNG")
    assert client.get(reverse("annual_report_imported_page", args=[file.pk, 99])).status_code == 404
    page = client.get(reverse("annual_report_imported", args=[file.reports.get().pk])).content.decode()
    assert reverse("annual_report_imported_page", args=[file.pk, 1]) in page


def test_nothing_of_a_strangers_markup_reaches_the_page(
    upload: Upload, agency: Agency, sign_in: SignIn, supervisor: User
) -> None:
    evil = b"<script>alert(1)</script><img src=x onerror=alert(1)><p onclick='alert(1)'>x</p>"
    data = file_of(HEALTH, 2024).replace(b"</body>", evil + b"</body>")
    upload(("甲.html", data))
    page = sign_in(supervisor).get(reverse("annual_report_imported", args=[ImportedReport.objects.get().pk]))
    assert "alert(1)" not in page.content.decode()


def test_a_wrong_number_is_told_and_kept_on_the_screen(job: Job, sign_in: SignIn, supervisor: User) -> None:
    imported = ImportedReport.objects.get(agency__name=HEALTH)
    answer = {"cell:proactive.permits.decisions": "十二"}
    page = sign_in(supervisor).post(reverse("annual_report_imported", args=[imported.pk]), answer)
    assert page.status_code == 422
    assert "“十二”不是数字" in page.content.decode()
    assert 'value="十二"' in page.content.decode()


def test_doubts_are_answered_on_the_screen(
    job: Job, sign_in: SignIn, supervisor: User, make_agency: Callable[..., Agency], government: Agency
) -> None:
    far = make_agency(government, name="远方市教育局分局")
    imported = ImportedReport.objects.get(agency=None)
    url = reverse("annual_report_imported", args=[imported.pk])
    assert sign_in(supervisor).post(url, {"body": far.pk, "report_year": "2024"}).status_code == 302
    imported.refresh_from_db()
    assert (imported.agency, imported.state) == (far, "ready")


def test_the_whole_summary_can_be_had_as_a_file(job: Job, sign_in: SignIn, supervisor: User) -> None:
    url = reverse("annual_report_summary_file", args=["xlsx"])
    assert sign_in(supervisor).get(url, {"year": 2024}).content.startswith(b"PK")
    assert sign_in(supervisor).get(reverse("annual_report_summary_file", args=["exe"])).status_code == 404


def test_the_public_sees_the_statistics(job: Job, client: Client) -> None:
    page = client.get("/statistics/", {"year": "2024"}).content.decode()
    assert "2 个机关的报告" in page
    data = client.get("/statistics/2024.csv").content.decode("utf-8-sig")
    assert data.splitlines()[0].startswith("机关,年度,格式,表二 · 规章 · 本年制发件数")
    assert client.get("/statistics/1999.csv").status_code == 404
    assert client.get("/statistics/?year=%00%27").status_code == 200


def test_without_reports_the_statistics_say_so(db: None, client: Client) -> None:
    assert "还没有公布年度报告" in client.get("/statistics/").content.decode()
