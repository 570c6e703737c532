"""Who may have an uploaded file: everybody when a public item shows it, else only the people of its agency."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.audit.services import record
from gongkai_web.information.models import AgencyDocument, Attachment


def is_public(document: AgencyDocument) -> bool:
    """Does a public item have it among its live attachments?"""
    shown: bool = Attachment.objects.filter(
        document=document, sha256=document.sha256, item__live=True, item__withdrawn_at=None
    ).exists()
    return shown


def check_access(document: AgencyDocument, request: HttpRequest) -> None:
    """Raises: `Http404`, so that a stranger does not even learn that the file exists."""
    if is_public(document):
        return
    agency = document.agency
    allowed = can(request.user, Capability.READ, agency) if agency else request.user.is_superuser
    if not allowed:
        raise Http404
    record("information.file_read", obj=document, agency=agency)
