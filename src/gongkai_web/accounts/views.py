"""The pictures that colleagues chose for their accounts."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve


@login_required
def avatar(request: HttpRequest, path: str) -> HttpResponseBase:
    """For colleagues only; nothing else below the media directory is served by path."""
    return serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "avatar_images"))
