"""The back office's screens for items, posts, the register, interpretations and chains."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from gongkai.errors import GongkaiError
from gongkai_web.information.forms import (
    InterpretationForm,
    ItemForm,
    PostForm,
    RegisterForm,
    RichText,
)
from gongkai_web.information.item_list import COLUMNS, ItemFilterSet, ItemIndexView, listed
from gongkai_web.information.models import (
    InformationItem,
    Interpretation,
    MediaPost,
    NormativeRecord,
)
from gongkai_web.information.services.drafting import add_item, save_draft, save_post
from gongkai_web.information.services.interpretation import save_interpretation
from gongkai_web.information.services.normative import remove_record, save_record, why_registered
from gongkai_web.information.services.review import submit
from gongkai_web.workbench.choosers import NumberedChooser
from gongkai_web.workbench.deleting import ServiceDeleteView
from gongkai_web.workbench.scoping import (
    ScopedChooserViewSet,
    ScopedFilterSet,
    ScopedIndexView,
    ScopedViewSet,
    ServiceCreateView,
    ServiceEditView,
    admin_url_name,
)

SELECT = forms.Select
_FILES_WITHOUT_SCRIPTS = (
    "<noscript>浏览器不运行脚本时，请先保存，再到这件信息的“附件”页添加、改名或移除附件。</noscript>"
)


class SubmitsForReview:
    """Adds "保存并提交签审" to the actions of a form."""

    def get_available_actions(self) -> list[str]:
        """Wagtail looks the pressed button up here."""
        return [*super().get_available_actions(), "submit-review"]  # type: ignore[misc]

    def submit_review_action(self) -> HttpResponse:
        """After saving: open the case and show it, or stay with the reason why not."""
        subject, request = self.object, self.request  # type: ignore[attr-defined]
        try:
            case = submit(subject, by=request.user)
        except GongkaiError as error:
            messages.error(request, f"{error.message}{error.hint}")
            return redirect(admin_url_name(type(subject), "edit"), subject.pk)
        messages.success(request, "已提交签审。")
        return redirect("information_review", case.pk)


class ItemCreateView(SubmitsForReview, ServiceCreateView):
    """A new item."""

    def store(self, instance: InformationItem) -> InformationItem:
        """With its index number."""
        return add_item(instance, by=self.request.user)


class ItemEditView(SubmitsForReview, ServiceEditView):
    """The newest draft of an item."""

    def store(self, instance: InformationItem) -> InformationItem:
        """A new version; voids signatures on another content."""
        return save_draft(instance, by=self.request.user)


class PostIndexView(ScopedIndexView):
    """The title leads to the post with its way through the chain."""

    detail_url_name = "information_post"


class RecordIndexView(ScopedIndexView):
    """The title leads to the entry with its events."""

    detail_url_name = "information_record"


class ItemChooserViewSet(ScopedChooserViewSet):
    """By its index number where no scripts run."""

    base_widget_class = NumberedChooser


class ItemViewSet(ScopedViewSet):
    """政府信息."""

    model = InformationItem
    icon = "doc-full"
    menu_label = "政府信息"
    menu_order = 110
    url_prefix = "items"
    add_view_class = ItemCreateView
    edit_view_class = ItemEditView
    filterset_class = ItemFilterSet
    search_fields = ["title", "index_number", "document_number"]
    search_backend_name = None
    ordering = ["-updated_at"]
    chooser_viewset_class = ItemChooserViewSet
    list_display = COLUMNS
    index_view_class = ItemIndexView
    inspect_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title", required_on_save=True),
                    FieldRowPanel([FieldPanel("agency", widget=SELECT), FieldPanel("column", widget=SELECT)]),
                    FieldPanel("summary", widget=forms.Textarea(attrs={"rows": 2})),
                    FieldPanel("body", widget=RichText()),
                    InlinePanel("attachments", label="附件"),
                    HelpPanel(content=_FILES_WITHOUT_SCRIPTS),
                ],
                heading="内容",
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("document_number"), FieldPanel("formed_on")]),
                    FieldRowPanel([FieldPanel("maker"), FieldPanel("keeper")]),
                    FieldRowPanel([FieldPanel("topic"), FieldPanel("genre"), FieldPanel("effective_on")]),
                    FieldPanel("keywords"),
                    FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
                ],
                heading="目录信息",
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [FieldPanel("attribute", required_on_save=True), FieldPanel("attribute_approval")]
                            ),
                            FieldPanel("exemption_reason"),
                            FieldPanel("attribute_explanation", widget=forms.Textarea(attrs={"rows": 3})),
                            FieldPanel("next_review_on"),
                        ],
                        heading="公开属性（拟制时确定，随文报批）",
                    ),
                    FieldPanel("publish_at"),
                ],
                heading="公开属性与发布",
            ),
        ],
        base_form_class=ItemForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[InformationItem]:
        """With what the columns of the list need."""
        return listed(super().get_queryset(request))


class PostCreateView(SubmitsForReview, ServiceCreateView):
    """A new post."""

    def store(self, instance: MediaPost) -> MediaPost:
        """As a draft."""
        return save_post(instance, by=self.request.user)


class PostEditView(SubmitsForReview, ServiceEditView):
    """A post that has not been sent."""

    def store(self, instance: MediaPost) -> MediaPost:
        """Voids signatures on another content."""
        return save_post(instance, by=self.request.user)


class PostViewSet(ScopedViewSet):
    """新媒体发布."""

    model = MediaPost
    icon = "comment"
    menu_label = "新媒体发布"
    menu_order = 140
    url_prefix = "posts"
    add_view_class = PostCreateView
    edit_view_class = PostEditView
    index_view_class = PostIndexView
    inspect_view_enabled = False
    list_display = ["title", "agency", "channel", "account", "planned_for", "state_label"]
    edit_handler = ObjectList(
        [
            FieldPanel("agency", widget=SELECT),
            FieldRowPanel([FieldPanel("channel"), FieldPanel("account")]),
            FieldPanel("title"),
            FieldPanel("body", widget=forms.Textarea(attrs={"rows": 10})),
            FieldPanel("item"),
            FieldPanel("planned_for"),
        ],
        base_form_class=PostForm,
    )


class RecordCreateView(ServiceCreateView):
    """A new entry of the register."""

    def store(self, instance: NormativeRecord) -> NormativeRecord:
        """With its validity computed."""
        return save_record(instance, by=self.request.user)


class RecordEditView(ServiceEditView):
    """An entry of the register."""

    def store(self, instance: NormativeRecord) -> NormativeRecord:
        """With its validity computed anew."""
        return save_record(instance, by=self.request.user)


class RecordDeleteView(ServiceDeleteView):
    """An entry made by mistake."""

    def refusal(self, obj: NormativeRecord) -> str:
        """What is public or has changed since stays."""
        return why_registered(obj)

    def delete_action(self) -> None:
        """By the service, which takes the stamp off the item."""
        remove_record(self.object, by=self.request.user)


class RecordFilterSet(ScopedFilterSet):
    """Narrowing the register."""

    class Meta:
        model = NormativeRecord
        fields = ["agency", "kind", "validity"]


class RecordViewSet(ScopedViewSet):
    """规范性文件."""

    model = NormativeRecord
    icon = "list-ul"
    menu_label = "规范性文件"
    menu_order = 130
    url_prefix = "register"
    add_view_class = RecordCreateView
    edit_view_class = RecordEditView
    delete_view_class = RecordDeleteView
    filterset_class = RecordFilterSet
    search_fields = ["title", "document_number", "unified_number"]
    search_backend_name = None
    list_display = ["title", "document_number", "agency", "issued_on", "in_force_until", "validity_label"]
    index_view_class = RecordIndexView
    inspect_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("agency", widget=SELECT), FieldPanel("kind")]),
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("document_number"), FieldPanel("unified_number")]),
            FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on"), FieldPanel("in_force_until")]),
            FieldPanel("item"),
            FieldPanel("basis", widget=forms.Textarea(attrs={"rows": 3})),
            FieldRowPanel([FieldPanel("legality_review"), FieldPanel("deliberation")]),
            FieldRowPanel([FieldPanel("filing_number"), FieldPanel("filed_on")]),
        ],
        base_form_class=RegisterForm,
    )


class PlainCreateView(ServiceCreateView):
    """A form without further consequences."""

    def store(self, instance: Any) -> Any:
        """Children included."""
        self.form.save()
        return instance


class PlainEditView(ServiceEditView):
    """A form without further consequences."""

    def store(self, instance: Any) -> Any:
        """Children included."""
        self.form.save()
        return instance


class InterpretationView:
    """Stored by the service."""

    def store(self, instance: Interpretation) -> Interpretation:
        """With its event."""
        return save_interpretation(instance, by=self.request.user)  # type: ignore[attr-defined]


class InterpretationCreateView(InterpretationView, ServiceCreateView):
    """A new link."""


class InterpretationEditView(InterpretationView, ServiceEditView):
    """A link."""


class InterpretationFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    class Meta:
        model = Interpretation
        fields = ["kind"]


class InterpretationViewSet(ScopedViewSet):
    """政策解读."""

    model = Interpretation
    icon = "link"
    menu_label = "政策解读"
    menu_order = 150
    url_prefix = "interpretations"
    add_view_class = InterpretationCreateView
    edit_view_class = InterpretationEditView
    filterset_class = InterpretationFilterSet
    search_fields = ["policy__title", "interpreting__title"]
    search_backend_name = None
    inspect_view_enabled = False
    list_display = ["policy", "interpreting", "kind"]
    edit_handler = ObjectList(
        [FieldPanel("policy"), FieldPanel("interpreting"), FieldPanel("kind")], base_form_class=InterpretationForm
    )
