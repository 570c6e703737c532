"""The filters of the register; they stand in the address, so that a page can be kept and passed on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.applications import ApplicantType
from gongkai.applications.receipt import Entrance
from gongkai.law.events import Phase
from gongkai.law.outcomes import outcomes
from gongkai_web.accounts.models import Agency, Office, User
from gongkai_web.accounts.permissions import Capability, agencies_for, people_with
from gongkai_web.applications.forms.fields import DayField, PlainForm
from gongkai_web.applications.lights import Light
from gongkai_web.applications.selectors.cases import assignees
from gongkai_web.applications.selectors.register import Filters

FIRST_YEAR = 2008
_STATES = [
    ("", "全部"),
    ("open", "尚未办结"),
    ("closed", "已办结"),
    *((one.value, one.label) for one in Phase if one is not Phase.NEW),
]


class FilterForm(PlainForm):
    """What is not understood narrows nothing: an address is typed by people and by other pages."""

    q = forms.CharField(label="编号、名称、申请人", max_length=100, required=False)
    state = forms.ChoiceField(label="状态", choices=_STATES, required=False)
    light = forms.ChoiceField(
        label="期限", choices=[("", "全部"), *((one.value, one.label) for one in Light)], required=False
    )
    applicant_type = forms.ChoiceField(
        label="申请人类别", choices=[("", "全部"), *((one.value, one.label) for one in ApplicantType)], required=False
    )
    entrance = forms.ChoiceField(
        label="申请方式", choices=[("", "全部"), *((one.value, one.label) for one in Entrance)], required=False
    )
    outcome = forms.ChoiceField(label="办理结果", required=False)
    year = forms.IntegerField(label="收到年份", min_value=FIRST_YEAR, max_value=2100, required=False)
    received_from = DayField(label="收到日期自", required=False)
    received_to = DayField(label="至", required=False)
    agency = forms.ModelChoiceField(label="机构", queryset=Agency.objects.none(), required=False, empty_label="全部")
    office = forms.ModelChoiceField(
        label="承办机构", queryset=Office.objects.none(), required=False, empty_label="全部"
    )
    assignee = forms.ModelChoiceField(label="经办人", queryset=User.objects.none(), required=False, empty_label="全部")
    sort = forms.ChoiceField(
        label="排序", choices=[("", "收到日期，近的在前"), ("due", "剩余天数，少的在前")], required=False
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        agencies = agencies_for(user, Capability.READ_APPLICATIONS)
        self._offer("agency", agencies)
        self._offer("office", Office.objects.filter(agency__in=agencies).select_related("agency"))
        self._offer("assignee", assignees(user))
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "全部"), *((one.key, one.label) for one in outcomes(on=timezone.localdate()))]

    def filters(self) -> Filters:
        """What was understood."""
        self.is_valid()
        said = self.cleaned_data
        keys = {name: said[name].pk for name in ("agency", "office", "assignee") if said.get(name)}
        days = {name: said.get(name) for name in ("received_from", "received_to")}
        return Filters(
            year=said.get("year"),
            state=said.get("state", ""),
            applicant_type=said.get("applicant_type", ""),
            entrance=said.get("entrance", ""),
            outcome=said.get("outcome", ""),
            light=Light(said["light"]) if said.get("light") else None,
            text=said.get("q", ""),
            nearest_due_first=said.get("sort") == "due",
            **keys,
            **days,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return any(self.data.get(name) for name in self.fields if name != "sort")

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # the callers name model fields only
        field.queryset = choices


class AssignForm(PlainForm):
    """Who is to handle the cases that were ticked."""

    assignee = forms.ModelChoiceField(label="交给", queryset=User.objects.none(), required=False, empty_label="不变")
    office = forms.ModelChoiceField(
        label="承办机构", queryset=Office.objects.none(), required=False, empty_label="不变"
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        agencies = agencies_for(user, Capability.HANDLE_APPLICATIONS)
        able = User.objects.none()
        for agency in agencies[:_AGENCIES]:
            able |= people_with(Capability.HANDLE_APPLICATIONS, agency)
        for name, choices in (("assignee", able.distinct()), ("office", Office.objects.filter(agency__in=agencies))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # declared above
            field.queryset = choices

    def clean(self) -> dict[str, Any]:
        """Something is to change."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("assignee") and not data.get("office"):
            raise forms.ValidationError("没有选择经办人或者承办机构。请选择后再分办。")
        return data


# An officer handles the applications of one agency, rarely of a few.
_AGENCIES = 20
