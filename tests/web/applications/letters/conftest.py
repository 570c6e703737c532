"""Letters for the tests: drafted by the officer, signed by the one who reviews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.applications.letters import LetterKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.applications.models import Case, Letter, LetterSettings
from gongkai_web.applications.services import letters
from gongkai_web.applications.services.letter_sources import said


@pytest.fixture
def signer(staff: dict[Role, User]) -> User:
    """Who approves answers."""
    return staff[Role.REVIEWER_2]


@pytest.fixture
def letter_settings(agency: Agency) -> LetterSettings:
    """What the agency's letters have in common."""
    return LetterSettings.objects.create(
        agency=agency,
        prefix="云卫公开",
        reconsideration_body="云溪市人民政府",
        court="云溪市清河区人民法院",
        online_channel="省行政复议服务平台",
        payment_method="缴入财政专户",
    )


@pytest.fixture
def today() -> date:
    """The day of the test."""
    return timezone.localdate()


@pytest.fixture
def case(make_case: Callable[..., Case], today: date) -> Case:
    """An application received eight days ago."""
    return make_case(on=today - timedelta(days=8))


@pytest.fixture
def write(case: Case, officer: User, letter_settings: LetterSettings) -> Callable[..., Letter]:
    """`write(LetterKind.REPLY, decisions=[…], …)`: a draft with these values."""

    def run(kind: LetterKind, decisions: list[dict[str, Any]] | None = None, **values: str) -> Letter:
        letter = letters.draft(case, kind, by=officer)
        filled = said(letter)
        letters.save(
            letter,
            by=officer,
            values={**filled["values"], **values},
            decisions=filled["decisions"] if decisions is None else decisions,
        )
        letter.refresh_from_db()
        return letter

    return run


@pytest.fixture
def sign(officer: User, signer: User) -> Callable[[Letter], Letter]:
    """Sent up and signed."""

    def run(letter: Letter) -> Letter:
        letters.submit(letter, by=officer)
        return letters.sign(letter, by=signer)

    return run
