"""Many files at once: each ends as read, doubtful, failed or a duplicate; none is lost and none stops the others."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from published import file_of

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.annual_report.models import ImportedFile, ImportedReport
from gongkai_web.annual_report.supervision import importing, intake
from gongkai_web.interchange.errors import UploadRefused
from gongkai_web.interchange.models import Job

pytestmark = pytest.mark.usefixtures("agency", "other_agency")
Upload = Callable[..., Job]
HEALTH, WATER = "某市卫生健康委员会", "某市水务局"


def endings(job: Job) -> list[tuple[str, str]]:
    return list(job.report_files.order_by("pk").values_list("name", "state"))


def archive(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "xlsx", "md", "json"])
def test_a_report_of_any_kind_finds_its_agency_and_year(upload: Upload, agency: Agency, kind: str) -> None:
    job = upload((f"下载的文件.{kind}", file_of(HEALTH, 2024, kind=kind, received=6, carried_in=1)))
    assert endings(job) == [(f"下载的文件.{kind}", "read")]
    found = ImportedReport.objects.get()
    assert (found.agency, found.year, found.state, found.open_doubts) == (agency, 2024, "ready", 0)
    assert found.as_report().value("applications.carried_in.natural_person") == 1


def test_every_file_is_accounted_for(upload: Upload) -> None:
    good = file_of(HEALTH, 2024, received=3)
    job = upload(
        ("卫健委.html", good),
        ("通知.txt", "关于召开会议的通知。请准时参加。".encode()),
        ("空.txt", b""),
        ("再来一次.html", good),
        ("坏.docx", b"PK\x03\x04" + b"\x00" * 200),
    )
    assert [state for _, state in endings(job)] == ["read", "error", "error", "same", "error"]
    assert job.state == "done"
    assert sum(job.outcome.values()) == 5
    messages = dict(ImportedFile.objects.values_list("name", "message"))
    assert messages["空.txt"] == "文件是空的。请检查文件是否下载完整。"
    assert "与" in messages["再来一次.html"]
    assert "卫健委.html" in messages["再来一次.html"]


def test_an_archive_is_unpacked_and_its_files_are_read_by_themselves(upload: Upload) -> None:
    packed = archive(
        {
            "年报/卫健委.html": file_of(HEALTH, 2024),
            "年报/水务局.docx": file_of(WATER, 2024, kind="docx"),
            "年报/里面还有.zip": archive({"x.txt": b"x"}),
            "年报/Thumbs.db": b"x",
        }
    )
    job = upload(("各单位.zip", packed))
    assert endings(job) == [
        ("各单位.zip", "unpacked"),
        ("卫健委.html", "read"),
        ("水务局.docx", "read"),
        ("里面还有.zip", "error"),
    ]


def test_a_name_outside_the_tree_waits_for_a_person(upload: Upload) -> None:
    job = upload(("外地.html", file_of("远方市教育局", 2024)))
    found = ImportedReport.objects.get()
    assert endings(job) == [("外地.html", "doubts")]
    assert (found.agency, found.printed_agency, found.open_doubts) == (None, "远方市教育局", 1)


def test_two_bodies_that_a_name_fits_are_a_question_not_a_guess(
    upload: Upload, make_agency: Callable[..., Agency], government: Agency
) -> None:
    make_agency(government, name="东山区卫生健康局", short_name="东山卫健局")
    make_agency(government, name="某市东山区卫生健康局", short_name="市东山卫健局")
    upload(("东山.html", file_of("某省某市东山区卫生健康局", 2024)))
    assert ImportedReport.objects.get().agency is None


def test_a_file_at_which_the_process_died_twice_is_given_up(
    upload: Upload, government: Agency, supervisor: User
) -> None:
    job = Job.objects.create(kind="reports", agency=government, started_by=supervisor, confirmed=True, state="running")
    poison = intake.keep(job, name="毒.html", data=file_of(HEALTH, 2024))
    ImportedFile.objects.filter(pk=poison.pk).update(attempts=importing.MOST_ATTEMPTS)
    intake.keep(job, name="好.html", data=file_of(WATER, 2024))
    importing.run(job, lambda *_: None)
    assert endings(job) == [("毒.html", "error"), ("好.html", "read")]


def test_a_surprise_in_one_file_does_not_stop_the_others(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importing.read

    def read(data: bytes, *, name: str = "") -> Any:
        if name == "怪.html":
            raise RuntimeError
        return real(data, name=name)

    monkeypatch.setattr(importing, "read", read)
    job = upload(("怪.html", file_of(HEALTH, 2024)), ("好.html", file_of(WATER, 2024)))
    assert [state for _, state in endings(job)] == ["error", "read"]
    assert "原件已保留" in ImportedFile.objects.get(name="怪.html").message


def test_a_run_that_was_started_anew_ends_nothing(government: Agency, supervisor: User) -> None:
    job = Job.objects.create(kind="reports", agency=government, started_by=supervisor, confirmed=True, state="queued")
    intake.keep(job, name="甲.html", data=file_of(HEALTH, 2024))
    with pytest.raises(GongkaiError):
        importing.run(job, lambda *_: None)
    assert endings(job) == [("甲.html", "waiting")]


def test_only_who_supervises_may_import(government: Agency, make_user: Callable[..., User]) -> None:
    stranger = make_user()
    with pytest.raises(NotAllowed):
        intake.start(government, by=stranger, files=[])


def test_nothing_chosen_is_told(government: Agency, supervisor: User) -> None:
    with pytest.raises(UploadRefused, match="没有选择文件"):
        intake.start(government, by=supervisor, files=[])
