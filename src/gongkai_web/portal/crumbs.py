"""The breadcrumb of a page, after 首页."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai_web.accounts.models import Agency
from gongkai_web.portal.selectors.structure import agency_url, column_url
from gongkai_web.proactive.models import Column


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step; the page itself has no address."""

    label: str
    url: str = ""


def to_page(label: str) -> list[Crumb]:
    """A page directly under the home page."""
    return [Crumb(label)]


def to_agency(agency: Agency) -> list[Crumb]:
    """The agency's own page."""
    return [Crumb(agency.name)]


def to_column(agency: Agency, column: Column, parent: Column | None) -> list[Crumb]:
    """A column's page."""
    return [*_above_column(agency, parent), Crumb(column.name)]


def to_item(agency: Agency, column: Column | None, parent: Column | None) -> list[Crumb]:
    """An item's page; its title stands right below, so the breadcrumb ends with 正文."""
    above = _above_column(agency, parent)
    return [*above, *([Crumb(column.name, column_url(agency, column))] if column else []), Crumb("正文")]


def _above_column(agency: Agency, parent: Column | None) -> list[Crumb]:
    crumbs = [Crumb(agency.short_name, agency_url(agency))]
    return [*crumbs, Crumb(parent.name, column_url(agency, parent))] if parent else crumbs
