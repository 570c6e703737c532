"""What the screens share: rendering within the scope, acts with their message, downloads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from gongkai.errors import GongkaiError
from gongkai_web.annual_report.supervision.scope import Scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TITLE = "年报监督"


def show(  # noqa: PLR0913  # a page is its parts
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    scope: Scope | None = None,
    title: str,
    status: int = 200,
) -> HttpResponse:
    """Render a screen of this part, with its breadcrumb."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "工作台"}]
    above = f"{reverse('annual_report_roster')}{f'?{scope.query}' if scope else ''}"
    crumbs += [{"url": above, "label": _TITLE}, {"url": "", "label": title}]
    whole = {"scope": scope, "title": title, "crumbs": crumbs, **context}
    return render(request, f"annual_report/supervision/{template}", whole, status=status)


def act(request: HttpRequest, perform: Callable[[], str]) -> bool:
    """Perform an act; its sentence, or the refusal's, becomes a message. False when it was refused."""
    try:
        sentence = perform()
    except GongkaiError as error:
        messages.error(request, f"{error.message}{error.hint}")
        return False
    if sentence:
        messages.success(request, sentence)
    return True


def download(body: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A file under its Chinese name; never shown by the browser itself."""
    response = HttpResponse(body, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
