"""Who may do what, in one place.

A *capability* is a verb of the product. A role grants capabilities in the agency of the membership; the roles of
`REACHES_DOWN` grant them in every agency below as well. Platform administrators (`is_superuser`) hold every
capability of the table except the ones of `PERSONAL`: nobody signs by rank.

Other apps add nothing here but rows of `GRANTS`; querysets, forms, choosers, files and the API all ask
`agencies_for` or `can`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Protocol, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from gongkai_web.accounts.models import Agency, AgencyQuerySet, Membership, Role, User
from gongkai_web.accounts.models.agency import PATH_STEP


class Capability(StrEnum):
    """The verbs. `READ_*` guard what is not public."""

    READ = "read"
    DRAFT = "draft"
    REVIEW_1 = "review_1"
    REVIEW_2 = "review_2"
    REVIEW_3 = "review_3"
    REVIEW_CONFIDENTIALITY = "review_confidentiality"
    WITHDRAW = "withdraw"
    MANAGE_COLUMNS = "manage_columns"
    MANAGE_REGISTER = "manage_register"
    HANDLE_APPLICATIONS = "handle_applications"
    READ_APPLICATIONS = "read_applications"
    READ_APPLICANTS = "read_applicants"
    APPROVE_ANSWERS = "approve_answers"
    HANDLE_MESSAGES = "handle_messages"
    RECORD_OVERSIGHT = "record_oversight"
    EDIT_REPORT = "edit_report"
    SUPERVISE = "supervise"
    READ_AUDIT = "read_audit"
    ADMINISTER = "administer"


C = Capability
_REVIEWER = {C.READ}
_APPROVER = {C.APPROVE_ANSWERS, C.READ_APPLICATIONS, C.READ_APPLICANTS}
GRANTS: dict[Role, frozenset[Capability]] = {
    Role.DRAFTER: frozenset({C.READ, C.DRAFT, C.MANAGE_REGISTER, C.HANDLE_MESSAGES, C.RECORD_OVERSIGHT, C.EDIT_REPORT}),
    Role.REVIEWER_1: frozenset({*_REVIEWER, C.REVIEW_1}),
    Role.REVIEWER_2: frozenset({*_REVIEWER, C.REVIEW_2, *_APPROVER}),
    Role.REVIEWER_3: frozenset({*_REVIEWER, C.REVIEW_3, C.WITHDRAW, *_APPROVER}),
    Role.CONFIDENTIALITY: frozenset({*_REVIEWER, C.REVIEW_CONFIDENTIALITY, C.WITHDRAW}),
    Role.OFFICER: frozenset(
        {C.READ, C.HANDLE_APPLICATIONS, C.READ_APPLICATIONS, C.READ_APPLICANTS, C.HANDLE_MESSAGES, C.EDIT_REPORT}
    ),
    Role.SUPERVISOR: frozenset({C.READ, C.SUPERVISE, C.READ_AUDIT, C.READ_APPLICATIONS, C.WITHDRAW}),
    Role.ADMINISTRATOR: frozenset(
        {C.READ, C.ADMINISTER, C.MANAGE_COLUMNS, C.MANAGE_REGISTER, C.READ_AUDIT, C.WITHDRAW}
    ),
}
REACHES_DOWN = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
PERSONAL = frozenset(
    {C.REVIEW_1, C.REVIEW_2, C.REVIEW_3, C.REVIEW_CONFIDENTIALITY, C.APPROVE_ANSWERS, C.READ_APPLICANTS}
)
"""Held by membership only: a platform administrator who is no reviewer signs nothing and reads no applicant's data."""

REVIEW_CAPABILITY: dict[Role, Capability] = {
    Role.REVIEWER_1: C.REVIEW_1,
    Role.REVIEWER_2: C.REVIEW_2,
    Role.REVIEWER_3: C.REVIEW_3,
    Role.CONFIDENTIALITY: C.REVIEW_CONFIDENTIALITY,
}


class OfAgency(Protocol):
    """Anything that belongs to an agency."""

    @property
    def agency(self) -> Agency: ...


_CACHE = "_memberships_in_force"
Person = User | AnonymousUser
AnyModel = TypeVar("AnyModel", bound=Model)


def roles_with(capability: Capability) -> frozenset[Role]:
    """The roles that grant the capability."""
    return frozenset(role for role, granted in GRANTS.items() if capability in granted)


def memberships_of(user: Person) -> list[Membership]:
    """The person's memberships in force today; asked once per request, for the user object lives that long."""
    if not user.is_authenticated or not user.is_active:
        return []
    cache: dict[str, list[Membership]] = user.__dict__
    if _CACHE not in cache:
        cache[_CACHE] = list(Membership.objects.in_force().filter(user=user).select_related("agency"))
    return cache[_CACHE]


def forget_memberships(user: User) -> None:
    """After a change of memberships within the same request."""
    user.__dict__.pop(_CACHE, None)


def agencies_for(user: Person, capability: Capability) -> AgencyQuerySet:
    """The agencies in which the person holds the capability."""
    if _rules_everywhere(user, capability):
        return Agency.objects.all()
    conditions = [_reach(held) for held in memberships_of(user) if capability in GRANTS[Role(held.role)]]
    if not conditions:
        return Agency.objects.none()
    return Agency.objects.filter(reduce(or_, conditions))


def may_somewhere(user: Person, capability: Capability) -> bool:
    """Does the person hold the capability in any agency? For menus and buttons; costs no further query."""
    return _rules_everywhere(user, capability) or any(
        capability in GRANTS[Role(held.role)] for held in memberships_of(user)
    )


def can(user: Person, capability: Capability, obj: Agency | OfAgency) -> bool:
    """May the person do this to the agency, or to the object of an agency?"""
    if _rules_everywhere(user, capability):
        return True
    agency = obj if isinstance(obj, Agency) else obj.agency
    return any(capability in GRANTS[Role(held.role)] and _covers(held, agency) for held in memberships_of(user))


def limit(
    queryset: QuerySet[AnyModel], user: Person, capability: Capability, *, by: str = "agency"
) -> QuerySet[AnyModel]:
    """The rows of agencies in which the person holds the capability; `by` is the path to the agency."""
    if _rules_everywhere(user, capability):
        return queryset
    return queryset.filter(**{f"{by}__in": agencies_for(user, capability)})


def people_with(capability: Capability, agency: Agency) -> QuerySet[User]:
    """Active people who hold the capability in the agency by membership."""
    roles = roles_with(capability)
    held = Membership.objects.in_force().filter(
        Q(agency=agency, role__in=roles) | Q(agency__in=ancestors(agency), role__in=roles & REACHES_DOWN)
    )
    return User.objects.filter(is_active=True, memberships__in=held).distinct()


def ancestors(agency: Agency) -> AgencyQuerySet:
    """The agencies above this one, the root first."""
    paths = [agency.path[:length] for length in range(PATH_STEP, len(agency.path), PATH_STEP)]
    return Agency.objects.filter(path__in=paths)


def _rules_everywhere(user: Person, capability: Capability) -> bool:
    return bool(user.is_active and user.is_superuser) and capability not in PERSONAL


def _reach(held: Membership) -> Q:
    return Q(path__startswith=held.agency.path) if held.role in REACHES_DOWN else Q(pk=held.agency_id)


def _covers(held: Membership, agency: Agency) -> bool:
    return agency.is_within(held.agency) if held.role in REACHES_DOWN else held.agency_id == agency.pk
