"""Signing in, out and failing to are events of the log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
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
    """The name that was tried, never the password."""
    if request is not None:
        record("accounts.sign_in_failed", details={"name": attempted_name(request)})
