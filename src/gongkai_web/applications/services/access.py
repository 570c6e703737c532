"""The applicant's way in: number and secret."""

from __future__ import annotations

from gongkai_web.applications.models import Case
from gongkai_web.applications.secrets import fits, hashed, secret_for
from gongkai_web.audit.services import record as log

_NOBODY = hashed(secret_for("nobody's case"))


def open_case(number: str, secret: str) -> Case | None:
    """The case of that number if the secret is its own; both outcomes take the same time and are logged."""
    case = Case.objects.select_related("agency").filter(number=number.strip()[:40]).first()
    right = fits(secret[:40], case.secret if case is not None else _NOBODY) and case is not None
    if case is not None:
        log("applications.opened_by_secret" if right else "applications.secret_refused", obj=case, personal_data=right)
    return case if right else None
