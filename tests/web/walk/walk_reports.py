"""What the walk needs of the annual reports: a draft and a frozen version with the agency's own words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Model

from gongkai.annual_report.model import blank_report
from gongkai.annual_report.serialisation import to_json
from gongkai_web.accounts.models import Agency, User
from gongkai_web.annual_report.models import AnnualReport, ImportedFile, ImportedReport, JointDocument, ReportVersion
from gongkai_web.annual_report.services.draft import open_report, save_texts
from gongkai_web.annual_report.supervision import intake
from gongkai_web.annual_report.supervision.doubts import rewrite
from gongkai_web.interchange.models import Job, JobKind, JobState

VERSION = 1


def things(agency: Agency, officer: User, secret: str) -> dict[type[Model], Model]:
    """The report for 2024; its version holds no files, for they are served by an address of their own."""
    report = save_texts(
        open_report(agency, 2024, by=officer), {"overview": f"总体情况{secret}", "problems": secret}, by=officer
    )
    version = ReportVersion.objects.create(
        report=report,
        number=VERSION,
        note=f"说明{secret}",
        document=to_json(blank_report(agency=agency.name, year=2024)),
        receipt={},
        sha256="0" * 64,
        by=officer,
    )
    return {AnnualReport: report, ReportVersion: version, **_supervised(agency, officer, secret)}


def _supervised(agency: Agency, officer: User, secret: str) -> dict[type[Model], Model]:
    """An import with its file and report, as a supervising office has them, and a joint document."""
    job = Job.objects.create(
        kind=JobKind.REPORTS, agency=agency, started_by=officer, state=JobState.DONE, source_name=f"{secret}.html"
    )
    file = intake.keep(job, name=f"{secret}.html", data=f"<p>{secret}</p>".encode())
    read = replace(blank_report(agency=agency.name, year=2024), sections={"overview": secret})
    imported = ImportedReport.objects.create(
        file=file, agency=agency, printed_agency=agency.name, year=2024, document=to_json(read)
    )
    rewrite(imported)
    joint = JointDocument.objects.create(government=agency, year=2024, title=secret, lead=agency, by=officer)
    return {ImportedFile: file, ImportedReport: imported, JointDocument: joint}


def import_keys(side: Any) -> dict[str, object]:
    """The arguments of an import's page."""
    return {"pk": ImportedFile.objects.get(pk=side.key(ImportedFile)).job_id}


def file_keys(side: Any) -> dict[str, object]:
    """The arguments of an imported file's addresses."""
    return {"pk": side.key(ImportedFile), "number": 1}


def filing_keys(side: Any) -> dict[str, object]:
    """The arguments of the addresses of a body and a year."""
    return {"pk": side.agency.pk, "year": 2024, "other": side.agency.pk, "other_year": 2024}


def keys(side: Any) -> dict[str, object]:
    """The arguments of any address of a report."""
    return {"pk": side.key(AnnualReport), "number": VERSION, "kind": "json"}
