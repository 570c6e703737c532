"""The back office's screens for agencies, offices, people and memberships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.urls import reverse
from django.utils.html import format_html
from django_filters import ChoiceFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from gongkai_web.accounts.models import Agency, Membership, Office, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import add_agency, change_agency, save_membership, save_office, save_person
from gongkai_web.workbench.scoping import (
    AgencyScopedForm,
    ScopedFilterSet,
    ScopedIndexView,
    ScopedViewSet,
    ServiceCreateView,
    ServiceEditView,
)

SELECT = forms.Select


class AdministratorForm(AgencyScopedForm):
    """Offers the agencies that the person administers."""

    capability = Capability.ADMINISTER


class AgencyForm(AgencyScopedForm):
    """A new agency goes below one that the person administers."""

    capability = Capability.ADMINISTER
    agency_field = "parent"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields and self.for_user is not None:
            self.fields["parent"].required = not self.for_user.is_superuser
            if self.instance.pk:
                self._keep_in_place()

    def _keep_in_place(self) -> None:
        """The place in the tree has its own page; the address stays, because others have linked to it."""
        self.fields["parent"].disabled = True
        self.fields["parent"].queryset = Agency.objects.filter(pk=self.instance.parent_id)
        move = reverse("accounts_move", args=[self.instance.pk])
        self.fields["parent"].help_text = format_html('更改上级请使用“<a href="{}">移动机构</a>”。', move)
        if not self.for_user.is_superuser:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "建立后不能更改，以免已发布的网址失效。"
        self.fields["index_pattern"].help_text += f"按现在的规则，例：{self.instance.next_index_number()}。"


class AgencyCreateView(ServiceCreateView):
    """A new agency."""

    def store(self, instance: Agency) -> Agency:
        """With its columns, files and place in the tree."""
        return add_agency(instance, by=self.request.user)


class AgencyEditView(ServiceEditView):
    """An agency's particulars."""

    def store(self, instance: Agency) -> Agency:
        """The place in the tree stays."""
        return change_agency(instance, by=self.request.user)


class AgencyIndexView(ScopedIndexView):
    """The name leads to the page of the agency."""

    detail_url_name = "accounts_agency"


class AgencyFilterSet(ScopedFilterSet):
    """Narrowing the tree."""

    class Meta:
        model = Agency
        fields = ["kind", "parent"]


class AgencyViewSet(ScopedViewSet):
    """机构."""

    model = Agency
    icon = "site"
    menu_label = "机构"
    menu_order = 310
    url_prefix = "agencies"
    index_view_class = AgencyIndexView
    inspect_view_enabled = False
    add_view_class = AgencyCreateView
    edit_view_class = AgencyEditView
    filterset_class = AgencyFilterSet
    list_display = ["tree_label", "short_name", "kind", "social_credit_code", "state_label"]
    search_fields = ["name", "short_name", "organisation_code", "social_credit_code"]
    search_backend_name = None
    ordering = ["path"]
    edit_handler = ObjectList(
        [
            FieldPanel("parent", widget=SELECT),
            FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("slug")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("social_credit_code"), FieldPanel("organisation_code")]),
                    FieldRowPanel([FieldPanel("site_code"), FieldPanel("region_code"), FieldPanel("region")]),
                    FieldPanel("index_pattern"),
                    FieldRowPanel([FieldPanel("active_from"), FieldPanel("active_to")]),
                ],
                heading="代码与期间",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("disclosure_office"), FieldPanel("office_hours")]),
                    FieldRowPanel([FieldPanel("address"), FieldPanel("postcode")]),
                    FieldRowPanel([FieldPanel("phone"), FieldPanel("fax"), FieldPanel("email")]),
                    FieldPanel("website"),
                ],
                heading="政府信息公开工作机构（指南要素，条例第十二条）",
            ),
        ],
        base_form_class=AgencyForm,
    )


class OfficeView:
    """Stored by the service."""

    def store(self, instance: Office) -> Office:
        """With its event."""
        return save_office(instance, by=self.request.user)  # type: ignore[attr-defined]


class OfficeCreateView(OfficeView, ServiceCreateView):
    """A new internal office."""


class OfficeEditView(OfficeView, ServiceEditView):
    """An internal office."""


class OfficeFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    class Meta:
        model = Office
        fields = ["agency"]


class OfficeViewSet(ScopedViewSet):
    """内设机构."""

    model = Office
    icon = "group"
    menu_label = "内设机构"
    menu_order = 320
    url_prefix = "offices"
    add_view_class = OfficeCreateView
    edit_view_class = OfficeEditView
    filterset_class = OfficeFilterSet
    inspect_view_enabled = False
    list_display = ["name", "agency", "phone"]
    search_fields = ["name"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("agency", widget=SELECT),
            FieldPanel("name"),
            FieldPanel("phone"),
            FieldPanel("duties"),
            FieldPanel("position"),
        ],
        base_form_class=AdministratorForm,
    )


class MembershipView:
    """Stored by the service, which also opens the agency's files to the person."""

    def store(self, instance: Membership) -> Membership:
        """With its event."""
        return save_membership(instance, by=self.request.user)  # type: ignore[attr-defined]


class MembershipCreateView(MembershipView, ServiceCreateView):
    """A new membership."""


class MembershipEditView(MembershipView, ServiceEditView):
    """Its period or office."""


class MembershipFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    class Meta:
        model = Membership
        fields = ["agency", "role"]


class MembershipViewSet(ScopedViewSet):
    """任职与权限."""

    model = Membership
    icon = "key"
    menu_label = "任职与权限"
    menu_order = 335
    url_prefix = "memberships"
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    filterset_class = MembershipFilterSet
    inspect_view_enabled = False
    list_display = ["user", "agency", "office", "role", "starts_on", "ends_on", "state_label"]
    search_fields = ["user__full_name", "user__username"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("user", widget=SELECT),
            FieldRowPanel([FieldPanel("agency", widget=SELECT), FieldPanel("office", widget=SELECT)]),
            FieldPanel("role"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        ],
        base_form_class=AdministratorForm,
    )


class PersonForm(AgencyScopedForm):
    """A person, and for a new one the password of the first sign-in."""

    capability = Capability.ADMINISTER
    agency_field = "home"
    new_password = forms.CharField(
        label="设置密码",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少12位，不能是常见密码。编辑时不填表示不更改。",
    )

    def clean_new_password(self) -> str:
        """Raises: `ValidationError` when the password is too weak; a new person needs one."""
        password: str = self.cleaned_data["new_password"]
        if password:
            password_validation.validate_password(password, self.instance)
        elif not self.instance.pk:
            raise forms.ValidationError("新建人员须设置初始密码。")
        return password


class PersonView:
    """Stored by the service."""

    def store(self, instance: User) -> User:
        """With the new password, if one was given."""
        password = self.form.cleaned_data["new_password"] or None  # type: ignore[attr-defined]
        return save_person(instance, by=self.request.user, password=password)  # type: ignore[attr-defined]


class PersonCreateView(PersonView, ServiceCreateView):
    """A new account."""


class PersonEditView(PersonView, ServiceEditView):
    """An account's particulars."""


class PersonIndexView(ScopedIndexView):
    """The name leads to the page of the person."""

    detail_url_name = "accounts_person"


class PersonFilterSet(ScopedFilterSet):
    """Narrowing the list."""

    is_active = ChoiceFilter(
        label="账号状态", choices=[(True, "正常"), (False, "已停用")], widget=forms.RadioSelect, empty_label="全部"
    )

    class Meta:
        model = User
        fields = ["home", "is_active"]


class PersonViewSet(ScopedViewSet):
    """人员."""

    model = User
    icon = "user"
    menu_label = "人员"
    menu_order = 330
    url_prefix = "people"
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    index_view_class = PersonIndexView
    inspect_view_enabled = False
    filterset_class = PersonFilterSet
    list_display = ["full_name", "username", "home", "state_label", "last_login"]
    search_fields = ["full_name", "username", "email"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("full_name"), FieldPanel("username")]),
            FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            FieldRowPanel([FieldPanel("home", widget=SELECT), FieldPanel("is_active")]),
            FieldPanel("new_password"),
        ],
        base_form_class=PersonForm,
    )
