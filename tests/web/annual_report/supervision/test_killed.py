"""Two hundred mixed files; the process is killed in the middle, started again, and every file is accounted for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_SETUP = """
import django, io, json, sys, zipfile
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai_web.accounts.models import Agency, Role
from gongkai_web.accounts.services import create_agency, create_user, grant
from gongkai_web.annual_report.supervision import intake
from gongkai_web.interchange.models import Job
from published import file_of
city = create_agency(name="示例市人民政府", short_name="市政府", slug="city", kind="government")
for n in range(1, 41):
    create_agency(parent=city, name=f"示例市第{n}区教育局", short_name=f"{n}区教育局", slug=f"a{n}")
user = create_user(username="s", full_name="监督员", email="s@example.cn", password="correct horse")
grant(user, Role.SUPERVISOR, agency=city)
job = Job.objects.create(kind="reports", agency=city, started_by=user, confirmed=True)
kinds = ("html", "docx", "pdf", "xlsx", "md", "json")
packed = io.BytesIO()
archive = zipfile.ZipFile(packed, "w")
for n in range(195):
    kind = kinds[n % 6]
    name, data = f"{n}.{kind}", file_of(f"示例市第{n % 40 + 1}区教育局", 2021 + n // 40, kind=kind, received=n)
    if n % 13 == 5:
        name, data = f"{n}.txt", f"第{n}号通知。请准时参加。".encode()
    if n < 40:
        archive.writestr(name, data)
    else:
        intake.keep(job, name=name, data=data)
archive.close()
intake.keep(job, name="打包.zip", data=packed.getvalue())
for n in range(4):
    intake.keep(job, name=f"重复{n}.html", data=file_of("示例市第1区教育局", 2024, kind="html", received=7))
print(job.pk)
"""
_RUN = """
import django
django.setup()
from gongkai_web.interchange import jobs
jobs.perform({pk})
"""
_RESTART = """
import django
django.setup()
from datetime import timedelta
from gongkai_web.accounts.models import User
from gongkai_web.interchange import jobs
from gongkai_web.interchange.models import Job
from gongkai_web.interchange.progress import _path
Job.objects.filter(pk={pk}).update(moved_at="2020-01-01T00:00:00Z")
_path({pk}).unlink(missing_ok=True)
jobs.restart(Job.objects.get(pk={pk}), by=User.objects.get(username="s"))
jobs.perform({pk})
"""
_TELL = """
import django, json
django.setup()
from gongkai_web.annual_report.models import ImportedFile, ImportedReport
from gongkai_web.interchange.models import Job
from django.db.models import Count
job = Job.objects.get(pk={pk})
print(json.dumps({{
    "state": job.state,
    "files": dict(ImportedFile.objects.values_list("state").annotate(Count("pk")).order_by()),
    "reports": ImportedReport.objects.count(),
    "twice": ImportedFile.objects.filter(attempts__gt=1).count(),
}}))
"""


@pytest.fixture
def run(tmp_path: Path) -> object:
    """`run(code)`: Python with the project on a database and folder of its own."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GONGKAI_")},
        "GONGKAI_VAR": str(tmp_path),
        "GONGKAI_SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "gongkai_web.config.settings.development",
        "PYTHONPATH": str(Path(__file__).parent),
    }

    def start(code: str, *, wait: bool = True) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        if wait:
            process.wait(timeout=500)
        return process

    return start


def test_two_hundred_files_survive_a_killed_process(run: object) -> None:
    assert callable(run)
    made = run(_SETUP)
    assert made.returncode == 0, made.stderr.read()
    pk = int(made.stdout.read().split()[-1])

    def told() -> dict[str, object]:
        answer = run(_TELL.format(pk=pk))
        return dict(json.loads(answer.stdout.read().splitlines()[-1]))

    victim = run(_RUN.format(pk=pk), wait=False)
    files: dict[str, int] = {}
    for _ in range(60):
        time.sleep(0.3)
        files = told()["files"]  # type: ignore[assignment]
        if files.get("read", 0) >= 40:
            break
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    half_way = told()
    assert half_way["state"] == "running"
    assert half_way["files"]["waiting"] > 0  # type: ignore[index]

    assert run(_RESTART.format(pk=pk)).returncode == 0
    end = told()
    assert end["state"] == "done"
    assert end["files"] == {"read": 181, "error": 15, "same": 3, "unpacked": 1}
    assert end["reports"] == 181
    assert int(end["twice"]) <= 1  # type: ignore[call-overload]
