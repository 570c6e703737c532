"""表二 of an agency and year with the records behind each cell; the clocks of 双公示."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.annual_report import formats
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability, agencies_for, can, may_somewhere
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_rules import FIRST_YEAR, LAST_YEAR
from gongkai_web.proactive.figures_selectors import Table2, decision_clocks, table2_figures, visible_decisions
from gongkai_web.workbench.scoping import admin_url_name

PER_PAGE = 50


@require_GET
def table2(request: HttpRequest) -> HttpResponse:
    """The statutory table, filled from the records, each number leading to what it counts."""
    agency, agencies = _agency(request)
    year = _year(request)
    user: Any = request.user
    found = table2_figures(agency, year) if agency else None
    context = {
        "agencies": agencies,
        "agency": agency,
        "year": year,
        "table": found,
        "blocks": _blocks(found) if found else [],
        "may_enter": bool(agency and can(user, Capability.DRAFT, agency)),
        "links": _links(),
        "crumbs": _crumbs("表二数据"),
    }
    return render(request, "proactive/table2.html", context)


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Decisions with their clocks; those still to be published first, the oldest first."""
    user: Any = request.user
    _require_reader(request)
    chosen = request.GET.get("show", "waiting")
    tabs = {"waiting": "待公开", "published": "已公开", "closed": "依法不公开"}
    if chosen not in tabs:
        raise Http404
    conditions: dict[str, dict[str, Any]] = {
        "waiting": {"is_open": True, "published_on": None},
        "published": {"is_open": True, "published_on__isnull": False},
        "closed": {"is_open": False},
    }
    every = visible_decisions(user)
    order = ("decided_on", "pk") if chosen == "waiting" else ("-decided_on", "-pk")
    page = Paginator(every.filter(**conditions[chosen]).order_by(*order), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": [(key, label, every.filter(**conditions[key]).count()) for key, label in tabs.items()],
        "chosen": chosen,
        "page": page,
        "clocks": decision_clocks(page.object_list),
        "edit": admin_url_name(Decision, "edit"),
        "may_enter": may_somewhere(user, Capability.DRAFT),
        "links": _links(),
        "crumbs": _crumbs("双公示"),
    }
    return render(request, "proactive/decisions.html", context)


def _blocks(table: Table2) -> list[dict[str, Any]]:
    """The form's own blocks, rows and columns with the cells in them."""
    return [
        {
            "article": block.article,
            "columns": [column.label for column in block.columns],
            "rows": [
                {"label": row.label, "cells": [table.cell(row.key, column.key) for column in block.columns]}
                for row in block.rows
            ],
        }
        for block in formats.load("2021").blocks
    ]


def _agency(request: HttpRequest) -> tuple[Agency | None, Any]:
    """The agency asked for; else the person's own, else the first that he may read."""
    _require_reader(request)
    user: Any = request.user
    agencies = agencies_for(user, Capability.READ)
    wanted = request.GET.get("agency", "")
    if wanted:
        chosen = agencies.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
        if chosen is None:
            raise Http404
        return chosen, agencies
    return agencies.filter(pk=user.home_id).first() or agencies.first(), agencies


def _require_reader(request: HttpRequest) -> None:
    user: Any = request.user
    if not may_somewhere(user, Capability.READ):
        raise PermissionDenied


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else timezone.localdate().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _links() -> dict[str, str]:
    return {
        "figures": reverse(admin_url_name(PeriodFigure, "list")),
        "add_figure": reverse(admin_url_name(PeriodFigure, "add")),
        "add_decision": reverse(admin_url_name(Decision, "add")),
        "figure": admin_url_name(PeriodFigure, "edit"),
        "import": reverse("interchange_jobs"),
    }


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"url": reverse("wagtailadmin_home"), "label": "工作台"}, {"url": "", "label": label}]
