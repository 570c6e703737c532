"""The back office's screens for columns."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from gongkai_web.accounts.permissions import Capability
from gongkai_web.proactive.models import Column
from gongkai_web.proactive.services import save_column
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


class ColumnFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    class Meta:
        model = Column
        fields = ["agency", "kind", "is_shown"]


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
    list_display = ["__str__", "agency", "kind", "owner_office", "update_interval_days", "is_shown"]
    search_fields = ["name"]
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
