"""Rendering a public page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template


def render(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Like Django's shortcut without the context processors: a public page knows no user, message or nonce."""
    page = get_template(template).render({**context, "request": request})
    return HttpResponse(page, status=status)
