"""The back office's forms and lists for the figures of table 2."""

from __future__ import annotations

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import DeleteView

from gongkai_web.accounts.permissions import Capability
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_services import delete_figure, save_decision, save_figure
from gongkai_web.workbench.scoping import (
    AgencyScopedForm,
    ScopedFilterSet,
    ScopedViewSet,
    ServiceCreateView,
    ServiceEditView,
)

SELECT = forms.Select


class FigureForm(AgencyScopedForm):
    """For agencies where the person drafts."""

    capability = Capability.DRAFT


class _StoresFigure:
    def store(self, instance: PeriodFigure) -> PeriodFigure:
        """With its event."""
        return save_figure(instance, by=self.request.user)  # type: ignore[attr-defined]


class _StoresDecision:
    def store(self, instance: Decision) -> Decision:
        """With its event."""
        return save_decision(instance, by=self.request.user)  # type: ignore[attr-defined]


class _Deletes:
    """Through the service, so that the log keeps what was removed."""

    def delete_action(self) -> None:
        """What Wagtail calls once the person has confirmed."""
        delete_figure(self.object, by=self.request.user)  # type: ignore[attr-defined]


class FigureCreateView(_StoresFigure, ServiceCreateView):
    """A new figure."""


class FigureEditView(_StoresFigure, ServiceEditView):
    """A figure."""


class FigureDeleteView(_Deletes, DeleteView):
    """A figure or decision that was entered by mistake."""


class DecisionCreateView(_StoresDecision, ServiceCreateView):
    """A new decision."""


class DecisionEditView(_StoresDecision, ServiceEditView):
    """A decision."""


class FigureFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    class Meta:
        model = PeriodFigure
        fields = ["agency", "kind", "year"]


class DecisionFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    class Meta:
        model = Decision
        fields = ["agency", "kind", "is_open"]


class FigureViewSet(ScopedViewSet):
    """表二数据, one row per period."""

    model = PeriodFigure
    icon = "table"
    url_prefix = "figures"
    add_to_admin_menu = False
    inspect_view_enabled = False
    add_view_class = FigureCreateView
    edit_view_class = FigureEditView
    delete_view_class = FigureDeleteView
    filterset_class = FigureFilterSet
    list_display = ["period_label", "kind", "value_label", "agency", "entered_by", "entered_at"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("agency", widget=SELECT), FieldPanel("kind")]),
            FieldRowPanel([FieldPanel("year"), FieldPanel("first_month"), FieldPanel("last_month")]),
            FieldRowPanel([FieldPanel("decisions"), FieldPanel("unpublished"), FieldPanel("amount_wan")]),
            FieldPanel("basis"),
        ],
        base_form_class=FigureForm,
    )


class DecisionViewSet(ScopedViewSet):
    """处理决定, one by one."""

    model = Decision
    icon = "form"
    url_prefix = "decisions"
    add_to_admin_menu = False
    inspect_view_enabled = False
    add_view_class = DecisionCreateView
    edit_view_class = DecisionEditView
    delete_view_class = FigureDeleteView
    filterset_class = DecisionFilterSet
    search_fields = ["document_number", "subject"]
    search_backend_name = None
    list_display = ["document_number", "subject", "kind", "decided_on", "published_on", "agency"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("agency", widget=SELECT), FieldPanel("kind")]),
            FieldRowPanel([FieldPanel("document_number"), FieldPanel("decided_on")]),
            FieldPanel("subject"),
            FieldRowPanel([FieldPanel("is_open"), FieldPanel("closed_basis")]),
            FieldRowPanel([FieldPanel("published_on"), FieldPanel("revoked_on")]),
            FieldPanel("item"),
        ],
        base_form_class=FigureForm,
    )
