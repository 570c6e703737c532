"""axe-core's rules of WCAG 2.2 A and AA on every kind of page, at the width of a desk and of a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from gongkai.applications import ApplicantType, Entry
from gongkai.applications.details import Asked, Opinion, RemedyFiled, RemedyGroup
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Membership, Office, Role, User
from gongkai_web.applications.services.events import record, strike
from gongkai_web.applications.services.intake import ApplicantData, register
from gongkai_web.applications.services.notices import remind
from gongkai_web.information.models import (
    AgencyDocument,
    Attachment,
    InformationItem,
    Interpretation,
    MediaPost,
    NormativeRecord,
    ReviewCase,
    ReviewChain,
)
from gongkai_web.information.queue_views import QUEUES
from gongkai_web.information.services.drafting import save_draft, save_post
from gongkai_web.information.services.normative import save_record
from gongkai_web.information.services.publication import withdraw
from gongkai_web.information.services.review import refer, submit
from gongkai_web.interchange.models import Job, JobKind, JobState
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_services import save_decision, save_figure
from gongkai_web.proactive.models import Column
from gongkai_web.proactive.services import take_set
from gongkai_web.workbench.scoping import admin_url_name

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
_AXE = Axe()
_TABLE = (
    "<p>正文。</p><table><thead><tr><th scope='col'>项目</th></tr></thead><tbody><tr><td>一</td></tr></tbody></table>"
)


def _violations(page: Page, address: str) -> list[str]:
    """One line per element that breaks a rule."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = _AXE.run(page, options=RULES).response["violations"]
    lines = [f"{address}: {rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
    spare = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*lines, f"{address}: {spare} px wider than the window"] if spare > 0 else lines


def _check(page: Page, addresses: Iterable[str]) -> None:
    assert [line for address in addresses for line in _violations(page, address)] == []


@pytest.fixture
def published(
    agency: Agency,
    staff: dict[Role, User],
    make_item: Callable[..., InformationItem],
    make_file: Callable[..., AgencyDocument],
    sign_all: Callable[..., ReviewCase],
) -> dict[str, InformationItem]:
    """A policy with its register entry, its interpretation, an attachment and a table; something withdrawn."""
    take_set(agency, "health")
    policy = make_item(
        title="社区卫生服务管理办法", document_number="某卫规〔2024〕3号", genre="规范性文件", body=_TABLE,
        attachments=[Attachment(document=make_file(agency, "附表"), title="附表")],
    )  # fmt: skip
    explained = make_item(title="《社区卫生服务管理办法》解读", genre="解读")
    gone = make_item(title="便民服务电话一览")
    for item in (policy, explained, gone):
        sign_all(item)
    save_record(
        NormativeRecord(
            agency=agency, item=policy, title=policy.title, document_number=policy.document_number,
            issued_on=date(2020, 1, 6), effective_on=date(2020, 2, 1), in_force_until=date(2025, 1, 31),
        ),
        by=staff[Role.DRAFTER],
    )  # fmt: skip
    Interpretation.objects.create(policy=policy, interpreting=explained, kind="text")
    gone.refresh_from_db()
    withdraw(gone, by=staff[Role.REVIEWER_3], reason="有一处电话号码不应公开。")
    return {"policy": policy, "explained": explained, "gone": gone}


def test_every_kind_of_public_page_is_accessible(
    open_browser: Callable[[], Page], published: dict[str, InformationItem], agency: Agency
) -> None:
    area = reverse("portal:agency", args=[agency.slug])
    columns = [
        reverse("portal:column", args=[agency.slug, slug]) for slug in ("guide", "application", "statutory", "rules")
    ]
    items = [reverse("portal:item", args=[item.pk]) for item in published.values()]
    plain = ("home", "agencies", "policies", "reports", "site_map", "help")
    _check(
        open_browser(),
        [
            *(reverse(f"portal:{name}") for name in plain),
            area, *columns, *items,
            reverse("portal:item_print", args=[published["policy"].pk]),
            "/search/", "/search/?q=社区卫生", "/search/?q=没有这样的词", "/nothing-here/",
            reverse("account_login"), reverse("account_signup"), reverse("api:api-root"),
        ],
    )  # fmt: skip


@pytest.mark.parametrize("choice", ["large", "dark"])
def test_pages_stay_accessible_in_large_text_and_on_dark_ground(
    open_browser: Callable[[], Page], published: dict[str, InformationItem], choice: str
) -> None:
    page = open_browser()
    page.goto("/")
    address = page.locator(f"a[href*='choice={choice}']").first.get_attribute("href")
    assert address is not None
    page.goto(address)
    _check(page, ["/", reverse("portal:item", args=[published["policy"].pk]), "/search/?q=社区卫生", "/policies/"])


def _lists_and_forms(*models: type) -> list[str]:
    return [reverse(admin_url_name(model, name)) for model in models for name in ("list", "add")]


def test_the_screens_of_who_drafts_are_accessible(
    enter: Callable[[User], Page],
    published: dict[str, InformationItem],
    staff: dict[Role, User],
    make_item: Callable[..., InformationItem],
    agency: Agency,
) -> None:
    draft, policy = make_item(title="正在起草的通知"), published["policy"]
    closed_item = make_item(title="内部安排", attribute="not_open", exemption_reason="state_secret")
    post = save_post(
        MediaPost(agency=agency, channel="wechat", account="健康某市", title="冬季饮食", body="正文。"),
        by=staff[Role.DRAFTER],
    )
    entry = NormativeRecord.objects.get()
    for number, closed in enumerate((False, True)):
        decision = Decision(
            agency=agency, kind="permits", document_number=f"某许〔2025〕{number}号", subject="医疗机构执业登记",
            decided_on=date(2025, 3, 3), is_open=not closed, closed_basis="商业秘密" if closed else "",
        )  # fmt: skip
        save_decision(decision, by=staff[Role.DRAFTER])
    save_figure(PeriodFigure(agency=agency, kind="permits", year=2025, decisions=12), by=staff[Role.DRAFTER])
    problem = {"row": 2, "column": "年份", "message": "不是年份。", "hint": "请填四位数字。", "severity": "error"}
    refused = Job.objects.create(
        kind=JobKind.FIGURES, agency=agency, started_by=staff[Role.DRAFTER], source_name="表二.csv",
        state=JobState.REFUSED, report={"problems": [problem], "errors": 1, "warnings": 0, "rows": 1},
    )  # fmt: skip
    _check(
        enter(staff[Role.DRAFTER]),
        [
            reverse("wagtailadmin_home"),
            *(reverse("information_item", args=[item.pk]) for item in (draft, policy, published["gone"])),
            *_lists_and_forms(InformationItem, NormativeRecord, MediaPost, Interpretation, PeriodFigure, Decision),
            reverse(admin_url_name(InformationItem, "edit"), args=[draft.pk]),
            reverse("information_files", args=[policy.pk]),
            f"{reverse('information_relate', args=[draft.pk])}?as=interpreting&q=社区卫生",
            reverse(admin_url_name(InformationItem, "history"), args=[policy.pk]),
            reverse(admin_url_name(MediaPost, "edit"), args=[post.pk]),
            reverse("information_post", args=[post.pk]),
            reverse("information_item", args=[closed_item.pk]),
            f"{reverse('information_closed')}?show=all",
            reverse("information_record", args=[entry.pk]),
            reverse("information_register_event", args=[entry.pk]),
            reverse("proactive_stale"),
            reverse("proactive_table2"),
            reverse("proactive_decisions"),
            reverse("interchange_jobs"),
            *(reverse("interchange_upload", args=[kind]) for kind in ("items", "figures", "decisions", "register")),
            reverse("interchange_job", args=[refused.pk]),
            reverse("wagtaildocs:index"),
            reverse("wagtaildocs:add"),
        ],
    )


def test_the_screens_of_who_reviews_are_accessible(
    enter: Callable[[User], Page],
    published: dict[str, InformationItem],
    staff: dict[Role, User],
    make_item: Callable[..., InformationItem],
    sign_next: Callable[..., ReviewCase],
) -> None:
    first, doubtful = (submit(make_item(title=title), by=staff[Role.DRAFTER]) for title in ("甲", "乙"))
    refer(doubtful, by=staff[Role.REVIEWER_1], seen=doubtful.fingerprint, opinion="能否公开需要确定。")
    sign_next(first, staff[Role.REVIEWER_1])
    draft = published["policy"].draft()
    draft.title = "社区卫生服务管理规定"
    draft.attachments.clear()
    save_draft(draft, by=staff[Role.DRAFTER])
    submit(draft, by=staff[Role.DRAFTER])
    queues = [f"{reverse('information_queue')}?queue={name}" for name in QUEUES]
    reviews = [reverse("information_review", args=[case.pk]) for case in ReviewCase.objects.all()]
    _check(enter(staff[Role.REVIEWER_2]), [reverse("wagtailadmin_home"), *queues, *reviews])
    withdrawal = reverse("information_withdraw", args=[published["policy"].pk])
    _check(enter(staff[Role.CONFIDENTIALITY]), [withdrawal, reverse("information_review", args=[doubtful.pk])])


def test_the_screens_of_who_administers_are_accessible(
    enter: Callable[[User], Page], published: dict[str, InformationItem], staff: dict[Role, User], agency: Agency
) -> None:
    column = agency.columns.get(code="statutory")
    colleague = staff[Role.DRAFTER]
    colleague.home = agency
    colleague.save()
    _check(
        enter(staff[Role.ADMINISTRATOR]),
        [
            reverse("wagtailadmin_home"),
            *_lists_and_forms(Agency, Office, User, Membership, Column, ReviewChain),
            reverse("information_closed"),
            reverse(admin_url_name(Agency, "edit"), args=[agency.pk]),
            reverse(admin_url_name(Column, "edit"), args=[column.pk]),
            reverse("proactive_sets"),
            reverse("interchange_jobs"),
            reverse("audit_log"),
            reverse("accounts_agency", args=[agency.pk]),
            reverse("accounts_move", args=[agency.pk]),
            reverse("interchange_upload", args=["columns"]),
            reverse("accounts_person", args=[colleague.pk]),
            reverse("information_counts"),
            reverse("wagtailadmin_account"),
            reverse("account_change_password"),
            reverse("mfa_index"),
            reverse("mfa_activate_totp"),
        ],
    )


def test_the_screens_of_who_handles_applications_are_accessible(
    enter: Callable[[User], Page], agency: Agency, staff: dict[Role, User]
) -> None:
    officer = staff[Role.OFFICER]
    arrival = Arrival(Entrance.IN_PERSON, submitted_on=date(2025, 3, 3))
    person = ApplicantData(ApplicantType.NATURAL_PERSON, name="王某某", phone="13800001234")
    case = register(agency, by=officer, arrival=arrival, applicant=person, subject="某路段招标文件")
    told = [
        (EventKind.THIRD_PARTY_ASKED, Asked("晨光公司")),
        (EventKind.THIRD_PARTY_ANSWERED, Opinion("晨光公司", agrees=False)),
        (EventKind.REMEDY_FILED, RemedyFiled("复1号", RemedyGroup.RECONSIDERATION, "市政府", date(2025, 3, 10))),
    ]
    for kind, said in told:
        record(case, Entry(kind, date(2025, 3, 6), said), by=officer)
    strike(case, 3, "登记有误。", by=officer)
    record(case, Entry(EventKind.REMEDY_FILED, date(2025, 3, 7), told[-1][1]), by=officer)
    remind(today=date(2025, 4, 2))

    def of_case(*names: str, **more: object) -> list[str]:
        return [reverse(f"applications_{name}", kwargs={"pk": case.pk, **more}) for name in names]

    screens = ("register", "print", "new", "remedies", "figures", "notices")
    cell = f"{reverse('applications_figure_cases')}?year=2025&path=applications.received.total"
    _check(
        enter(officer),
        [
            reverse("wagtailadmin_home"),
            *(reverse(f"applications_{name}") for name in screens),
            f"{reverse('applications_register')}?year=2024",
            cell,
            *of_case("case", "derivation", "applicant", "applicant_change", "correct", "questions"),
            *of_case("split", "merge", "transfer"),
            *(address for kind in ("extended", "fee-notified") for address in of_case("record", kind=kind)),
            f"{of_case('answer', kind='answered')[0]}?outcome=unavailable.not_held",
            *of_case("strike", number=1),
            f"{of_case('questions')[0]}?complete=complete&is_application=petition",
        ],
    )
