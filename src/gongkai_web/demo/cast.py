"""The agencies of the example city and the people in them. Names of people are their roles: nobody is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from gongkai.information.codes import organisation_check_digit, social_credit_check_digit
from gongkai_web.accounts.models import Agency, AgencyKind, Office, Role, User
from gongkai_web.accounts.services import create_agency, create_office, create_user, grant
from gongkai_web.demo import figures
from gongkai_web.proactive.services import save_column, take_set

PLATFORM_ADMINISTRATOR = "admin"
FOUNDED = date(2019, 5, 15)
_OFFICES = ("办公室", "政策法规科", "医政医管科", "疾病预防控制科", "综合监督科")
_OWNER_OF_COLUMN = {"permit": "医政医管科", "penalty": "综合监督科", "public-health": "疾病预防控制科"}


@dataclass(frozen=True)
class Part:
    """An agency of the example.

    `city` stands in its people's names, `slug` in their accounts and its address, `mark` before its document numbers.
    """

    name: str
    short_name: str
    slug: str
    city: str
    number: int
    kind: AgencyKind = AgencyKind.DEPARTMENT
    parent: str = "city"
    sets: tuple[str, ...] = ("art20", "health")
    published: figures.Published | None = None
    index_pattern: str = "{org}/{year}-{serial:05}"
    mark: str = ""

    @property
    def place(self) -> str:
        """The place in its name: 洛阳市, 盐池县, 示例市."""
        return re.split("(?<=[市县])", self.name, maxsplit=1)[0]

    @property
    def organisation_code(self) -> str:
        """A code with a right check digit that no register has issued."""
        body = f"DEM{self.number:05}"
        return body + organisation_check_digit(body)

    @property
    def social_credit_code(self) -> str:
        """Region 000000 does not exist; the check digit is right."""
        body = f"11000000{self.organisation_code}"
        return body + social_credit_check_digit(body)


GOVERNMENT = Part(
    "示例市人民政府",
    "市政府",
    "city",
    "市府办",
    1,
    AgencyKind.GOVERNMENT,
    parent="",
    sets=("art20", "art21"),
    mark="示政规",
)
PARTS = (
    GOVERNMENT,
    Part("洛阳市卫生健康委员会", "洛阳卫健委", "luoyang", "洛阳", 2, published=figures.LUOYANG),
    Part("朝阳市卫生健康委员会", "朝阳卫健委", "chaoyang", "朝阳", 3, published=figures.CHAOYANG),
    Part("盐池县卫生健康局", "盐池卫健局", "yanchi", "盐池", 4, published=figures.YANCHI),
    Part(
        "平顶山市卫生健康委员会", "平顶山卫健委", "pingdingshan", "平顶山", 5,
        published=figures.PINGDINGSHAN, index_pattern="{credit}/{year}{month:02}-{serial:05}",
    ),
    Part("保山市卫生健康委员会", "保山卫健委", "baoshan", "保山", 6, published=figures.BAOSHAN),
    Part(
        "示例市中心医院", "中心医院", "hospital", "医院", 7, AgencyKind.INSTITUTION, parent="luoyang", sets=("health",)
    ),
)  # fmt: skip


@dataclass
class Cast:
    """One agency with its people, by role."""

    part: Part
    agency: Agency
    offices: dict[str, Office] = field(default_factory=dict)
    people: dict[Role, User] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> User:
        """Who holds the role."""
        return self.people[role]


def gather(password: str) -> dict[str, Cast]:
    """Make every agency with its offices, columns and people; all accounts share the password. By slug."""
    digest = make_password(password)
    casts: dict[str, Cast] = {}
    for part in PARTS:
        casts[part.slug] = _make(part, parent=casts[part.parent].agency if part.parent else None)
    administrator = create_user(
        username=PLATFORM_ADMINISTRATOR, full_name="平台管理员", email="admin@example.cn", is_superuser=True
    )
    everybody = [administrator, *(person for cast in casts.values() for person in cast.people.values())]
    # Hashing a password is slow on purpose; sixty times the same one would be most of the demo's time.
    User.objects.filter(pk__in=[person.pk for person in everybody]).update(password=digest)
    return casts


def _make(part: Part, *, parent: Agency | None) -> Cast:
    cast = Cast(part, create_agency(parent=parent, **_particulars(part)))
    for position, name in enumerate(_OFFICES):
        cast.offices[name] = create_office(cast.agency, name=name, position=position, phone=_phone(part, position))
    for code in part.sets:
        take_set(cast.agency, code)
    for role in Role:
        cast.people[role] = _person(part, role, agency=cast.agency)
    _give_owners(cast)
    return cast


def _particulars(part: Part) -> dict[str, Any]:
    """With everything that the guide has to state (条例 §12)."""
    return {
        "name": part.name,
        "short_name": part.short_name,
        "slug": part.slug,
        "kind": part.kind,
        "organisation_code": part.organisation_code,
        "social_credit_code": part.social_credit_code,
        "site_code": f"00000000{part.number:02}",
        "region": "示例省示例市",
        "active_from": FOUNDED,
        "disclosure_office": f"{part.short_name}办公室",
        "address": f"示例市政务大道{part.number * 10}号",
        "office_hours": "工作日 8:30—12:00，14:30—18:00",
        "phone": _phone(part, 0),
        "fax": _phone(part, 9),
        "email": f"{part.slug}@example.cn",
        "postcode": "000000",
        "index_pattern": part.index_pattern,
    }


def _phone(part: Part, extension: int) -> str:
    return f"0000-55{part.number:02}{extension:04}"


def account_name(part: Part, role: Role) -> str:
    """E.g. `luoyang-reviewer-1`."""
    return f"{part.slug}-{role.value.replace('_', '-')}"


def _person(part: Part, role: Role, *, agency: Agency) -> User:
    name = account_name(part, role)
    person = create_user(username=name, full_name=f"{part.city}{role.label}", email=f"{name}@example.cn", home=agency)
    grant(person, role, agency=agency, starts_on=FOUNDED)
    return person


def _give_owners(cast: Cast) -> None:
    """Each column has an office that keeps it."""
    for column in cast.agency.columns.all():
        office = next((name for part, name in _OWNER_OF_COLUMN.items() if part in column.code), "办公室")
        column.owner_office = cast.offices[office]
        save_column(column)
