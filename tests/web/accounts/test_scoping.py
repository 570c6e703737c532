"""Everything an account reaches is limited to its agencies: every address of the back office × role × own and other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gongkai_web.accounts.models import Agency, Membership, Office, Role, User
from gongkai_web.accounts.permissions import Capability, agencies_for, can
from gongkai_web.information.models import (
    AgencyDocument,
    InformationItem,
    Interpretation,
    MediaPost,
    NormativeEvent,
    NormativeRecord,
    ReviewCase,
    ReviewChain,
)
from gongkai_web.information.services.publication import withdraw
from gongkai_web.information.services.review import submit
from gongkai_web.proactive.models import Column

pytestmark = pytest.mark.django_db
SECRET = "水务局内部事项"  # noqa: S105  # a word to look for
MODELS: dict[str, type[Model]] = {
    "items": InformationItem, "posts": MediaPost, "register": NormativeRecord, "interpretations": Interpretation,
    "chains": ReviewChain, "columns": Column, "agencies": Agency, "offices": Office, "people": User,
    "memberships": Membership,
}  # fmt: skip


@pytest.fixture
def foreign(
    other_agency: Agency, make_item: Callable[..., InformationItem], make_user: Callable[..., User],
    make_file: Callable[..., AgencyDocument],
) -> dict[str, int]:  # fmt: skip
    """Something of every kind that belongs to the other agency, each named with the secret words; key → primary key."""
    person = make_user(Role.DRAFTER, other_agency, full_name=SECRET, home=other_agency)
    item = make_item(agency=other_agency, title=SECRET)
    other = make_item(agency=other_agency, title=SECRET)
    post = MediaPost.objects.create(agency=other_agency, channel="wechat", account="a", title=SECRET, body="b")
    entry = NormativeRecord.objects.create(
        agency=other_agency, title=SECRET, issued_on=date(2025, 1, 2), effective_on=date(2025, 1, 2)
    )
    event = NormativeEvent.objects.create(
        record=entry, kind="repealed", effective_on=date(2025, 2, 3), basis=SECRET, recorded_by=person
    )
    link = Interpretation.objects.create(policy=item, interpreting=other, kind="text")
    chain = ReviewChain.objects.create(agency=other_agency)
    office = Office.objects.create(agency=other_agency, name=SECRET)
    column = Column.objects.create(agency=other_agency, name=SECRET, slug="secret")
    return {
        "items": item.pk, "item": item.pk, "posts": post.pk, "register": entry.pk, "record": entry.pk,
        "event": event.pk,
        "interpretations": link.pk, "chains": chain.pk, "offices": office.pk, "columns": column.pk, "people": person.pk,
        "agencies": other_agency.pk, "memberships": person.memberships.get().pk,
        "review": submit(item, by=person).pk, "documents": make_file(other_agency, SECRET).pk,
    }  # fmt: skip


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        else:
            yield route, entry


def own_routes() -> list[str]:
    """The back office's addresses that take a key and belong to this product."""
    own = (*MODELS, "review", "item", "record", "documents")
    found = [route.removeprefix("^") for route, _ in addresses(get_resolver().url_patterns)]
    return [r for r in found if r.startswith(tuple(f"admin/{name}/" for name in own)) and "<" in r]


def fill(route: str, foreign: dict[str, int]) -> str | None:
    """The address with the other agency's key in it; `None` where the key is of another kind."""
    kind = "event" if "record/event/" in route else route.split("/")[1]
    if "revision" in route or "<int:multiple" in route:
        return None
    key = str(foreign[kind])
    for part in ("<int:pk>", "<str:pk>", "<path:pk>", "<uuid:pk>", "<int:document_id>"):
        route = route.replace(part, key)
    return None if "<" in route else "/" + route


def test_the_walk_meets_the_addresses_it_should() -> None:
    routes = own_routes()
    assert any("items/edit" in route for route in routes)
    assert any("review/<int:pk>/sheet.pdf" in route for route in routes)
    assert len(routes) > 60


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reaches_what_belongs_to_another_agency(
    role: Role, staff: dict[Role, User], foreign: dict[str, int], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(staff[role])
    leaks = []
    for route in own_routes():
        if (address := fill(route, foreign)) is None:
            continue
        for method in (client.get, client.post):
            response = method(address)
            # Wagtail answers a missing permission with a redirect to the start page and a message.
            reached = response.status_code == 200 or (
                response.status_code == 302 and response["Location"] not in {"/admin/", reverse("account_login")}
            )
            if reached or SECRET in response.content.decode(errors="ignore"):
                leaks.append(f"{method.__name__ if hasattr(method, '__name__') else method} {address}")
    assert leaks == []


@pytest.mark.parametrize("role", list(Role))
def test_lists_forms_and_choosers_name_nothing_of_another_agency(
    role: Role, staff: dict[Role, User], foreign: dict[str, int], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(staff[role])
    pages = ["/admin/", "/admin/review/", "/admin/review/?queue=running", "/admin/stale-columns/", "/admin/audit/"]
    pages += ["/admin/column-sets/", "/admin/documents/", "/admin/documents/chooser/"]
    for name, model in MODELS.items():
        choose = f"/admin/snippets/choose/{model._meta.label_lower.replace('.', '/')}/"
        pages += [f"/admin/{name}/", f"/admin/{name}/add/", f"/admin/{name}/?q=水务", choose, f"{choose}results/"]
        pages.append(f"{choose}chosen/{foreign[name]}/")
    leaks = [page for page in pages if SECRET in client.get(page, follow=True).content.decode(errors="ignore")]
    assert leaks == []


@pytest.mark.parametrize(
    "address",
    ["/admin/reports/site-history/", "/admin/users/", "/admin/groups/", "/admin/pages/", "/admin/api/main/documents/",
     "/admin/collections/", "/admin/images/", "/admin/snippets/", "/admin/bulk/information/informationitem/delete/"],
)  # fmt: skip
def test_wagtails_screens_that_know_no_agencies_are_closed(
    address: str, staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    assert sign_in(staff[Role.ADMINISTRATOR]).get(address).status_code == 404


@pytest.fixture
def drafted_file(
    agency: Agency, make_file: Callable[..., AgencyDocument], make_item: Callable[..., InformationItem]
) -> AgencyDocument:
    """The attachment of a draft."""
    document = make_file(agency, "附件", b"draft")
    make_item(attachments=[document])
    return document


def test_a_file_of_a_draft_is_served_to_its_agency_only(
    drafted_file: AgencyDocument,
    staff: dict[Role, User],
    make_user: Callable[..., User],
    other_agency: Agency,
    sign_in: Callable[[User], Client],
) -> None:
    assert Client().get(drafted_file.url).status_code == 404
    assert sign_in(make_user(Role.DRAFTER, other_agency)).get(drafted_file.url).status_code == 404
    assert sign_in(staff[Role.REVIEWER_1]).get(drafted_file.url).status_code == 200


def test_a_file_of_a_public_item_is_served_to_everybody_until_the_withdrawal(
    drafted_file: AgencyDocument, staff: dict[Role, User], sign_all: Callable[..., ReviewCase]
) -> None:
    item = InformationItem.objects.get()
    sign_all(item)
    assert Client().get(drafted_file.url).status_code == 200
    withdraw(item, by=staff[Role.REVIEWER_3], reason="有误")
    assert Client().get(drafted_file.url).status_code == 404


def test_an_item_cannot_take_another_agencys_file(
    other_agency: Agency, make_file: Callable[..., AgencyDocument], make_item: Callable[..., InformationItem]
) -> None:
    with pytest.raises(Exception, match="不属于这个机构"):
        make_item(attachments=[make_file(other_agency)])


def test_the_supervisors_reach_goes_down_and_not_up(
    government: Agency, agency: Agency, make_agency: Callable[..., Agency], make_user: Callable[..., User]
) -> None:
    unit = make_agency(agency)
    supervisor = make_user(Role.SUPERVISOR, agency)
    assert list(agencies_for(supervisor, Capability.READ)) == [agency, unit]
    assert not can(supervisor, Capability.READ, government)
    drafter = make_user(Role.DRAFTER, agency)
    assert list(agencies_for(drafter, Capability.READ)) == [agency]


def test_a_role_ends_with_its_period(agency: Agency, make_user: Callable[..., User]) -> None:
    user = make_user(Role.DRAFTER, agency)
    Membership.objects.filter(user=user).update(ends_on=date(2020, 1, 1))
    fresh = User.objects.get(pk=user.pk)
    assert not can(fresh, Capability.READ, agency)
    assert not fresh.has_perm("wagtailadmin.access_admin")


def test_a_platform_administrator_holds_everything_but_signatures_and_names(
    agency: Agency, make_user: Callable[..., User]
) -> None:
    root = make_user(is_superuser=True)
    personal = {capability for capability in Capability if not can(root, capability, agency)}
    assert personal == {
        Capability.REVIEW_1,
        Capability.REVIEW_2,
        Capability.REVIEW_3,
        Capability.REVIEW_CONFIDENTIALITY,
        Capability.APPROVE_ANSWERS,
        Capability.READ_APPLICANTS,
    }


def test_the_back_office_says_in_chinese_that_a_page_is_not_there_or_not_theirs(
    staff: dict[Role, User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(staff[Role.DRAFTER])
    for address in ("/admin/nowhere/", "/admin/agencies/edit/999999/"):
        page = client.get(address)
        text = page.content.decode()
        assert page.status_code == 404
        assert "没有这个页面，或者您无权查看" in text
        assert "Wagtail</title>" not in text
