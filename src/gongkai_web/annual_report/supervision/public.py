"""The public pages of the statistics."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from gongkai_web.annual_report.supervision.statistics import summaries, trend, year_of_all, years
from gongkai_web.interchange.spreadsheets import CsvTable, csv_bytes
from gongkai_web.portal.crumbs import to_page
from gongkai_web.portal.public import public_page
from gongkai_web.portal.views.pages import render


@public_page
def overview(request: HttpRequest) -> HttpResponse:
    """One year of all agencies, and the years before it."""
    known = summaries()
    wanted = request.GET.get("year", "")
    shown = next((one for one in known if str(one.year) == wanted), known[0] if known else None)
    context = {
        "section": "statistics",
        "title": "信息公开统计",
        "crumbs": to_page("信息公开统计"),
        "years": [one.year for one in known],
        "shown": shown,
        "trend": trend(known),
    }
    return render(request, "annual_report/supervision/statistics.html", context)


@public_page
def data(request: HttpRequest, year: int) -> HttpResponse:
    """Every cell of every public report of a year as CSV."""
    if year not in years():
        raise Http404("没有这一年的公开报告。请从“信息公开统计”中选择年度。")
    found = year_of_all(year)
    response = HttpResponse(
        csv_bytes(found.headers(), found.rows()),
        content_type=f"text/csv; charset={CsvTable.ENCODING.removesuffix('-sig')}",
    )
    name = f"{year}年度政府信息公开工作年度报告数据.csv"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
