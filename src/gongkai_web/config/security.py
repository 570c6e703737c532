"""Content Security Policy: two policies, chosen by address.

Public pages and sign-in may load from this host only, and run only scripts that carry the request's nonce.
The back office is Wagtail's: its bundles set inline styles and its panels carry inline scripts, hence the looser
policy there, still without any outside host. Django 5.2 has no CSP of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

BACK_OFFICE = "/admin/"

_COMMON = {
    "default-src": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "object-src": "'none'",
    "font-src": "'self' data:",
    "img-src": "'self' data: blob:",
}


def public_policy(nonce: str) -> str:
    """Scripts and styles only from this host; inline ones only with the nonce, none where the page asked for none."""
    inline = f" 'nonce-{nonce}'" if nonce else ""
    return _write({**_COMMON, "script-src": f"'self'{inline}", "style-src": f"'self'{inline}"})


def back_office_policy() -> str:
    """Wagtail's inline scripts and styles are allowed; other hosts are not."""
    return _write({**_COMMON, "script-src": "'self' 'unsafe-inline'", "style-src": "'self' 'unsafe-inline'"})


def _write(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def nonce(request: HttpRequest) -> dict[str, object]:
    """`{{ csp_nonce }}` for the few inline scripts and styles of public pages; made only when a page asks for it."""
    return {"csp_nonce": SimpleLazyObject(lambda: request_nonce(request))}


def request_nonce(request: HttpRequest) -> str:
    """One nonce per request: 128 random bits, made on first use."""
    value = getattr(request, "csp_nonce_value", "")
    if not value:
        value = secrets.token_urlsafe(16)
        request.csp_nonce_value = value  # type: ignore[attr-defined]  # the request is the value's lifetime
    return value


class ContentSecurityPolicyMiddleware:
    """Adds the policy and the headers that Django's own middleware leaves out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Content-Security-Policy" not in response:
            response["Content-Security-Policy"] = self._policy(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response

    @staticmethod
    def _policy(request: HttpRequest) -> str:
        if request.path.startswith(BACK_OFFICE):
            return back_office_policy()
        return public_policy(getattr(request, "csp_nonce_value", ""))
