"""The site that `bench_portal` measures: a fresh installation with a few reviewed items, and an empty view beside it.

`python benchmarks/portal_site.py` fills it; `portal_site:application` serves it. GONGKAI_VAR tells both where it is.
"""
# ruff: noqa: E402  # the settings must be known and Django set up before any model is imported

from __future__ import annotations

import os
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai_web.config.settings.development")
os.environ.setdefault("GONGKAI_HOSTS", "*")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import create_agency, create_user, grant
from gongkai_web.config import urls
from gongkai_web.information.models import NormativeRecord
from gongkai_web.information.services.drafting import create_item
from gongkai_web.information.services.normative import save_record
from gongkai_web.information.services.review import sign, submit

REVIEWERS = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)
ITEMS = 25
BODY = "<h2>总体要求</h2>" + "<p>各单位按照职责分工，于每季度首月十日前报送上一季度工作情况。</p>" * 20


def empty(request: HttpRequest) -> HttpResponse:
    """The least that Django can answer: an ordinary view behind all of the product's middleware."""
    return HttpResponse("")


urls.urlpatterns.insert(0, path("empty/", empty))


def fill() -> None:
    """A government, a department, its people, and items that went the whole way. The first item is in the register."""
    call_command("migrate", verbosity=0)
    government = create_agency(name="某市人民政府", short_name="市政府", slug="gov", organisation_code="000000019")
    agency = create_agency(
        name="某市卫生健康委员会",
        short_name="市卫健委",
        slug="health",
        organisation_code="000000027",
        parent=government,
    )
    people = {role: _person(role, agency) for role in (Role.DRAFTER, *REVIEWERS)}
    for number in range(ITEMS):
        _publish(agency, people, number)
    first = agency.items.earliest("pk")
    dates = {"issued_on": first.formed_on, "effective_on": first.formed_on}
    save_record(NormativeRecord(agency=agency, item=first, title=first.title, **dates), by=None)


def _person(role: Role, agency: Agency) -> User:
    user = create_user(username=role.value, full_name=role.label, email=f"{role.value}@example.cn")
    grant(user, role, agency=agency)
    return user


def _publish(agency: Agency, people: dict[Role, User], number: int) -> None:
    item = create_item(
        agency=agency,
        by=people[Role.DRAFTER],
        column=agency.columns.get(code="statutory"),
        title=f"关于做好第{number}季度预防接种工作的通知",
        summary="明确接种单位设置、价格公开和投诉处理的要求。",
        document_number=f"某卫发〔2025〕{number}号",
        topic="卫生、体育",
        body=BODY,
        formed_on=date(2025, 6, 3),
        attribute="proactive",
    )
    case = submit(item, by=people[Role.DRAFTER])
    for role in REVIEWERS:
        step = case.as_case().next_step
        assert step is not None
        sign(case, by=people[role], seen=case.fingerprint, opinion="同意", checked=step.checklist)
        case.refresh_from_db()


if __name__ == "__main__":
    fill()
