"""Making and changing agencies, people and memberships."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission

from gongkai.errors import GongkaiError
from gongkai.information.codes import organisation_code_of
from gongkai_web.accounts.models import Agency, Membership, Office, Role, User
from gongkai_web.accounts.models.agency import PATH_STEP
from gongkai_web.accounts.permissions import Capability, can, forget_memberships
from gongkai_web.audit.differences import differences, stored
from gongkai_web.audit.services import record

_FILE_PERMISSIONS = ("add_document", "change_document", "choose_document")  # Wagtail asks for these for any file model


class NotAllowed(GongkaiError):  # noqa: N818  # names the event
    """The person lacks the capability in this agency."""


def require(user: User | None, capability: Capability, obj: Any) -> None:
    """Raises: `NotAllowed`. `None` is the system itself: a command, a task, the demo."""
    if user is not None and not can(user, capability, obj):
        raise NotAllowed("NOT-ALLOWED", "您没有在该机构办理此事的权限。", "请联系机构管理员。")


@transaction.atomic
def create_agency(*, name: str, short_name: str, slug: str, by: User | None = None, **fields: Any) -> Agency:
    """Make an agency below `parent` (a root when none is given), with its file collection and statutory columns."""
    agency = Agency(name=name, short_name=short_name, slug=slug, **fields)
    return add_agency(agency, by=by)


@transaction.atomic
def add_agency(agency: Agency, *, by: User | None = None) -> Agency:
    """Store an agency that a form has filled in. Raises: `ValidationError`, `NotAllowed`."""
    from gongkai_web.proactive.services import create_statutory_columns  # noqa: PLC0415  # that app knows this one

    if by is not None and agency.parent is not None:
        require(by, Capability.ADMINISTER, agency.parent)
    elif by is not None and not by.is_superuser:
        raise NotAllowed("NOT-ALLOWED", "只有平台管理员可以建立顶级机构。", "请选择上级机构。")
    _complete_codes(agency)
    agency.path = next_path(agency.parent)
    agency.full_clean()
    agency.collection = _make_collection(agency.name)
    agency.save()
    _make_group(agency)
    create_statutory_columns(agency)
    record("accounts.agency_created", obj=agency, actor=by)
    return agency


@transaction.atomic
def change_agency(agency: Agency, *, by: User | None = None) -> Agency:
    """Store changed particulars; the place in the tree stays, and the address, which others have linked to.

    A day of closing (`active_to`) is a change like others, as long as nothing below goes on after it.

    Raises: `NotAllowed`, `ValidationError`.
    """
    require(by, Capability.ADMINISTER, agency)
    before = Agency.objects.get(pk=agency.pk)
    if before.parent_id != agency.parent_id:
        raise NotAllowed("AGENCY-MOVED", "机构的上级不能直接更改，以免权限随之变动。", "请使用“移动机构”。")
    if before.slug != agency.slug and by is not None and not by.is_superuser:
        raise NotAllowed("AGENCY-SLUG", "网址标识建立后不能更改，以免已发布的网址失效。", "确需更改请联系平台管理员。")
    _complete_codes(agency)
    agency.full_clean()
    _require_nothing_open_below(agency)
    agency.save()
    if agency.collection and agency.collection.name != agency.name:
        agency.collection.name = agency.name
        agency.collection.save()
    closed = agency.active_to is not None and before.active_to is None
    action = "accounts.agency_closed" if closed else "accounts.agency_changed"
    record(action, obj=agency, actor=by, details=differences(before, agency))
    return agency


def create_office(agency: Agency, *, name: str, by: User | None = None, **fields: Any) -> Office:
    """Make an internal office. Raises: `NotAllowed`, `ValidationError`."""
    return save_office(Office(agency=agency, name=name, **fields), by=by)


@transaction.atomic
def save_office(office: Office, *, by: User | None = None) -> Office:
    """Store a new or changed internal office; it stays with its agency. Raises: `NotAllowed`, `ValidationError`."""
    require(by, Capability.ADMINISTER, office.agency)
    before = Office.objects.filter(pk=office.pk).first()
    if before is not None and before.agency_id != office.agency_id:
        raise NotAllowed("OFFICE-MOVED", "内设机构不能改到另一个机构。", "请在另一个机构新建内设机构。")
    office.full_clean()
    office.save()
    record("accounts.office_saved", obj=office, actor=by, details=differences(before, office))
    return office


@transaction.atomic
def create_user(
    *,
    username: str,
    full_name: str,
    password: str | None = None,
    email: str = "",
    by: User | None = None,
    **fields: Any,
) -> User:
    """Make an account. Without a password nobody can sign in with it."""
    user = User(username=username, full_name=full_name, email=email, **fields)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    record("accounts.user_created", obj=user, actor=by, personal_data=True)
    return user


@transaction.atomic
def grant(
    user: User,
    role: Role,
    *,
    agency: Agency,
    office: Office | None = None,
    by: User | None = None,
    **period: date | None,
) -> Membership:
    """Give a person a role in an agency. Raises: `NotAllowed`, `ValidationError`."""
    require(by, Capability.ADMINISTER, agency)
    membership = Membership(user=user, agency=agency, role=role, office=office, **period)
    membership.full_clean()
    membership.save()
    sync_files(user)
    record("accounts.role_granted", obj=membership, actor=by, agency=agency, details={"role": str(role)})
    return membership


@transaction.atomic
def save_membership(membership: Membership, *, by: User | None = None) -> Membership:
    """Store a membership that a form has filled in. Raises: `NotAllowed`, `ValidationError`."""
    require(by, Capability.ADMINISTER, membership.agency)
    if membership.pk:
        held = Membership.objects.select_related("agency").get(pk=membership.pk)
        require(by, Capability.ADMINISTER, held.agency)
        if (held.user_id, held.agency_id, held.role) != (
            membership.user_id,
            membership.agency_id,
            membership.role,
        ):
            raise NotAllowed("MEMBERSHIP-MOVED", "任职的人员、机构和角色不能更改。", "请填写结束日期，另建一条任职。")
    before = stored(membership)
    membership.full_clean()
    membership.save()
    sync_files(membership.user)
    details = {"role": membership.role, **differences(before, membership)}
    record("accounts.membership_saved", obj=membership, actor=by, details=details)
    return membership


@transaction.atomic
def save_person(person: User, *, by: User, password: str | None = None) -> User:
    """Store an account that a form has filled in.

    Raises: `NotAllowed` when the person also works where `by` administers nothing: whoever could set that password
    could act there.
    """
    require_keeping(person, by=by)
    before = stored(person)
    if password:
        person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    details = {**differences(before, person, names_only=True), **({"密码": []} if password else {})}
    record("accounts.person_saved", obj=person, actor=by, agency=person.home, personal_data=True, details=details)
    return person


def require_keeping(person: User, *, by: User) -> None:
    """Raises: `NotAllowed` unless `by` administers every agency in which the person works."""
    if by.is_superuser:
        return
    if person.is_superuser or person.home is None:
        raise NotAllowed("NOT-ALLOWED", "您不能维护这个账号。", "请选择您管理的所属机构，或联系平台管理员。")
    held = Membership.objects.filter(user_id=person.pk).select_related("agency") if person.pk else ()
    for agency in [person.home, *(membership.agency for membership in held)]:
        require(by, Capability.ADMINISTER, agency)


@transaction.atomic
def revoke(membership: Membership, *, by: User | None = None) -> None:
    """End a membership as of yesterday. It stays on record: signatures refer to it. Raises: `NotAllowed`."""
    require(by, Capability.ADMINISTER, membership.agency)
    membership.ends_on = timezone.localdate() - timedelta(days=1)
    if membership.starts_on and membership.starts_on > membership.ends_on:
        membership.starts_on = membership.ends_on
    membership.save(update_fields=["starts_on", "ends_on"])
    sync_files(membership.user)
    record("accounts.role_revoked", obj=membership, actor=by, agency=membership.agency)


def sync_files(user: User) -> None:
    """The groups that open an agency's files to Wagtail's choosers follow from the memberships in force."""
    forget_memberships(user)
    drafting = Membership.objects.in_force().filter(user=user, role__in=[Role.DRAFTER, Role.ADMINISTRATOR])
    wanted = Group.objects.filter(name__in=[group_name(held.agency) for held in drafting.select_related("agency")])
    others = user.groups.exclude(name__startswith=_GROUP_PREFIX)
    user.groups.set([*others, *wanted])


_GROUP_PREFIX = "agency:"


def group_name(agency: Agency) -> str:
    """The name of the group that may use the agency's files."""
    return f"{_GROUP_PREFIX}{agency.pk}"


def _complete_codes(agency: Agency) -> None:
    if agency.social_credit_code and not agency.organisation_code:
        agency.organisation_code = organisation_code_of(agency.social_credit_code)


def _require_nothing_open_below(agency: Agency) -> None:
    if agency.active_to is None:
        return
    later = Q(active_to=None) | Q(active_to__gt=agency.active_to)
    if open_below := agency.children.filter(later).first():
        message = f"下级机构“{open_below.name}”在此之后仍然存续，请先撤销它或把它移到别的上级机构之下。"
        raise ValidationError({"active_to": message})


def next_path(parent: Agency | None) -> str:
    """The place of a new child, after the last one; siblings are locked so that two creators do not take the same."""
    siblings = Agency.objects.select_for_update().filter(parent=parent).order_by("path")
    last = siblings.last()
    number = int(last.path[-PATH_STEP:]) + 1 if last else 1
    return f"{parent.path if parent else ''}{number:0{PATH_STEP}}"


def _make_collection(name: str) -> Collection:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    collection: Collection = root.add_child(name=name)
    return collection


def _make_group(agency: Agency) -> None:
    group = Group.objects.create(name=group_name(agency))
    permissions = Permission.objects.filter(content_type__app_label="wagtaildocs", codename__in=_FILE_PERMISSIONS)
    for permission in permissions:
        GroupCollectionPermission.objects.create(group=group, collection=agency.collection, permission=permission)
