"""What every template may show."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The portal's name."""
    return {"site_name": settings.GONGKAI_SITE_NAME}
