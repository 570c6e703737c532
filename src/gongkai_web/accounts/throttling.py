"""What the throttle counts: failed sign-ins per name and address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def attempted_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The name under which somebody tried to sign in, in one spelling; the forms call the field `login`."""
    given = credentials or {}
    name = given.get("username") or given.get("email") or request.POST.get("login") or request.POST.get("username")
    return str(name or "").strip().lower()[:150]
