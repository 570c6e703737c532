"""The applicant's stay in the tracker: one case in one session, for half an hour after his last click."""

from __future__ import annotations

import time

from django.http import HttpRequest

from gongkai_web.applications.models import Case

_CASE, _UNTIL = "application_case", "application_until"
IDLE = 30 * 60
"""Seconds."""
_RENEW = 60


def enter(request: HttpRequest, case: Case) -> None:
    """From now on the session knows this case and no other; its key changes, so that nobody can have planted it."""
    request.session.cycle_key()
    request.session[_CASE] = case.pk
    request.session[_UNTIL] = int(time.time()) + IDLE


def case_of(request: HttpRequest) -> Case | None:
    """The case of the session; None where there is none or nobody has clicked for half an hour."""
    number, until = request.session.get(_CASE), request.session.get(_UNTIL, 0)
    now = int(time.time())
    if number is None:
        return None
    if until < now:
        leave(request)
        return None
    if until - now < IDLE - _RENEW:  # a session row per click would be a write per click
        request.session[_UNTIL] = now + IDLE
    return Case.objects.select_related("agency").filter(pk=number).first()


def leave(request: HttpRequest) -> None:
    """Forget the case. Somebody who is also signed in to the back office stays so."""
    request.session.pop(_CASE, None)
    request.session.pop(_UNTIL, None)
