"""表三 and 表四 from the ledgers of the applications, if this installation keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.sources.registry import Figure, RecordLine, TableSource, register_table

APP = "applications"


def cells(agency: Agency, year: int) -> Mapping[str, Figure] | None:
    """Every cell of both tables with its cases; no case is a stated zero. `None` without the app of the ledgers."""
    if not apps.is_installed(f"gongkai_web.{APP}"):
        return None
    from gongkai_web.applications import selectors  # noqa: PLC0415  # the app may be left out of an installation

    counted: Mapping[str, int] = selectors.table3(agency, year)
    return {
        path: Figure(number, number, partial(_cases, agency, year, path) if number else None)
        for path, number in counted.items()
    }


def _cases(agency: Agency, year: int, path: str, offset: int, limit: int) -> Iterable[RecordLine]:
    from gongkai_web.applications import selectors  # noqa: PLC0415  # as above

    return [_line(case) for case in selectors.cases_in(agency, year, path)[offset : offset + limit]]


def _line(case: Any) -> RecordLine:
    """The number alone names a case: what a person asked for is shown on the case's own page, to whom it may be."""
    received = f"{case.received_on:%Y年%-m月%-d日}收到" if case.received_on else ""
    try:
        url = reverse("applications_case", args=[case.pk])
    except NoReverseMatch:
        url = ""
    return RecordLine(case.number, url, received)


register_table(TableSource("ledger", "依申请公开台账", ("applications", "remedies"), cells))
