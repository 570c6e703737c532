"""The back office's screens for columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_filters import ChoiceFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column as ListColumn

from gongkai.proactive.columns import ColumnKind
from gongkai.proactive.duty import is_stale
from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.proactive.models import Column
from gongkai_web.proactive.selectors import newest_of, stale_columns, with_newest
from gongkai_web.proactive.services import save_column, why_kept
from gongkai_web.workbench.deleting import ServiceDeleteView
from gongkai_web.workbench.scoping import (
    AgencyScopedForm,
    ScopedFilterSet,
    ScopedViewSet,
    ServiceCreateView,
    ServiceEditView,
)

SELECT = forms.Select


class ColumnForm(AgencyScopedForm):
    """A column of an agency whose columns the person keeps."""

    capability = Capability.MANAGE_COLUMNS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            self.fields["parent"].queryset = self.fields["parent"].queryset.filter(parent=None)


class ColumnView:
    """Stored by the service."""

    def store(self, instance: Column) -> Column:
        """With its event."""
        return save_column(instance, by=self.request.user)  # type: ignore[attr-defined]


class ColumnCreateView(ColumnView, ServiceCreateView):
    """A new column."""


class ColumnEditView(ColumnView, ServiceEditView):
    """A column."""


class ColumnDeleteView(ServiceDeleteView):
    """An own column, or one of a set, that nothing lies in."""

    def refusal(self, obj: Column) -> str:
        """The statutory block stays."""
        reason = why_kept(obj)
        return f"{reason}不能删除。" if reason else ""


class ColumnFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    stale = ChoiceFilter(
        label="更新情况", choices=[("stale", "应更新未更新和空白栏目")], method="filter_stale",
        widget=forms.RadioSelect, empty_label="全部",
    )  # fmt: skip

    class Meta:
        model = Column
        fields = ["stale", "agency", "kind", "owner_office"]

    def filter_stale(self, columns: QuerySet[Column], _name: str, value: str) -> QuerySet[Column]:
        """By the clock of the column's interval."""
        readable = agencies_for(self.request.user, Capability.READ)
        overdue = [entry.column.pk for entry in stale_columns(readable)] if value else []
        return columns.filter(pk__in=overdue) if value else columns


def upkeep_cell(column: Column) -> SafeString | str:
    """When something last came, and the sign when that is too long ago."""
    newest = newest_of(column)
    if column.kind == ColumnKind.APPLICATION.value:
        return "—"
    day = f"{newest:%Y-%m-%d}" if newest else ""
    if not is_stale(newest, interval_days=column.update_interval_days, today=timezone.localdate()):
        return day or "—"
    label = "应更新未更新" if newest else "空白栏目"
    return format_html('<span class="gk-chip gk-chip--overdue">{}</span> {}', label, day)


def interval_cell(column: Column) -> str:
    """In days."""
    return f"{column.update_interval_days}天" if column.update_interval_days else "不设"


def shown_cell(column: Column) -> str:
    """Whether the portal shows it."""
    return "显示" if column.is_shown else "隐藏"


def owner_cell(column: Column) -> str:
    """The office and the person who keep it."""
    return "　".join(filter(None, (column.owner_office.name if column.owner_office else "", str(column.owner or ""))))


class ColumnViewSet(ScopedViewSet):
    """栏目."""

    model = Column
    icon = "folder-open-inverse"
    menu_label = "栏目"
    menu_order = 160
    url_prefix = "columns"
    add_view_class = ColumnCreateView
    edit_view_class = ColumnEditView
    filterset_class = ColumnFilterSet
    delete_view_class = ColumnDeleteView
    inspect_view_enabled = False
    list_display = [
        "__str__",
        "agency",
        ListColumn("owner", label="责任单位和责任人", accessor=owner_cell),
        ListColumn("interval", label="更新周期", accessor=interval_cell),
        ListColumn("upkeep", label="最近更新", accessor=upkeep_cell),
        ListColumn("shown", label="门户", accessor=shown_cell),
    ]
    search_fields = ["name"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("agency", widget=SELECT),
            FieldRowPanel([FieldPanel("parent", widget=SELECT), FieldPanel("kind")]),
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
            FieldPanel("description", widget=forms.Textarea(attrs={"rows": 2})),
            FieldPanel("keywords"),
            FieldPanel("basis"),
            FieldRowPanel([FieldPanel("owner_office", widget=SELECT), FieldPanel("owner", widget=SELECT)]),
            FieldRowPanel([FieldPanel("update_interval_days"), FieldPanel("position"), FieldPanel("is_shown")]),
        ],
        base_form_class=ColumnForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Column]:
        """With what the columns of the list need."""
        columns = super().get_queryset(request).select_related("agency", "parent", "owner_office", "owner")
        return with_newest(columns)
