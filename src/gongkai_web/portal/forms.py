"""Filters of lists. They are read from the address; a value that is not on offer is named and ignored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from gongkai.information.catalogue import TOPICS
from gongkai_web.accounts.models import Agency
from gongkai_web.information.models.item import VALIDITY_CHOICES
from gongkai_web.information.models.normative import NormativeKind
from gongkai_web.portal.selectors import lists
from gongkai_web.portal.selectors.lists import Items

_UNKNOWN = "没有这个选项，已按不限显示。"


def _choice(label: str, choices: Iterable[tuple[Any, str]] = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "不限"), *choices],
        error_messages={"invalid_choice": _UNKNOWN},
    )


class ListFilter(forms.Form):
    """Title or number, and year of publication."""

    q = forms.CharField(
        label="标题或文号",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": "最多 100 个字，请缩短后重试。"},
    )
    year = _choice("发布年份")

    def __init__(self, data: Any, *, years: Sequence[int]) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._offer("year", [(str(year), f"{year}年") for year in years])

    @property
    def used(self) -> bool:
        """Does any filter narrow the list?"""
        return any(self.chosen(name) for name in self.fields)

    def chosen(self, name: str) -> str:
        """The accepted value; empty when nothing valid was chosen."""
        self.errors  # noqa: B018  # asking for the errors is how a form is cleaned, once
        return str(self.cleaned_data.get(name) or "")

    def apply(self, items: Items) -> Items:
        """The items that remain."""
        if text := self.chosen("q"):
            items = lists.naming(items, text)
        if year := self.chosen("year"):
            items = self.of_year(items, int(year))
        return items

    def of_year(self, items: Items, year: int) -> Items:
        """The items of the year chosen."""
        return lists.published_in(items, year)

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared in this module
        field.choices = [("", "不限"), *choices]


class PolicyFilter(ListFilter):
    """The policy library's filters."""

    kind = _choice("类别", [*NormativeKind.choices, (lists.OTHER_POLICY, "其他文件")])
    validity = _choice("有效性", VALIDITY_CHOICES)
    topic = _choice("主题分类", [(topic, topic) for topic in TOPICS])
    agency = _choice("发文机关")

    def __init__(self, data: Any, *, years: Sequence[int], agencies: Sequence[Agency]) -> None:
        super().__init__(data, years=years)
        self._offer("agency", [(agency.slug, agency.short_name) for agency in agencies])

    def apply(self, items: Items) -> Items:
        """The policies that remain."""
        items = lists.of_kind(super().apply(items), self.chosen("kind"))
        exact = {"validity": "validity", "topic": "topic", "agency__slug": "agency"}
        return items.filter(**{path: value for path, name in exact.items() if (value := self.chosen(name))})


class ReportFilter(ListFilter):
    """Annual reports by agency and by the year on which they report, which is the one before they come out."""

    agency = _choice("机关")

    def __init__(self, data: Any, *, years: Sequence[int], agencies: Sequence[Agency]) -> None:
        super().__init__(data, years=[year - 1 for year in years])
        self.fields["q"].label, self.fields["year"].label = "标题", "报告年度"
        self._offer("agency", [(agency.slug, agency.short_name) for agency in agencies])

    def apply(self, items: Items) -> Items:
        """The reports that remain."""
        agency = self.chosen("agency")
        return super().apply(items).filter(**({"agency__slug": agency} if agency else {}))

    def of_year(self, items: Items, year: int) -> Items:
        """The reports on that year."""
        return lists.reporting_on(items, year)
