"""Linking a policy with what explains it."""

from __future__ import annotations

from django.db import transaction

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.information.models import Interpretation


@transaction.atomic
def save_interpretation(link: Interpretation, *, by: User | None) -> Interpretation:
    """Store a new or changed link; both pages show it as soon as both items are public.

    Raises: `NotAllowed` unless the person drafts for the agency that interprets (谁起草谁解读); `ValidationError`.
    """
    require(by, Capability.DRAFT, link.interpreting.agency)
    link.full_clean()
    link.save()
    details = {"policy": str(link.policy), "interpreting": str(link.interpreting), "kind": link.kind}
    record("information.interpretation_saved", obj=link, actor=by, agency=link.agency, details=details)
    return link
