"""The back office's screens for agencies, offices, people and memberships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from gongkai_web.accounts.models import Agency, Membership, Office, User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import add_agency, change_agency, create_office, save_membership, save_person
from gongkai_web.workbench.scoping import AgencyScopedForm, ScopedViewSet, ServiceCreateView, ServiceEditView

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
                self.fields["parent"].disabled = True
                self.fields["parent"].queryset = Agency.objects.filter(pk=self.instance.parent_id)


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


class AgencyViewSet(ScopedViewSet):
    """机构."""

    model = Agency
    icon = "site"
    menu_label = "机构"
    menu_order = 310
    url_prefix = "agencies"
    add_view_class = AgencyCreateView
    edit_view_class = AgencyEditView
    list_display = ["name", "short_name", "kind", "parent", "organisation_code"]
    search_fields = ["name", "short_name", "organisation_code", "social_credit_code"]
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


class OfficeCreateView(ServiceCreateView):
    """A new internal office."""

    def store(self, instance: Office) -> Office:
        """Below the chosen agency."""
        fields = {"phone": instance.phone, "duties": instance.duties, "position": instance.position}
        return create_office(instance.agency, name=instance.name, by=self.request.user, **fields)


class PlainEditView(ServiceEditView):
    """Stored as it is."""

    def store(self, instance: Any) -> Any:
        """The form has checked it."""
        instance.save()
        return instance


class OfficeViewSet(ScopedViewSet):
    """内设机构."""

    model = Office
    icon = "group"
    menu_label = "内设机构"
    menu_order = 320
    url_prefix = "offices"
    add_view_class = OfficeCreateView
    edit_view_class = PlainEditView
    list_display = ["name", "agency", "phone"]
    search_fields = ["name"]
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


class MembershipViewSet(ScopedViewSet):
    """任职与权限."""

    model = Membership
    icon = "key"
    menu_label = "任职与权限"
    menu_order = 335
    url_prefix = "memberships"
    add_view_class = MembershipCreateView
    edit_view_class = MembershipEditView
    list_display = ["user", "agency", "office", "role", "starts_on", "ends_on"]
    search_fields = ["user__full_name", "user__username"]
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


class PersonViewSet(ScopedViewSet):
    """人员."""

    model = User
    icon = "user"
    menu_label = "人员"
    menu_order = 330
    url_prefix = "people"
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    list_display = ["full_name", "username", "email", "is_active"]
    search_fields = ["full_name", "username", "email"]
    inspect_view_fields = ["full_name", "username", "email", "phone", "is_active", "last_login"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("full_name"), FieldPanel("username")]),
            FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
            FieldRowPanel([FieldPanel("home", widget=SELECT), FieldPanel("is_active")]),
            FieldPanel("new_password"),
        ],
        base_form_class=PersonForm,
    )
