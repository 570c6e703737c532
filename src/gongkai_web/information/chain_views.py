"""The screens of review chains: the list says which chain each agency goes through, a new one starts from the usual."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList

from gongkai_web.accounts.permissions import Capability, agencies_for
from gongkai_web.information.forms import ChainForm
from gongkai_web.information.models import InformationItem, MediaPost, ReviewChain
from gongkai_web.information.services.chains import proposed_chain, save_chain
from gongkai_web.information.services.review import chain_for
from gongkai_web.workbench.scoping import ScopedIndexView, ScopedViewSet, ServiceCreateView, ServiceEditView

_MOST_SHOWN = 200


class ChainIndexView(ScopedIndexView):
    """Own chains, and below them what is in force for each agency, own or not."""

    template_name = "information/chains.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the chains in force, for items and for posts."""
        agencies = agencies_for(self.request.user, Capability.READ)[:_MOST_SHOWN]
        rows = [
            (agency, *(chain_for(agency, model.subject_type()) for model in (InformationItem, MediaPost)))
            for agency in agencies
        ]
        return {**super().get_context_data(*args, **kwargs), "in_force": rows}


class ChainCreateView(ServiceCreateView):
    """A new chain; the form begins with the usual steps."""

    def get_initial_form_instance(self) -> ReviewChain | None:
        """The usual steps, unless somebody has filled the form in already."""
        return None if self.request.method == "POST" else proposed_chain()

    def store(self, instance: ReviewChain) -> ReviewChain:
        """With its event."""
        return save_chain(instance, by=self.request.user)


class ChainEditView(ServiceEditView):
    """A chain."""

    def store(self, instance: ReviewChain) -> ReviewChain:
        """With its event."""
        return save_chain(instance, by=self.request.user)


class ChainViewSet(ScopedViewSet):
    """签审链."""

    model = ReviewChain
    icon = "tasks"
    menu_label = "签审链"
    menu_order = 340
    url_prefix = "chains"
    index_view_class = ChainIndexView
    index_template_name = "information/chains.html"
    add_view_class = ChainCreateView
    edit_view_class = ChainEditView
    list_display = ["__str__", "subject_type"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("agency", widget=forms.Select), FieldPanel("subject_type")]),
            InlinePanel(
                "steps",
                label="环节",
                min_num=1,
                panels=[FieldRowPanel([FieldPanel("label"), FieldPanel("role")]), FieldPanel("checklist")],
            ),
        ],
        base_form_class=ChainForm,
    )
