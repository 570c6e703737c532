"""Wagtail's screens limited to the agencies of the person: lists, forms, choosers and every address with a key.

Wagtail asks its permission policy whether a person may edit *some* row of a model; which one is not its question.
`ScopedViewSet` asks that at the address, for all of a model's views at once, so that no view can forget to.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import ChoiceField, DateField, DateInput, DateTimeField, DateTimeInput, Field, ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.timezone import localtime
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import TitleColumn
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from gongkai.errors import GongkaiError
from gongkai_web.accounts.permissions import Capability, limit
from gongkai_web.accounts.policies import AgencyPermissionPolicy
from gongkai_web.workbench.deleting import ServiceDeleteView

_ACTION_OF = {
    "edit": "change",
    "revisions_revert": "change",
    "delete": "delete",
    "lock": "lock",
    "unlock": "unlock",
    "unpublish": "publish",
    "revisions_unschedule": "publish",
    "copy": "add",
}
"""Name of the address → action of the permission policy; every other address with a key needs "view"."""

View = Callable[..., HttpResponse]


def visible(model: type[models.Model], user: Any, action: str = "view") -> models.QuerySet[Any]:
    """The rows of a model with a registered policy to which the person may do this."""
    rows: models.QuerySet[Any] = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, [action]
    )
    return rows


def admin_url_name(model: type[models.Model], name: str) -> str:
    """The name of one of the model's addresses in the back office: `list`, `add`, `edit`, `inspect` …"""
    viewset: SnippetViewSet = vars(model)["snippet_viewset"]
    url_name: str = viewset.get_url_name(name)
    return url_name


def _scoped(view: View, model: type[models.Model], action: str) -> View:
    @wraps(view)
    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = unquote(str(kwargs["pk"]))
        try:
            found = visible(model, request.user, action).filter(pk=key).exists()
        except (ValueError, ValidationError):
            found = False
        if not found:
            raise Http404
        return view(request, *args, **kwargs)

    return check


class ScopedIndexView(IndexView):
    """A list without tick boxes: there is no bulk act in this product (逐项审查).

    `detail_url_name`: where the title leads, by primary key; to the form, or to the inspection, when empty.
    """

    detail_url_name = ""

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Any:
        column = super()._get_title_column(field_name, column_class, **kwargs)
        if self.detail_url_name:
            column._get_url_func = lambda instance: reverse(self.detail_url_name, args=[instance.pk])
        return column

    @property
    def columns(self) -> list[Any]:
        """Wagtail's columns but for the tick box."""
        return [column for column in super().columns if column.name != "bulk_actions"]


class ScopedFilterSet(WagtailFilterSet):
    """Offers in its drop-downs only rows of agencies that the person may read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in self.filters.values():
            queryset = getattr(entry, "queryset", None)
            if queryset is not None:
                entry.queryset = limit_choices(queryset.all(), self.request.user, Capability.READ)


def limit_choices(queryset: models.QuerySet[Any], user: Any, capability: Capability) -> models.QuerySet[Any]:
    """Rows that belong to agencies, limited to where the person holds the capability; others as they are."""
    policy = policy_registry.get_by_type(queryset.model, fallback=False)
    return limit(queryset, user, capability, by=policy.by) if isinstance(policy, AgencyPermissionPolicy) else queryset


def _speak_plainly(field: Field) -> None:
    """What is missing is named; a day or a minute is chosen by the browser's own means.

    Wagtail's field for days turns what it cannot read into another day without a word, and needs a script.
    """
    verb = "请选择" if isinstance(field, ChoiceField | ModelChoiceField) else "请填写"
    field.error_messages["required"] = f"{verb}“{field.label}”。"
    if isinstance(field, ModelChoiceField):
        field.error_messages["invalid_choice"] = f"没有找到这样的“{field.label}”，请核对后重新选择。"
        field.empty_label = field.empty_label and "请选择"
    elif isinstance(field, ChoiceField) and (choices := _choices_of(field))[:1] == BLANK_CHOICE_DASH:
        field.choices = [("", "请选择"), *choices[1:]]
    if isinstance(field, DateField):
        field.widget = DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field.error_messages["invalid"] = "日期不正确，请按年-月-日填写，例如2026-03-01。"
    if isinstance(field, DateTimeField):
        field.widget = DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        field.error_messages["invalid"] = "时间不正确，请按年-月-日 时:分填写，例如2026-03-01 08:30。"


def _choices_of(field: ChoiceField) -> list[Any]:
    return list(field.choices)  # type: ignore[arg-type]  # what a form holds has been made iterable


class AgencyScopedForm(WagtailAdminModelForm):
    """Offers only the person's agencies and what belongs to them; his own one, or a sole one, is chosen beforehand."""

    capability = Capability.READ
    agency_field = "agency"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _speak_plainly(field)
        if self.for_user is None:
            return
        for name, field in self.fields.items():
            if isinstance(field, ModelChoiceField) and field.queryset is not None:
                wanted = self.capability if name == self.agency_field else Capability.READ
                field.queryset = limit_choices(field.queryset, self.for_user, wanted)
                self._choose_own_agency(name, field)

    def _choose_own_agency(self, name: str, field: ModelChoiceField[Any]) -> None:
        if name != self.agency_field or self.instance.pk or field.queryset is None:
            return
        home = field.queryset.filter(pk=getattr(self.for_user, "home_id", None)).first()
        if home is None and field.queryset.count() == 1:
            home = field.queryset.get()
        field.initial = home


class ServiceSaveMixin:
    """Lets a service store what the form holds; what it refuses is shown above the form."""

    def store(self, instance: Any) -> Any:
        """Hand the filled-in instance to the service."""
        raise NotImplementedError

    def save_instance(self) -> Any:
        """Instead of Wagtail's own saving."""
        instance = self.store(self.form.save(commit=False))  # type: ignore[attr-defined]
        self.new_revision = getattr(instance, "latest_revision", None)
        return instance

    def form_valid(self, form: Any) -> Any:
        """Refusals are messages, not error pages."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except GongkaiError as error:
            form.add_error(None, f"{error.message}{error.hint}")
        except ValidationError as error:
            form.add_error(None, error if not hasattr(error, "error_dict") else error.messages)
        # Wagtail sets these while it judges the form, which had passed when the service refused.
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return self.form_invalid(form)  # type: ignore[attr-defined]


class ServiceCreateView(ServiceSaveMixin, CreateView):
    """A form whose result a service stores. `?agency=3` in the address chooses beforehand what the form offers."""

    def get_initial(self) -> dict[str, Any]:
        """From the address, by the names of the model's fields."""
        names = {field.name for field in self.model._meta.concrete_fields}
        given = {name: value for name, value in self.request.GET.items() if name in names}
        return {**super().get_initial(), **given}


class ServiceEditView(ServiceSaveMixin, EditView):
    """A form whose result a service stores. What somebody saved meanwhile is not written over unseen."""

    def form_valid(self, form: Any) -> Any:
        """The form comes back once with what was typed in it; whoever saves again means it."""
        if not self.is_out_of_date:
            return super().form_valid(form)
        newest = self.latest_revision
        who = f"{newest.user}于" if newest.user else ""
        form.add_error(
            None,
            f"您打开之后，{who}{localtime(newest.created_at):%-m月%-d日%H:%M}保存了另一个版本，您的修改还没有保存。"
            "请在“历史”中比对；确定用这里的内容，再保存一次。",
        )
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class _ScopedChoose:
    def get_object_list(self) -> models.QuerySet[Any]:
        return visible(self.model_class, self.request.user)  # type: ignore[attr-defined]


class _ScopedChosen:
    def get_object(self, pk: Any) -> Any:
        found = visible(self.model_class, self.request.user).filter(pk=pk).first()  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        return found

    def get_objects(self, pks: Any) -> models.QuerySet[Any]:
        return visible(self.model_class, self.request.user).filter(pk__in=pks)  # type: ignore[attr-defined]


def _nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404


class ScopedChooserViewSet(SnippetChooserViewSet):
    """Choosers list and return only what the person may see, and create nothing."""

    choose_view_class = type("ScopedChooseView", (_ScopedChoose, ChooseView), {})
    choose_results_view_class = type("ScopedChooseResultsView", (_ScopedChoose, ChooseResultsView), {})
    chosen_view_class = type("ScopedChosenView", (_ScopedChosen, SnippetChosenView), {})
    chosen_multiple_view_class = type("ScopedChosenMultipleView", (_ScopedChosen, SnippetChosenMultipleView), {})
    creation_form_class = None

    @property
    def create_view(self) -> View:
        """Not there: Wagtail's own has no form here and would fail on what is sent to it."""
        return _nothing_here


class ScopedViewSet(SnippetViewSet):
    """Base of every model's screens in the back office."""

    index_view_class = ScopedIndexView
    add_view_class = ServiceCreateView
    edit_view_class = ServiceEditView
    delete_view_class = ServiceDeleteView
    chooser_viewset_class = ScopedChooserViewSet
    copy_view_enabled = False
    add_to_admin_menu = True
    add_to_reference_index = False  # relations here are foreign keys; an index of them would cost a task per save
    inspect_view_enabled = True
    list_per_page = 30

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The list of what the person may see."""
        return visible(self.model, request.user)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Every address with a key is checked for that very row."""
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [self._with_scope(pattern) for pattern in patterns]

    def _with_scope(self, pattern: URLPattern) -> URLPattern:
        if "pk" not in pattern.pattern.converters and "pk" not in str(pattern.pattern):
            return pattern
        action = _ACTION_OF.get(pattern.name or "", "view")
        view = _scoped(pattern.callback, self.model, action)
        return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)
