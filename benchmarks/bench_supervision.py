"""The supervising office with many members: roster, summary, findings and texts that are alike, and how they grow.

Each member has a filed report with a narrative of 3,000 characters. Budget: the summary of 500 members in 5 s.

Run: .venv/bin/python benchmarks/bench_supervision.py [--members 125 250 500]. With GONGKAI_DATABASE_URL naming a
PostgreSQL an extra database is made on that server, measured and dropped; otherwise SQLite in a temporary folder.
`--cpu` counts the time of this process instead of the clock's, for a machine that has other work.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from dataclasses import replace

import trial_database

# isort: split
# Django is ready from here on.
from django.core.cache import cache
from django.db import connection

from gongkai.annual_report import formats
from gongkai.annual_report.model import Cell, Report, blank_report
from gongkai.annual_report.serialisation import to_json
from gongkai_web.accounts.models import Agency, Role
from gongkai_web.accounts.services import create_agency, create_user, grant
from gongkai_web.annual_report.models import ImportedFile, ImportedReport
from gongkai_web.annual_report.supervision import alike, findings
from gongkai_web.annual_report.supervision.roster import bodies_of, roster
from gongkai_web.annual_report.supervision.summary import summarise
from gongkai_web.interchange.models import Job

YEAR = 2024
BUDGET_S = 5.0
_WORDS = "公开信息政策解读申请答复栏目更新审查保密培训考核监督群众企业服务平台文件制度规范目录指南网站检索意见建议"


def report_of(agency: Agency, number: int) -> Report:
    """A report whose equations hold; every text is its own."""
    chance = random.Random(number)  # noqa: S311  # no secret
    form = formats.for_year(YEAR)
    values = dict.fromkeys(form.cells, 0)
    for row in ("received", "granted", "total"):
        values[f"applications.{row}.natural_person"] = values[f"applications.{row}.total"] = number % 40
    sentences = ["".join(chance.choices(_WORDS, k=24)) + "。" for _ in range(120)]
    return replace(
        blank_report(form, agency=agency.name, year=YEAR),
        cells={path: Cell(value) for path, value in values.items()},
        sections={"overview": "".join(sentences[:80]), "problems": "".join(sentences[80:]), "other_matters": "无。"},
    )


def members(root: Agency, job: Job, *, upto: int) -> None:
    """As many members, each with its report; written past the services, which give each its columns and folders."""
    numbers = range(Agency.objects.filter(parent=root).count() + 1, upto + 1)
    agencies = Agency.objects.bulk_create(
        Agency(parent=root, path=f"{root.path}{n:06}", name=f"示例市第{n}区教育局", short_name=f"{n}区", slug=f"m{n}")
        for n in numbers
    )
    files = ImportedFile.objects.bulk_create(
        ImportedFile(job=job, name=f"{n}.html", sha256=f"{n:064}", size=1, state="read") for n in numbers
    )
    ImportedReport.objects.bulk_create(
        ImportedReport(file=file, agency=agency, year=YEAR, document=to_json(report_of(agency, n)), state="ready")
        for n, agency, file in zip(numbers, agencies, files, strict=True)
    )


def timed(call: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    call()
    return clock() - started


def measure(sizes: list[int], clock: Callable[[], float]) -> None:
    root = create_agency(name="示例市人民政府", short_name="市政府", slug="city", kind="government")
    user = create_user(username="s", full_name="监督员", email="s@example.cn")
    grant(user, Role.SUPERVISOR, agency=root)
    job = Job.objects.create(kind="reports", agency=root, started_by=user, state="done")
    heads = ("members", "summary", "roster", "findings", "again", "alike")
    print(f"{connection.vendor}; seconds\n" + "".join(f"{head:>10}" for head in heads), flush=True)
    for size in sizes:
        members(root, job, upto=size)
        bodies = bodies_of(root, YEAR)
        cache.clear()
        calls: list[Callable[[], object]] = [
            lambda: summarise(root, YEAR).report,
            lambda: roster(root, YEAR),
            lambda found=bodies: findings.judge(found, YEAR),  # type: ignore[misc]
            lambda found=bodies: findings.judge(found, YEAR),  # type: ignore[misc]
            lambda found=bodies: alike.between(found, YEAR),  # type: ignore[misc]
        ]
        seconds = [timed(call, clock) for call in calls]
        print(f"{size:>10}" + "".join(f"{one:>10.2f}" for one in seconds), flush=True)
        if size <= 500 and seconds[0] > BUDGET_S:
            raise SystemExit(f"the summary of {size} members took {seconds[0]:.1f} s, the budget is {BUDGET_S:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=[125, 250, 500])
    parser.add_argument("--cpu", action="store_true")
    asked = parser.parse_args()
    sizes, clock = asked.members, time.process_time if asked.cpu else time.perf_counter
    with trial_database.migrated():
        measure(sizes, clock)


if __name__ == "__main__":
    main()
