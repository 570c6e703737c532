"""Years and bodies compared, texts that are alike, fair rankings."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.annual_report.supervision import alike, comparing, findings, ranks
from gongkai_web.annual_report.supervision.filed import Filed, filed_one
from gongkai_web.annual_report.supervision.roster import members_of, roster
from gongkai_web.annual_report.supervision.scope import scope_of
from gongkai_web.annual_report.supervision.views.common import show


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Without `body`: the members of one year by theme. With it: the years of one body."""
    scope = scope_of(request, current="annual_report_compare")
    bodies = [scope.root, *(body for body in members_of(scope.root, scope.year) if body.pk != scope.root.pk)]
    body = next((one for one in bodies if str(one.pk) == request.GET.get("body", "")), None)
    theme = request.GET.get("theme", "applications")
    context = {
        "bodies": bodies,
        "body": body,
        "theme": theme,
        "themes": comparing.theme_choices(),
        "parts": comparing.over_years(comparing.reports_by_year(body)) if body else [],
        "part": None
        if body
        else comparing.over_agencies(comparing.reports_by_agency(bodies[1:], scope.year), theme=theme),
    }
    return show(request, "compare.html", context, scope=scope, title="比较")


@require_GET
def similarity(request: HttpRequest) -> HttpResponse:
    """Texts that repeat last year's, and bodies whose texts are alike."""
    scope = scope_of(request, current="annual_report_similarity")
    bodies = members_of(scope.root, scope.year)
    context = {
        "repeated": alike.against_last_year(bodies, scope.year),
        "pairs": alike.between(bodies, scope.year),
        "limit": alike.LIMIT,
        "between": alike.BETWEEN,
    }
    return show(request, "similarity.html", context, scope=scope, title="雷同")


@require_GET
def passages(request: HttpRequest, pk: int, year: int, other: int, other_year: int) -> HttpResponse:
    """Two reports side by side, with what both say marked."""
    mine, theirs = _report(request, pk, year), _report(request, other, other_year)
    context = {"mine": mine, "theirs": theirs, "sections": alike.side_by_side(mine.report, theirs.report)}
    return show(request, "passages.html", context, title="相同的段落")


@require_GET
def ranking(request: HttpRequest) -> HttpResponse:
    """Fair rankings, and why there are no others."""
    scope = scope_of(request, current="annual_report_ranking")
    lines = [line for line in roster(scope.root, scope.year) if line.agency.pk != scope.root.pk]
    judged = findings.judge([line.agency for line in lines if line.filed], scope.year)
    context = {"boards": ranks.boards(lines, judged, scope.year), "unfair": ranks.UNFAIR}
    return show(request, "ranking.html", context, scope=scope, title="排名")


def _report(request: HttpRequest, pk: int, year: int) -> Filed:
    if not isinstance(request.user, User):
        raise PermissionDenied
    agency: Agency = get_object_or_404(agencies_for(request.user, Capability.SUPERVISE), pk=pk)
    found = filed_one(agency, year)
    if found is None:
        raise Http404
    return found
