"""What the walk needs of the annual reports: a draft and a frozen version with the agency's own words."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from gongkai.annual_report.model import blank_report
from gongkai.annual_report.serialisation import to_json
from gongkai_web.accounts.models import Agency, User
from gongkai_web.annual_report.models import AnnualReport, ReportVersion
from gongkai_web.annual_report.services.draft import open_report, save_texts

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
    return {AnnualReport: report, ReportVersion: version}


def keys(side: Any) -> dict[str, object]:
    """The arguments of any address of a report."""
    return {"pk": side.key(AnnualReport), "number": VERSION, "kind": "json"}
