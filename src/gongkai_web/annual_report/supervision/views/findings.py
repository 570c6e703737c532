"""What the rules say over all members."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gongkai.annual_report.checks.catalogue import entry
from gongkai.annual_report.checks.finding import Severity
from gongkai_web.annual_report.supervision.findings import ACROSS_YEARS, by_code, judge
from gongkai_web.annual_report.supervision.roster import bodies_of
from gongkai_web.annual_report.supervision.scope import scope_of
from gongkai_web.annual_report.supervision.views.common import show

PER_PAGE = 60
_KINDS = (("error", "错误"), ("warning", "警告"), ("note", "提示"), ("years", "跨年"))


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Findings of all members, by severity, by rule, or those across years."""
    scope = scope_of(request, current="annual_report_findings")
    judged = judge(bodies_of(scope.root, scope.year), scope.year)
    kind, code = request.GET.get("kind", "error"), request.GET.get("code", "")
    everything = [(one, finding) for one in judged.values() for finding in one.findings]
    chosen = [
        (one, finding)
        for one, finding in everything
        if (finding.code == code if code else _is(finding.code, finding.severity, kind))
    ]
    numbers = {key: sum(_is(found.code, found.severity, key) for _, found in everything) for key, _ in _KINDS}
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (one, finding, one.where(finding), one.explained.get(finding.fingerprint, "")) for one, finding in page
        ],
        "pager": page,
        "kinds": [(key, label, numbers[key], key == kind and not code) for key, label in _KINDS],
        "codes": [
            (found, severity.label, entry(found).title, number) for found, severity, number in by_code(judged.values())
        ],
        "code": code,
        "kind": kind,
        "reports": len(judged),
        "uncompared": sum(not one.compared for one in judged.values()),
    }
    return show(request, "findings.html", context, scope=scope, title="问题")


def _is(code: str, severity: Severity, kind: str) -> bool:
    return code.startswith(ACROSS_YEARS) if kind == "years" else severity.value == kind
