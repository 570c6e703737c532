"""公开属性源头认定: nothing enters the chain before somebody proposed its disclosure attribute when drafting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gongkai.information.review import ReviewRefused
from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.audit.models import AuditTampering
from gongkai_web.information.models import AttributeProposal, InformationItem, ReviewCase
from gongkai_web.information.services.drafting import DraftRejected, create_item, save_draft
from gongkai_web.information.services.review import submit
from gongkai_web.information.sheet import sheet_facts, sign_off_sheet

Make = Callable[..., InformationItem]
Staff = dict[Role, User]

pytestmark = pytest.mark.django_db


def test_a_draft_without_attribute_is_not_stored(agency: Agency, staff: Staff) -> None:
    column = agency.columns.get(code="statutory")
    with pytest.raises(DraftRejected, match="还没有选定公开属性") as refused:
        create_item(agency=agency, by=staff[Role.DRAFTER], column=column, title="甲", formed_on=date(2025, 6, 3))
    assert refused.value.code == "ATTR-MISSING"
    assert InformationItem.objects.count() == 0


def test_drafting_writes_down_who_proposed_what(make_item: Make, staff: Staff) -> None:
    item = make_item(
        attribute="on_request", exemption_reason="limited_audience", attribute_explanation="只涉及当事人",
        attribute_approval="发文稿纸第12号",
    )  # fmt: skip
    proposal = item.attribute_proposals.get()
    assert (proposal.attribute, proposal.reason, proposal.explanation, proposal.approval) == (
        "on_request", "limited_audience", "只涉及当事人", "发文稿纸第12号",
    )  # fmt: skip
    assert (proposal.by, proposal.by_name, proposal.how) == (
        staff[Role.DRAFTER], str(staff[Role.DRAFTER]), "起草时提出",
    )  # fmt: skip


def test_only_another_attribute_is_another_proposal(make_item: Make, staff: Staff) -> None:
    item = make_item()
    draft = item.draft()
    draft.title = "另一个名称"
    save_draft(draft, by=staff[Role.DRAFTER])
    assert item.attribute_proposals.count() == 1
    draft = item.draft()
    draft.attribute, draft.exemption_reason = "not_open", "state_secret"
    save_draft(draft, by=staff[Role.DRAFTER])
    assert [one.attribute for one in item.attribute_proposals.all()] == ["not_open", "proactive"]


def test_without_a_proposal_nothing_is_submitted(make_item: Make, staff: Staff) -> None:
    item = make_item()
    InformationItem.objects.filter(pk=item.pk).update(attribute_approval="后来补写的")  # behind the service's back
    with pytest.raises(ReviewRefused, match="没有公开属性认定记录") as refused:
        submit(InformationItem.objects.get(pk=item.pk), by=staff[Role.DRAFTER])
    assert refused.value.code == "REV-ATTRIBUTE"
    save_draft(item.draft(), by=staff[Role.DRAFTER])
    assert submit(item, by=staff[Role.DRAFTER]).attribute_proposal == item.attribute_proposals.first()


def test_the_database_refuses_a_case_without_the_items_own_proposal(make_item: Make, staff: Staff) -> None:
    case = submit(make_item(), by=staff[Role.DRAFTER])
    other = make_item(title="另一件")
    copied = {
        name: getattr(case, name)
        for name in ("subject_type", "agency", "title", "steps", "steps_required", "fingerprint", "snapshot")
    }
    foreign = {**copied, "number": 1, "opened_by": case.opened_by, "opened_at": case.opened_at, "subject_id": other.pk}
    for proposal in (None, case.attribute_proposal):
        with pytest.raises(IntegrityError, match="没有公开属性认定记录"), transaction.atomic():
            ReviewCase.objects.create(**foreign, attribute_proposal=proposal)


def test_proposals_are_never_changed_and_outlive_the_draft(make_item: Make) -> None:
    item = make_item()
    proposal = item.attribute_proposals.get()
    with pytest.raises(AuditTampering):
        proposal.delete()
    number = item.pk
    item.delete()
    assert AttributeProposal.objects.get().item_id == number


def test_reviewers_see_the_proposal_on_screen_and_sheet(client: Client, make_item: Make, staff: Staff) -> None:
    case = submit(make_item(attribute_approval="发文稿纸第12号"), by=staff[Role.DRAFTER])
    client.force_login(staff[Role.REVIEWER_1])
    page = client.get(f"/admin/review/{case.pk}/").content.decode()
    assert "公开属性认定（随文报批）" in page
    assert "发文稿纸第12号" in page
    proposed = sheet_facts(case)["proposed"]
    assert proposed.startswith(str(staff[Role.DRAFTER]))
    assert proposed.endswith("起草时提出。随文报批：发文稿纸第12号。")
    assert sign_off_sheet(case).startswith(b"%PDF")


def test_the_form_asks_for_the_attribute(client: Client, staff: Staff) -> None:
    client.force_login(staff[Role.DRAFTER])
    page = client.get("/admin/items/add/").content.decode()
    select = page[page.index('<select name="attribute"') :]
    assert '<option value="" selected>请选择</option>' in select[: select.index("</select>")]
