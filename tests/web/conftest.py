"""Factories for the web tests: real rows made by the real services, and signatures by real people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connections
from django.test import Client

from gongkai.information.codes import organisation_check_digit
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import create_agency, create_user, grant
from gongkai_web.audit import guards
from gongkai_web.information.models import AgencyDocument, InformationItem, ReviewCase, Reviewed
from gongkai_web.information.services.drafting import create_item
from gongkai_web.information.services.review import latest_case, sign, submit

REVIEWERS = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)
PASSWORD = "correct horse battery"  # noqa: S105  # of people who exist only in tests
_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tests with real transactions end by emptying every table; the guards step aside for that and only for that."""
    connection = connections["default"]
    original = connection.ops.execute_sql_flush

    def flush(sql_list: Iterable[str]) -> None:
        guards.lift(connection)
        try:
            original(sql_list)
        finally:
            guards.restore(connection)

    connection.ops.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    connection.ops.execute_sql_flush = original  # type: ignore[method-assign]


@pytest.fixture
def make_agency(db: None) -> Callable[..., Agency]:
    """`make_agency(parent=…, name=…)`: an agency with its statutory columns and an organisation code."""

    def make(parent: Agency | None = None, **fields: Any) -> Agency:
        number = next(_numbers)
        body = f"{number:08}"
        named = {
            "name": f"某市第{number}局",
            "short_name": f"{number}局",
            "slug": f"agency-{number}",
            "organisation_code": body + organisation_check_digit(body),
            **fields,
        }
        return create_agency(parent=parent, **named)

    return make


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """`make_user(Role.DRAFTER, agency)`: a person with the role; pairs may go on: `(role, agency, role, agency)`."""

    def make(*roles_and_agencies: Any, **fields: Any) -> User:
        number = next(_numbers)
        named = {
            "username": f"user{number}",
            "full_name": f"人员{number}",
            "email": f"user{number}@example.cn",
            **fields,
        }
        user = create_user(password=PASSWORD, **named)
        for role, agency in zip(roles_and_agencies[::2], roles_and_agencies[1::2], strict=True):
            grant(user, role, agency=agency)
        return user

    return make


@pytest.fixture
def government(make_agency: Callable[..., Agency]) -> Agency:
    """The root of the tree."""
    return make_agency(name="某市人民政府", short_name="市政府", slug="gov", kind="government")


@pytest.fixture
def agency(government: Agency, make_agency: Callable[..., Agency]) -> Agency:
    """A department under the government."""
    return make_agency(government, name="某市卫生健康委员会", short_name="市卫健委", slug="health")


@pytest.fixture
def other_agency(government: Agency, make_agency: Callable[..., Agency]) -> Agency:
    """A department that has nothing to do with `agency`."""
    return make_agency(government, name="某市水务局", short_name="市水务局", slug="water")


@pytest.fixture
def staff(agency: Agency, make_user: Callable[..., User]) -> dict[Role, User]:
    """One person per role in `agency`."""
    return {role: make_user(role, agency) for role in Role}


@pytest.fixture
def make_item(staff: dict[Role, User], agency: Agency) -> Callable[..., InformationItem]:
    """`make_item(title=…)`: a draft in the agency's 法定主动公开内容 column."""

    def make(by: User | None = None, **fields: Any) -> InformationItem:
        home = fields.pop("agency", agency)
        values = {
            "column": home.columns.get(code="statutory"),
            "title": "关于做好夏季防疫工作的通知",
            "body": "<p>正文。</p>",
            "formed_on": date(2025, 6, 3),
            "attribute": "proactive",
            **fields,
        }
        return create_item(agency=home, by=by if home != agency else by or staff[Role.DRAFTER], **values)

    return make


@pytest.fixture
def sign_all(staff: dict[Role, User]) -> Callable[..., ReviewCase]:
    """`sign_all(subject)`: send it in and have every step of the default chain signed."""

    def run(subject: Reviewed, steps: int = 4) -> ReviewCase:
        case = latest_case(subject)
        if case is None or case.state != "open":
            case = submit(subject, by=staff[Role.DRAFTER])
        for role in REVIEWERS[:steps]:
            _sign_next(case, staff[role])
        case.refresh_from_db()
        return case

    return run


def _sign_next(case: ReviewCase, user: User, opinion: str = "同意") -> ReviewCase:
    """The user signs the step that is due, every point confirmed."""
    step = case.as_case().next_step
    assert step is not None
    return sign(case, by=user, seen=case.fingerprint, opinion=opinion, checked=step.checklist)


@pytest.fixture
def sign_next() -> Callable[..., ReviewCase]:
    """`sign_next(case, user)`: the user signs the step that is due, every point confirmed."""
    return _sign_next


@pytest.fixture
def live_item(make_item: Callable[..., InformationItem], sign_all: Callable[..., ReviewCase]) -> InformationItem:
    """An item that went the whole way."""
    item = make_item()
    sign_all(item)
    item.refresh_from_db()
    return item


@pytest.fixture
def make_file() -> Callable[..., AgencyDocument]:
    """`make_file(agency, "名称", b"…")`: an uploaded file in the agency's collection."""

    def make(agency: Agency, title: str = "附件", content: bytes = b"content") -> AgencyDocument:
        document = AgencyDocument(title=title, collection=agency.collection)
        document.file.save(f"{next(_numbers)}.txt", ContentFile(content), save=False)
        document.save()
        return document

    return make


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """`sign_in(user)`: a client with a bound session."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="gongkai_web.accounts.backends.MembershipBackend")
        return client

    return make
