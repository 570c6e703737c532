"""The pictures that colleagues chose for their accounts; each person's own account in the back office."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NameEmailSettingsPanel

from gongkai_web.accounts.permissions import memberships_of
from gongkai_web.accounts.security import has_second_factor


@login_required
def avatar(request: HttpRequest, path: str) -> HttpResponseBase:
    """For colleagues only; nothing else below the media directory is served by path."""
    return serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "avatar_images"))


class SecurityPanel(BaseSettingsPanel):
    """Who one is here, and the way to the password and the second factor."""

    name = "security"
    title = "登录安全"
    order = 100
    template_name = "accounts/security_panel.html"

    def get_form(self) -> forms.Form:
        """Nothing to fill in, so never bound and never saved."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        """The account as its administrator keeps it."""
        return {
            "user": self.user,
            "memberships": memberships_of(self.user),
            "second_factor": has_second_factor(self.user),
        }


class OwnAccountView(AccountView):
    """Wagtail's page without first and last name: a Chinese name is one field, which the administrator keeps."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """The panels that this product uses."""
        kept = [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
        return [SecurityPanel(self.request, self.request.user, None), *kept]
