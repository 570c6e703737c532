"""Who may know what: the applicant's way in by number and secret, the officer's look at the applicant."""

from __future__ import annotations

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import Applicant, Case
from gongkai_web.applications.secrets import fits, hashed, known_secret, secret_for
from gongkai_web.audit.services import record as log

_NOBODY = hashed(secret_for("nobody's case"))


def open_case(number: str, secret: str) -> Case | None:
    """The case of that number if the secret is its own; both outcomes take the same time and are logged."""
    case = Case.objects.select_related("agency").filter(number=number.strip()[:40]).first()
    right = fits(secret[:40], case.secret if case is not None else _NOBODY) and case is not None
    if case is not None:
        log("applications.opened_by_secret" if right else "applications.secret_refused", obj=case, personal_data=right)
    return case if right else None


def secret_of(case: Case, *, by: User | None) -> str:
    """The secret, to print on the receipt of an application that was registered.

    Raises: NotAllowed; CaseRefused once the data key of its time is gone.
    """
    require(by, Capability.HANDLE_APPLICATIONS, case)
    secret = known_secret(case.submission_key or case.number, case.secret)
    if not secret:
        raise CaseRefused("SECRET-GONE", "数据密钥已经更换，查询码不能再次显示。", "请告知申请人使用原回执上的查询码。")
    log("applications.secret_shown", obj=case, actor=by, personal_data=True)
    return secret


def read_applicant(case: Case, *, by: User) -> Applicant:
    """The applicant in clear; the reading is logged. Raises: NotAllowed."""
    require(by, Capability.READ_APPLICANTS, case)
    log("applications.applicant_read", obj=case, actor=by, personal_data=True)
    return case.applicant
