"""Drafts: begun, kept, submitted, thrown away. A draft is found by the browser's cookie and never by its number."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai_web.accounts.models import Agency
from gongkai_web.applications.crypto import seal, unseal
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.files import NewFile
from gongkai_web.applications.models import FileKind
from gongkai_web.applications.models.draft import Draft, DraftFile
from gongkai_web.applications.public import proofs
from gongkai_web.applications.public.steps import Data, Whole
from gongkai_web.applications.services import intake

COOKIE = "gongkai_apply"
PATH = "/apply/"
KEPT = timedelta(days=7)
RECEIPT_KEPT = timedelta(minutes=30)
"""How long the receipt with its secret can be called up again by the browser that submitted."""
_TOKEN = 32  # bytes


@dataclass(frozen=True)
class Receipt:
    """What the applicant takes home. The secret shows in no representation."""

    number: str
    secret: str = field(repr=False)


def of_browser(request: HttpRequest, agency: Agency) -> Draft | None:
    """This browser's draft for the agency; None where there is none or it has expired."""
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    found = Draft.objects.filter(owner=_owner(token), agency=agency, expires_at__gt=timezone.now())
    return found.select_related("agency", "case").first()


def begin(request: HttpRequest, agency: Agency, *, subject: str = "") -> tuple[Draft, str]:
    """This browser's draft, made if need be, and the token for its cookie."""
    purge()
    token = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(_TOKEN)
    now = timezone.now()
    draft, _ = Draft.objects.get_or_create(
        owner=_owner(token),
        agency=agency,
        defaults={"key": secrets.token_hex(16), "created_at": now, "expires_at": now + KEPT},
    )
    described = data_of(draft).get("describe", {})
    if subject and not described.get("subject"):
        keep(draft, "describe", {**described, "subject": subject})
    return draft, token


def remember(response: HttpResponse, request: HttpRequest, token: str) -> None:
    """Give the browser its cookie; scripts cannot read it."""
    response.set_cookie(
        COOKIE, token, max_age=int(KEPT.total_seconds()), path=PATH, secure=request.is_secure(), httponly=True,
        samesite="Lax",
    )  # fmt: skip


def data_of(draft: Draft) -> Data:
    """What was typed, by step."""
    found: Data = json.loads(draft.data or "{}")
    return found


@transaction.atomic
def keep(draft: Draft, step: str, typed: dict[str, str]) -> None:
    """Keep what was typed in a step; the draft lives on for its full time.

    Read again under its lock: another window may have kept another step meanwhile, or submitted.
    """
    held = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if held.case_id is None:
        held.data = json.dumps({**data_of(held), step: typed}, ensure_ascii=False)
        held.expires_at = timezone.now() + KEPT
        held.save(update_fields=["data", "expires_at"])
    draft.data, draft.expires_at = held.data, held.expires_at


def add_proofs(draft: Draft, uploads: Iterable[UploadedFile[Any]]) -> list[CaseRefused]:
    """Keep the files that may be kept; what is wrong with the others."""
    refused = []
    for uploaded in uploads:
        try:
            _add(draft, proofs.checked(uploaded, kind=FileKind.PROOF))
        except CaseRefused as error:
            refused.append(error)
    return refused


@transaction.atomic
def _add(draft: Draft, file: NewFile) -> None:
    Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.files.count() >= proofs.MOST:
        raise CaseRefused("UPLOAD-NUMBER", f"已有 {proofs.MOST} 个文件。", "请先移除一个，再上传。")
    DraftFile.objects.create(
        draft=draft, name=file.name, media_type=file.media_type, size=len(file.content), sealed=seal(file.content)
    )


def remove_proof(draft: Draft, number: str) -> None:
    """Throw one file away; of another's draft nothing is found."""
    if number.isdigit() and len(number) < 19:
        draft.files.filter(pk=int(number)).delete()


def submit(draft: Draft, whole: Whole) -> Receipt:
    """Make it a case, once: a second time gives the same receipt. What was typed is gone from the draft then.

    Raises: CaseRefused, LedgerError.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if held.case_id is None:
            _make_case(held, whole)
    receipt = receipt_of(held)
    assert receipt is not None  # noqa: S101  # just written
    return receipt


def _make_case(draft: Draft, whole: Whole) -> None:
    made = intake.submit(
        draft.agency,
        applicant=whole.applicant,
        subject=whole.subject,
        description=whole.description,
        delivery=whole.delivery,
        media=whole.media,
        files=[
            NewFile(name=file.name, content=unseal(bytes(file.sealed)), media_type=file.media_type, kind=FileKind.PROOF)
            for file in draft.files.all()
        ],
        key=draft.key,
    )
    draft.files.all().delete()
    draft.case = made.case
    draft.data = json.dumps({"receipt": {"number": made.case.number, "secret": made.secret}})
    draft.expires_at = timezone.now() + RECEIPT_KEPT
    draft.save()


def receipt_of(draft: Draft) -> Receipt | None:
    """The receipt of a submitted draft."""
    found = data_of(draft).get("receipt")
    return Receipt(found["number"], found["secret"]) if found else None


def discard(draft: Draft) -> None:
    """Throw it away with its files: a draft, or a receipt that was noted down."""
    draft.delete()


def purge() -> int:
    """Throw away what has expired; how many drafts."""
    return Draft.objects.filter(expires_at__lte=timezone.now()).delete()[1].get("applications.Draft", 0)


def run_daily(**_: object) -> str:
    """What the command `daily` has the drafts do."""
    number = purge()
    return f"已清除到期的申请草稿{number}份。" if number else ""


def _owner(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
