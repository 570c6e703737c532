"""Cases for the tests: made by the real services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.applications import ApplicantType, Entry
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.applications.models import Case
from gongkai_web.applications.services import events, intake

RECEIVED = date(2025, 3, 3)


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    """Every test keeps its files to itself."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer(staff: dict[Role, User]) -> User:
    """Who handles the applications of `agency`."""
    return staff[Role.OFFICER]


@pytest.fixture
def make_case(agency: Agency, officer: User) -> Callable[..., Case]:
    """`make_case(on=…, kind=…, name=…)`: handed in over the counter on that day."""

    def make(on: date = RECEIVED, kind: ApplicantType = ApplicantType.NATURAL_PERSON, **fields: Any) -> Case:
        home = fields.pop("agency", agency)
        person = {name: fields.pop(name) for name in list(fields) if name in intake.ApplicantData.__slots__}
        applicant = intake.ApplicantData(kind, **{"name": "王某某", "phone": "13800001234", **person})
        values = {"subject": "某路段改造工程的招标文件", "description": "招标公告和评标报告。", **fields}
        return intake.register(
            home,
            by=officer if home == agency else None,
            arrival=Arrival(Entrance.IN_PERSON, submitted_on=on),
            applicant=applicant,
            **values,
        )

    return make


@pytest.fixture
def happen(officer: User) -> Callable[..., Case]:
    """`happen(case, EventKind.WITHDRAWN, date(…), details)`: recorded by the officer."""

    def run(case: Case, kind: EventKind, on: date, details: Any = None, **more: Any) -> Case:
        events.record(
            case, Entry(kind, on, details), by=officer if case.agency == officer_agency(officer) else None, **more
        )
        return case

    return run


def officer_agency(officer: User) -> Agency:
    """Where the officer works."""
    return officer.memberships.get().agency
