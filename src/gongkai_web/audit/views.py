"""The log for those who may read it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability, may_somewhere
from gongkai_web.audit.export import MOST, csv_lines
from gongkai_web.audit.labels import known_labels
from gongkai_web.audit.selectors import LogFilter, readable_agencies, visible_events
from gongkai_web.audit.services import record

PER_PAGE = 50


class FilterForm(forms.Form):
    """Narrowing the log. What cannot be read as a day is said and left out."""

    who = forms.CharField(label="人员", required=False, max_length=80)
    action = forms.CharField(
        label="动作", required=False, max_length=80, widget=forms.TextInput(attrs={"list": "audit-actions"})
    )
    object = forms.CharField(label="对象", required=False, max_length=200)
    agency = forms.ModelChoiceField(label="机构", required=False, queryset=Agency.objects.none(), empty_label="全部")
    since = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    personal = forms.BooleanField(label="只看涉及个人信息的", required=False)
    kind = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["agency"].queryset = readable_agencies(user)  # type: ignore[attr-defined]  # it is a choice of rows

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        data: dict[str, Any] = super().clean() or {}
        if (since := data.get("since")) and (until := data.get("until")) and until < since:
            self.add_error("until", "结束日期早于开始日期，请改正。")
        return data

    def chosen(self) -> LogFilter:
        """What passes; fields that are wrong filter nothing."""
        self.is_valid()
        data = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        agency = data.pop("agency", None)
        return LogFilter(**data, agency=agency.pk if agency else None)


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Events by person, action, object, agency and day. Reading the log is an event too."""
    user = _reader(request)
    form = FilterForm(request.GET, user=user)
    chosen = form.chosen()
    page = Paginator(chosen.apply(visible_events(user)), PER_PAGE).get_page(request.GET.get("page"))
    record("audit.read", actor=user, agency=user.home, details=_stated(chosen))
    parameters = request.GET.copy()
    parameters.pop("page", None)
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": "工作台"}, {"url": "", "label": "审计记录"}]
    context = {
        "page": page,
        "form": form,
        "labels": known_labels(),
        "query": parameters.urlencode(),
        "one_object": page.object_list[0] if chosen.key and page.object_list else None,
        "crumbs": crumbs,
    }
    return render(request, "audit/log.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """What the filters leave, as CSV. Taking it away is an event too."""
    user = _reader(request)
    chosen = FilterForm(request.GET, user=user).chosen()
    # Numbers first: the event of this export is not part of it.
    newest = visible_events(user).values_list("pk", flat=True).first() or 0
    events = chosen.apply(visible_events(user)).filter(pk__lte=newest)
    details = {**_stated(chosen), "events": min(events.count(), MOST)}
    record("audit.exported", actor=user, agency=user.home, details=details)
    lines = csv_lines(events[:MOST].iterator(chunk_size=2000))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"审计记录{timezone.localdate():%Y%m%d}.csv"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _reader(request: HttpRequest) -> Any:
    if not may_somewhere(request.user, Capability.READ_AUDIT):
        raise PermissionDenied
    return request.user


def _stated(chosen: LogFilter) -> dict[str, Any]:
    """The filters in use, as the log keeps them."""
    return {name: str(value) for name, value in asdict(chosen).items() if value not in (None, "", False)}
