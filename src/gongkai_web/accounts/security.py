"""What an administrator does for a colleague who cannot get in: a lost telephone, too many wrong passwords."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import User
from gongkai_web.accounts.services import require_keeping
from gongkai_web.audit.services import record


class NothingToLift(GongkaiError):  # noqa: N818  # names the event
    """The person is not kept out by that."""


def has_second_factor(person: User) -> bool:
    """Does signing in ask for more than the password?"""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def is_locked_out(person: User) -> bool:
    """Is some address locked out for this account just now?"""
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    failures = AccessAttempt.objects.filter(
        username__in=_names(person), attempt_time__gte=since, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    return bool(failures.exists())


@transaction.atomic
def remove_second_factor(person: User, *, by: User) -> None:
    """The person signs in by password alone and can enrol anew. Raises: `NotAllowed`, `NothingToLift`."""
    require_keeping(person, by=by)
    if not has_second_factor(person):
        raise NothingToLift("MFA-NONE", "这个账号没有启用两步验证。", "请刷新页面。")
    Authenticator.objects.filter(user=person).delete()
    record("accounts.second_factor_removed", obj=person, actor=by, agency=person.home)


@transaction.atomic
def lift_lockout(person: User, *, by: User) -> None:
    """Let the person try again before the time is over. Raises: `NotAllowed`, `NothingToLift`."""
    require_keeping(person, by=by)
    if not is_locked_out(person):
        raise NothingToLift("LOCK-NONE", "这个账号没有被锁定。", "请刷新页面。")
    for name in _names(person):
        reset(username=name)
    record("accounts.lockout_lifted", obj=person, actor=by, agency=person.home)


def _names(person: User) -> list[str]:
    """What the throttle may have counted under, see `throttling.attempted_name`."""
    return [name.lower() for name in (person.username, person.email) if name]
