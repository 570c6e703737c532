"""Signing in, out and failing to are events of the log, and so is every change of what that takes."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest

from gongkai_web.accounts.models import User
from gongkai_web.accounts.throttling import attempted_name
from gongkai_web.audit.services import record


@receiver(user_logged_in)
def signed_in(user: User, **_: Any) -> None:
    """Under the account's own agency."""
    record("accounts.signed_in", obj=user, actor=user, agency=user.home)


@receiver(user_logged_out)
def signed_out(user: User | None, **_: Any) -> None:
    """Also when a session ran out."""
    if user is not None:
        record("accounts.signed_out", obj=user, actor=user, agency=user.home)


@receiver(user_login_failed)
def sign_in_failed(request: HttpRequest | None = None, **_: Any) -> None:
    """The name that was tried, never the password; under the agency of the account, if there is one."""
    if request is None:
        return
    name = attempted_name(request)
    person = User.objects.filter(Q(username__iexact=name) | Q(email__iexact=name)).first() if name else None
    record("accounts.sign_in_failed", obj=person, agency=person.home if person else None, details={"name": name})


@receiver(password_changed)
def own_password_changed(user: User, **_: Any) -> None:
    """By the person; an administrator's is `accounts.person_saved`."""
    record("accounts.password_changed", obj=user, actor=user, agency=user.home)


@receiver(authenticator_added)
@receiver(authenticator_removed)
@receiver(authenticator_reset)
def second_factor_changed(user: User, authenticator: Authenticator, signal: object, **_: Any) -> None:
    """Enrolled, given up, recovery codes made anew."""
    actions = {authenticator_added: "added", authenticator_removed: "removed", authenticator_reset: "reset"}
    details = {"sort": str(authenticator.get_type_display()), "act": actions[signal]}
    record("accounts.second_factor_changed", obj=user, actor=user, agency=user.home, details=details)


@receiver(authenticator_used)
def recovery_code_used(user: User, authenticator: Authenticator, **_: Any) -> None:
    """Each is good once: worth knowing of when one lies around. The usual second factor is part of signing in."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record("accounts.recovery_code_used", obj=user, actor=user, agency=user.home)


@receiver(authentication_failed)
def second_factor_failed(user: User, **_: Any) -> None:
    """The password was right and the code was not."""
    record("accounts.second_factor_failed", obj=user, agency=user.home)
