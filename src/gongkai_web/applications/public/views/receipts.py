"""The receipt: shown to the browser that submitted, for half an hour or until it is noted down."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from gongkai.applications.receipt_slip import Slip, as_pdf
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.public import drafts
from gongkai_web.applications.public.receipt import slip_of
from gongkai_web.applications.public.views.pages import crumbs, private, show, taking_agency
from gongkai_web.audit.services import record


@require_safe
@private
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Number and secret, to be noted down or printed."""
    agency = taking_agency(request, slug)
    slip = _slip(request, agency)
    if slip is None:
        return redirect("applications:track")
    context = {
        "title": "接收回执",
        "crumbs": crumbs(reverse("applications:apply"), "接收回执"),
        "agency": agency,
        "slip": slip,
        "again": "again" in request.GET,
        "qr": mark_safe(slip.qr),  # noqa: S308  # drawn here from an address of this site
        "minutes": int(drafts.RECEIPT_KEPT.total_seconds() // 60),
    }
    return show(request, "receipt.html", context)


@require_safe
@private
def receipt_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on one page of A4."""
    slip = _slip(request, taking_agency(request, slug))
    if slip is None:
        return redirect("applications:track")
    return HttpResponse(
        as_pdf(slip),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="receipt-{slip.number}.pdf"'},
    )


def _slip(request: HttpRequest, agency: Agency) -> Slip | None:
    draft = drafts.of_browser(request, agency)
    found = drafts.receipt_of(draft) if draft is not None else None
    if draft is None or draft.case is None or found is None:
        return None
    address = request.build_absolute_uri(f"{reverse('applications:track')}?{urlencode({'number': found.number})}")
    record("applications.receipt_shown", obj=draft.case, personal_data=True)
    return slip_of(draft.case, found, address=address)
