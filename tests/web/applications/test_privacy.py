"""A canary in every personal field is found nowhere at rest; keys rotate; what is no longer needed is erased."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from gongkai.applications import ApplicantType, Entry
from gongkai.applications.details import Answered, Asked, Decision, Opinion
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.applications import selectors
from gongkai_web.applications.crypto import DataKeyError, seal, unseal
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.files import NewFile, add_file, open_file, path_of
from gongkai_web.applications.models import Applicant, Case, CaseFile, FileKind, LedgerRecord, Party
from gongkai_web.applications.models.draft import Draft, DraftFile
from gongkai_web.applications.models.letter import Letter
from gongkai_web.applications.services import access, erasure, events, intake
from gongkai_web.audit import guards
from gongkai_web.audit.models import AuditEvent
from gongkai_web.demo.clock import SHANGHAI, standing_at

Make = Callable[..., Case]
CANARY = "金丝雀"
PERSON = {
    "name": f"{CANARY}某某",
    "contact_name": f"{CANARY}乙",
    "legal_representative": f"{CANARY}丙",
    "phone": "13811112222",
    "email": "canary@example.cn",
    "address": f"{CANARY}路1号",
    "postcode": "123321",
    "id_number": "110101199001019999",
}
SECRETS = (CANARY, "13811112222", "canary@example", "110101199001019999")
GRANTED = Answered((Decision("全部", "granted", {"how": "电子邮件发送"}),))


@pytest.fixture
def case(make_case: Make, officer: User) -> Case:
    """A case with a canary in every personal field, a file and a consulted third party."""
    made = make_case(id_kind="identity_card", description=f"{CANARY}本人的档案", **PERSON)
    proof = NewFile(f"{CANARY}身份证.pdf", f"%PDF {CANARY}".encode(), "application/pdf", FileKind.PROOF)
    add_file(made, proof, by=officer)
    events.record(made, Entry(EventKind.THIRD_PARTY_ASKED, date(2025, 3, 5), Asked(f"{CANARY}丁")), by=officer)
    answer = Opinion(f"{CANARY}丁", agrees=True)
    events.record(made, Entry(EventKind.THIRD_PARTY_ANSWERED, date(2025, 3, 7), answer), by=officer)
    return made


def stored_texts() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, as the database has it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # every table there is
            for row in cursor.fetchall():
                yield table, json.dumps(row, default=repr, ensure_ascii=False)


def spellings(secret: str) -> list[bytes]:
    """The bytes a file could hold it as."""
    return [secret.encode(), secret.encode("utf-16-le"), json.dumps(secret).strip('"').encode()]


def test_no_column_of_any_table_holds_a_personal_text_in_clear(case: Case) -> None:
    found = {table for table, text in stored_texts() for secret in SECRETS if secret in text}
    assert found == set()


def test_the_bytes_of_the_database_file_hold_none_either(case: Case) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the rows of PostgreSQL are read by the test before")
    held: sqlite3.Connection = connection.connection
    content = held.serialize()
    assert case.number.encode() in content
    assert [secret for secret in SECRETS for one in spellings(secret) if one in content] == []


def test_no_uploaded_file_lies_in_clear(case: Case, settings: Any) -> None:
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(files) == 1
    assert not any(CANARY.encode() in path.read_bytes() or CANARY in path.name for path in files)


@pytest.fixture
def every_log_record(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that is logged from DEBUG on, the statements sent to the database included."""
    logger = logging.getLogger("django")
    logger.addHandler(caplog.handler)
    connection.force_debug_cursor = True
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django.db.backends"):
        yield caplog
    connection.force_debug_cursor = False
    logger.removeHandler(caplog.handler)


def test_no_log_record_says_one(make_case: Make, officer: User, every_log_record: pytest.LogCaptureFixture) -> None:
    made = make_case(id_kind="identity_card", **PERSON)
    access.open_case(made.number, "AAAA-AAAA-AAAA")
    access.read_applicant(made, by=officer)
    selectors.similar(made)
    assert 'INSERT INTO "applications_applicant"' in every_log_record.text
    assert [secret for secret in SECRETS if secret in every_log_record.text] == []


def test_representations_that_may_be_logged_say_nobody(case: Case) -> None:
    data = intake.ApplicantData(ApplicantType.NATURAL_PERSON, **PERSON)
    shown = [
        repr(data),
        repr(case),
        str(case),
        repr(case.applicant),
        *map(repr, [*case.files.all(), *case.parties.all()]),
    ]
    assert [text for text in shown for secret in (CANARY + "某", *SECRETS[1:]) if secret in text] == []


def test_sealed_columns_cannot_be_searched(case: Case) -> None:
    with pytest.raises(FieldError):
        Applicant.objects.filter(name=PERSON["name"])


def test_each_reading_of_a_file_is_logged_and_not_for_everybody(
    case: Case, officer: User, government: Agency, make_user: Callable[..., User]
) -> None:
    file = CaseFile.objects.get()
    assert open_file(file, by=officer) == f"%PDF {CANARY}".encode()
    assert AuditEvent.objects.filter(action="applications.file_read", personal_data=True).count() == 1
    with pytest.raises(NotAllowed):
        open_file(file, by=make_user(Role.SUPERVISOR, government))


def test_a_changed_file_is_not_handed_out(case: Case, officer: User) -> None:
    file = CaseFile.objects.get()
    path_of(file.stored).write_bytes(seal(b"another content"))
    with pytest.raises(CaseRefused, match="摘要不符"):
        open_file(file, by=officer)


def test_a_new_key_seals_everything_anew_and_the_old_one_can_go(case: Case, settings: Any, officer: User) -> None:
    old, new = settings.GONGKAI_DATA_KEYS[0], Fernet.generate_key().decode()
    secret = intake.secret_for(case.number)
    settings.GONGKAI_DATA_KEYS = [new, old]
    call_command("applications_rekey", stdout=StringIO())
    settings.GONGKAI_DATA_KEYS = [new]
    fresh = Case.objects.get(pk=case.pk)
    assert (fresh.applicant.name, fresh.description) == (PERSON["name"], f"{CANARY}本人的档案")
    assert Party.objects.get().name == f"{CANARY}丁"
    assert open_file(CaseFile.objects.get(), by=officer) == f"%PDF {CANARY}".encode()
    assert list(selectors.register(officer, selectors.Filters(text=PERSON["name"]))) == [case]
    assert access.open_case(case.number, secret) == case
    settings.GONGKAI_DATA_KEYS = [old]
    with pytest.raises(DataKeyError, match="无法解密"):
        Applicant.objects.get()


def test_a_new_key_seals_what_waits_in_drafts_too(agency: Agency, settings: Any) -> None:
    now = datetime(2025, 3, 3, 12, tzinfo=SHANGHAI)
    draft = Draft.objects.create(owner="x", agency=agency, key="k", data=CANARY, created_at=now, expires_at=now)
    DraftFile.objects.create(draft=draft, name=CANARY, media_type="x", size=1, sealed=seal(b"proof"))
    new = Fernet.generate_key().decode()
    settings.GONGKAI_DATA_KEYS = [new, *settings.GONGKAI_DATA_KEYS]
    call_command("applications_rekey", stdout=StringIO())
    settings.GONGKAI_DATA_KEYS = [new]
    assert (Draft.objects.get().data, unseal(bytes(DraftFile.objects.get().sealed))) == (CANARY, b"proof")


def test_the_same_applicant_is_found_while_keys_change(case: Case, make_case: Make, settings: Any) -> None:
    settings.GONGKAI_DATA_KEYS = [Fernet.generate_key().decode(), *settings.GONGKAI_DATA_KEYS]
    again = make_case(on=date(2025, 3, 10), id_kind="identity_card", **PERSON)
    assert selectors.similar(again).same_month == (case,)


def test_a_key_that_is_none_is_named(settings: Any) -> None:
    settings.GONGKAI_DATA_KEYS = ["too short"]
    with pytest.raises(DataKeyError, match="GONGKAI_DATA_KEYS"):
        unseal(b"x")


def test_erasure_leaves_the_ledger_and_nothing_of_the_person(
    case: Case, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    events.record(case, Entry(EventKind.ANSWERED, date(2025, 3, 20), GRANTED), by=officer)
    path = path_of(CaseFile.objects.get().stored)
    with django_capture_on_commit_callbacks(execute=True):
        assert erasure.erase(case, by=None, reason="保存期限届满")
    kept = Case.objects.get(pk=case.pk)
    assert (kept.applicant.name, kept.description, kept.applicant.same_person) == ("", "", "")
    assert (Party.objects.get().name, CaseFile.objects.get().name, path.exists()) == ("", "", False)
    assert LedgerRecord.objects.filter(case=case).count() == 4
    assert selectors.table3(case.agency, 2025)["applications.granted.natural_person"] == 1
    assert AuditEvent.objects.filter(action="applications.erased", object_id=str(case.pk)).count() == 1
    assert not erasure.erase(kept, by=None, reason="保存期限届满")


@pytest.fixture
def signed_letter(case: Case, officer: User, staff: dict[Role, User]) -> Letter:
    """A letter that the database lets nobody change any more."""
    letter: Letter = Letter.objects.create(
        case=case, agency=case.agency, kind="reply", state="signed", frozen=f"{CANARY}：", digest="d", year=2025,
        serial=1, number="某卫公开〔2025〕1号", drafted_by=officer, signed_by=staff[Role.REVIEWER_2],
    )  # fmt: skip
    return letter


def test_a_signed_letter_is_sealed_anew_and_stays_signed(signed_letter: Letter, settings: Any) -> None:
    new = Fernet.generate_key().decode()
    settings.GONGKAI_DATA_KEYS = [new, *settings.GONGKAI_DATA_KEYS]
    call_command("applications_rekey", stdout=StringIO())
    settings.GONGKAI_DATA_KEYS = [new]
    assert Letter.objects.get().frozen == f"{CANARY}："
    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError, match="签发以后的文书不能修改"), transaction.atomic():
        Letter.objects.update(frozen="changed")


def test_erasure_empties_signed_letters_too(case: Case, officer: User, signed_letter: Letter) -> None:
    events.record(case, Entry(EventKind.ANSWERED, date(2025, 3, 20), GRANTED), by=officer)
    erasure.erase(case, by=None, reason="保存期限届满")
    assert (Letter.objects.get().frozen, Letter.objects.get().number) == ("", "某卫公开〔2025〕1号")
    assert guards.missing(connection) == []


def test_what_is_open_or_contested_is_not_erased(case: Case, officer: User, staff: dict[Role, User]) -> None:
    with pytest.raises(CaseRefused, match="尚未办结"):
        erasure.erase(case, by=staff[Role.ADMINISTRATOR], reason="保存期限届满")
    with pytest.raises(NotAllowed):
        erasure.erase(case, by=officer, reason="保存期限届满")


def test_the_command_erases_what_is_old_enough(make_case: Make, happen: Make) -> None:
    old = happen(make_case(on=date(2020, 3, 3)), EventKind.ANSWERED, date(2020, 3, 20), GRANTED)
    young = happen(make_case(on=date(2021, 3, 3)), EventKind.ANSWERED, date(2021, 3, 20), GRANTED)
    with standing_at() as stand:
        stand(datetime(2026, 1, 1, 12, tzinfo=SHANGHAI))
        told = StringIO()
        call_command("applications_retention", "--years", "5", "--dry-run", stdout=told)
        assert told.getvalue().splitlines() == [old.number, "共1件到期，未清除。"]
        call_command("applications_retention", "--years", "5", stdout=StringIO())
    erased = {case.pk: case.erased_at is not None for case in Case.objects.all()}
    assert erased == {old.pk: True, young.pk: False}
    with pytest.raises(CommandError, match="至少为1"):
        call_command("applications_retention", "--years", "0")
