"""What the views ask of a request, and what they raise when an address leads nowhere."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from gongkai_web.accounts.models import Agency
from gongkai_web.portal import versions
from gongkai_web.portal.selectors.structure import Structure, structure
from gongkai_web.proactive.models import Column


def structure_of(request: HttpRequest) -> Structure:
    """Agencies and columns in the state that this request has found."""
    return structure(versions.of_request(request).structure)


def agency_or_404(agencies: Structure, slug: str) -> Agency:
    """Raises: `Http404` with a sentence for the reader."""
    agency = agencies.by_slug.get(slug)
    if agency is None:
        raise Http404("没有找到这个机关。机关可能已更名或撤销，请从“公开机关”中查找。")
    return agency


def column_or_404(agencies: Structure, agency: Agency, slug: str) -> Column:
    """Raises: `Http404` with a sentence for the reader."""
    column = agencies.columns(agency).by_slug.get(slug)
    if column is None:
        raise Http404(f"{agency.name}没有这个栏目，栏目可能已调整，请从该机关的信息公开专栏进入。")
    return column
