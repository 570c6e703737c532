"""The list of items: where each stands, how much of its 20 workdays is left, and filters for both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_filters import ChoiceFilter, NumberFilter
from wagtail.admin.ui.tables import Column

from gongkai.law.calendar import calendar_for
from gongkai.proactive.duty import Light
from gongkai_web.information.models import InformationItem
from gongkai_web.information.selectors import clock_of
from gongkai_web.information.standing import DUE, STANDINGS, by_due, by_standing, standing_of, with_case_state
from gongkai_web.workbench.scoping import ScopedFilterSet, ScopedIndexView


def clock_cell(item: InformationItem) -> SafeString | str:
    """The light in a word, and the day; for what is public only when it came late."""
    clock = clock_of(item, calendar=calendar_for())
    if clock is None:
        return "—"
    if clock.light is Light.DONE:
        return f"超期{clock.late_workdays}个工作日" if clock.late_workdays else "按期"
    chip = format_html('<span class="gk-chip gk-chip--{}">{}</span>', clock.light.value, clock.light.label)
    if clock.light is Light.OVERDUE:
        return format_html('{}<br><span class="gk-meta">超{}个工作日</span>', chip, clock.late_workdays)
    return format_html('{}<br><span class="gk-meta">第{}/{}日</span>', chip, clock.used, clock.limit)


def standing_cell(item: InformationItem) -> str:
    """The word for where it stands."""
    return standing_of(item, getattr(item, "case_state", None))


class ItemFilterSet(ScopedFilterSet):
    """Narrowing the list; the counts lead here with a year in the address."""

    standing = ChoiceFilter(
        label="状态", choices=list(STANDINGS.items()), method="filter_standing", widget=forms.RadioSelect,
        empty_label="全部",
    )  # fmt: skip
    due = ChoiceFilter(
        label="公开时限（条例第二十六条）", choices=list(DUE.items()), method="filter_due", widget=forms.RadioSelect,
        empty_label="全部",
    )  # fmt: skip
    formed = NumberFilter(label="形成年份", field_name="formed_on__year", min_value=1949, max_value=2100)
    published = NumberFilter(label="发布年份", field_name="published_on__year", min_value=1949, max_value=2100)

    class Meta:
        model = InformationItem
        fields = ["standing", "due", "attribute", "agency", "column", "formed", "published", "validity"]

    def filter_standing(self, items: QuerySet[InformationItem], _name: str, value: str) -> QuerySet[InformationItem]:
        """By the newest case of review."""
        return by_standing(items, value)

    def filter_due(self, items: QuerySet[InformationItem], _name: str, value: str) -> QuerySet[InformationItem]:
        """By the clock."""
        return by_due(items, value)


class ItemIndexView(ScopedIndexView):
    """The title leads to everything about the item; editing is one of the things one can do there."""

    detail_url_name = "information_item"


def listed(items: QuerySet[Any]) -> QuerySet[Any]:
    """What the columns below need, in one query."""
    return with_case_state(items.select_related("agency", "column", "column__parent"))


COLUMNS = [
    "title",
    "index_number",
    "column",
    "attribute_label",
    Column("standing", label="状态", accessor=standing_cell),
    Column("clock", label="公开时限", accessor=clock_cell),
    "updated_at",
]
