"""How an application becomes a case: on the public site, or registered by an officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.applications import ApplicantType, Entry, Ledger, append
from gongkai.applications.details import Received
from gongkai.applications.receipt import Arrival, Entrance, receipt_day
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Office, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.crypto import blind
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.files import NewFile, add_file
from gongkai_web.applications.models import Applicant, Case, Delivery, IdKind, Media
from gongkai_web.applications.secrets import hashed, known_secret, secret_for
from gongkai_web.applications.services.events import store
from gongkai_web.applications.services.numbers import case_number
from gongkai_web.audit.services import record as log


@dataclass(frozen=True, slots=True)
class ApplicantData:
    """Who applies. No member shows in a representation, which might end up in a log."""

    kind: ApplicantType
    name: str = field(repr=False)
    id_kind: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    contact_name: str = field(default="", repr=False)
    legal_representative: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A case with the secret by which its applicant follows it; the database keeps a salted hash of it only."""

    case: Case
    secret: str = field(repr=False)


def submit(  # noqa: PLR0913  # an application is what its form asks
    agency: Agency,
    *,
    applicant: ApplicantData,
    subject: str,
    description: str,
    key: str,
    delivery: str = Delivery.NET,
    media: str = Media.ELECTRONIC,
    files: Iterable[NewFile] = (),
    at: datetime | None = None,
) -> Submitted:
    """Take in an application from the public site. The same `key` gives the same case and secret, whoever comes first.

    `at`: the moment of submission, now unless told. Raises: CaseRefused, LedgerError.
    """
    if not 16 <= len(key) <= 64:
        raise CaseRefused("SUBMISSION-KEY", "这份申请没有有效的提交标记，未能提交。", "请重新打开申请页面后提交。")
    try:
        return _submit(
            agency,
            applicant,
            {"subject": subject, "description": description, "delivery": delivery, "media": media},
            key,
            tuple(files),
            at or timezone.now(),
        )
    except IntegrityError:
        case = Case.objects.filter(agency=agency, submission_key=key).first()
        if case is None:
            raise
        return Submitted(case, known_secret(key, case.secret))


@transaction.atomic
def _submit(  # noqa: PLR0913, PLR0917  # as `submit`
    agency: Agency, applicant: ApplicantData, form: dict[str, str], key: str, files: tuple[NewFile, ...], at: datetime
) -> Submitted:
    known = Case.objects.filter(agency=agency, submission_key=key).first()
    if known is not None:
        return Submitted(known, known_secret(key, known.secret))
    on = timezone.localdate(at)
    secret = secret_for(key)
    case = _open(
        agency,
        applicant,
        Received(Arrival(Entrance.WEB_FORM, submitted_on=on), applicant.kind),
        {**form, "submission_key": key, "secret": hashed(secret), "created_at": at},
        by=None,
    )
    for file in files:
        add_file(case, file, by=None)
    log("applications.submitted", obj=case, personal_data=True)
    return Submitted(case, secret)


@transaction.atomic
def register(  # noqa: PLR0913  # an application is what its form asks
    agency: Agency,
    *,
    by: User | None,
    arrival: Arrival,
    applicant: ApplicantData,
    subject: str,
    description: str = "",
    delivery: str = Delivery.POST,
    media: str = Media.PAPER,
    office: Office | None = None,
    assignee: User | None = None,
    files: Iterable[NewFile] = (),
    split_from: str = "",
    split_on: date | None = None,
) -> Case:
    """Register an application that came over the counter, by post, fax or mail. The officer gets it unless told.

    The day of receipt follows from the arrival. Raises: NotAllowed, CaseRefused, LedgerError.
    """
    require(by, Capability.HANDLE_APPLICATIONS, agency)
    case = _open(
        agency,
        applicant,
        Received(arrival, applicant.kind, split_from, split_on),
        {
            "subject": subject,
            "description": description,
            "delivery": delivery,
            "media": media,
            "office": office,
            "assignee": assignee or by,
        },
        by=by,
    )
    for file in files:
        add_file(case, file, by=by)
    log("applications.registered", obj=case, actor=by, personal_data=True)
    return case


def _open(
    agency: Agency, applicant: ApplicantData, received: Received, form: dict[str, Any], *, by: User | None
) -> Case:
    check_applicant(applicant)
    if not form["subject"].strip():
        raise CaseRefused("SUBJECT", "没有写明申请公开的政府信息（条例第二十九条）。", "请填写名称、文号或者其他特征。")
    day = receipt_day(received.arrival).on
    if day > timezone.localdate():
        raise CaseRefused("DAY-TO-COME", f"收到之日 {day.isoformat()} 晚于今天。", "请改正日期。")
    number = case_number(agency, day.year)
    form["subject"] = form["subject"].strip()
    case = Case(agency=agency, number=number, applicant_type=applicant.kind.value, **form)
    case.secret = case.secret or hashed(secret_for(number))
    case.entrance = received.arrival.entrance.value
    _check_columns(case)
    case.save()
    empty = Ledger(number)
    store(case, empty, append(empty, Entry(EventKind.RECEIVED, day, received)), by=by)
    save_applicant(Applicant(case=case), applicant)
    return case


def _check_columns(case: Case) -> None:
    try:
        case.full_clean(exclude=["secret", "submission_key", *Case.CACHED])
    except ValidationError as error:
        raise CaseRefused("CASE-INVALID", f"登记的内容有误：{'；'.join(error.messages)}", "请改正后再提交。") from None


def save_applicant(row: Applicant, data: ApplicantData) -> None:
    """Fill the sealed row with what was said, and its blind indexes."""
    for one in fields(data):
        if one.name != "kind":
            setattr(row, one.name, getattr(data, one.name).strip())
    row.same_person = blind(f"person:{row.id_kind}", row.id_number)
    row.name_index = blind("name", row.name)
    row.save()


def check_applicant(applicant: ApplicantData) -> None:
    """Raises: CaseRefused without a name, or for an unknown kind of paper."""
    if not applicant.name.strip():
        raise CaseRefused("APPLICANT-NAME", "申请人的姓名或者名称没有填写（条例第二十九条）。", "请填写。")
    if applicant.id_kind and applicant.id_kind not in IdKind.values:
        raise CaseRefused("ID-KIND", "证件类型不在可选范围内。", "请从列表中选择证件类型。")
