"""A reply from the draft to the signature and the service, without a script of ours; axe on each page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from gongkai.applications import ApplicantType
from gongkai.applications.receipt import Arrival, Entrance
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.applications.models import Case, Letter, LetterSettings
from gongkai_web.applications.services.intake import ApplicantData, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def _accessible(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{page.url}: {rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.fixture
def case(agency: Agency, staff: dict[Role, User]) -> Case:
    """An application handed in eight days ago; the agency's letters have their settings."""
    LetterSettings.objects.create(agency=agency, prefix="云卫公开", court="某市某区人民法院", online_channel="复议平台")
    received = timezone.localdate() - timedelta(days=8)
    return register(
        agency,
        by=staff[Role.OFFICER],
        arrival=Arrival(Entrance.IN_PERSON, submitted_on=received),
        applicant=ApplicantData(ApplicantType.NATURAL_PERSON, name="王某某"),
        subject="行政处罚决定书",
    )


def test_a_reply_is_filled_in_signed_and_served(
    enter: Callable[[User], Page], case: Case, staff: dict[Role, User]
) -> None:
    page = enter(staff[Role.OFFICER])
    page.goto(reverse("applications_letter_new", args=[case.pk]))
    _accessible(page)
    page.get_by_label("答复书").check()
    page.get_by_role("button", name="下一步：填写").click()
    page.get_by_label("内容").first.fill("行政处罚决定书")
    page.get_by_label("办理结果").first.select_option("granted")
    page.get_by_role("button", name="按所选结果显示须填事项").click()
    assert page.locator("mark").first.inner_text() == "【待填：提供的方式，或者公开的地点、途径】"
    _accessible(page)
    page.get_by_label("提供的方式，或者公开的地点、途径").fill("随本答复书附上复印件")
    page.get_by_label("行政复议机关的名称").fill("某市人民政府")
    page.get_by_role("button", name="保存并送审").click()
    _accessible(page)
    letter = Letter.objects.get(case=case)
    signer = enter(staff[Role.REVIEWER_3])
    signer.goto(reverse("applications_letters_waiting"))
    _accessible(signer)
    signer.get_by_role("link", name="答复书").click()
    signer.get_by_role("button", name="签发").click()
    year = timezone.localdate().year
    signer.get_by_text(f"已签发，文号为云卫公开〔{year}〕1号。").wait_for()
    _accessible(signer)
    page.goto(reverse("applications_letter_serve", args=[letter.pk]))
    _accessible(page)
    page.get_by_label("送达方式").select_option("in_person")
    page.get_by_role("button", name="登记送达").click()
    page.get_by_text("送达已经登记。").wait_for()
    case.refresh_from_db()
    assert (case.phase, case.outcome) == ("served", "granted")
    page.goto(reverse("applications_case", args=[case.pk]))
    assert page.get_by_text(f"云卫公开〔{year}〕1号").count() >= 1
