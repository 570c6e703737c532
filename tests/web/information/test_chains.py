"""An administrator sets his agency's chain on the screen; everybody sees which chain is in force."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.accounts.services import NotAllowed
from gongkai_web.audit.models import AuditEvent
from gongkai_web.information.models import InformationItem, ReviewChain, ReviewChainStep
from gongkai_web.information.services.chains import proposed_chain, save_chain
from gongkai_web.information.services.review import chain_for, submit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ITEM = "information.informationitem"


def form(agency: Agency, *rows: tuple[str, str, str], stored: tuple[int, ...] = ()) -> dict[str, object]:
    """What the browser sends: label, role and points of each step; `stored` are keys of the first ones."""
    data: dict[str, object] = {"agency": agency.pk, "subject_type": ""}
    counts = {"TOTAL_FORMS": len(rows), "INITIAL_FORMS": len(stored), "MIN_NUM_FORMS": 1, "MAX_NUM_FORMS": 1000}
    data |= {f"steps-{name}": number for name, number in counts.items()}
    for place, (label, role, points) in enumerate(rows):
        values = {"label": label, "role": role, "checklist": points, "ORDER": place + 1}
        values["id"] = str(stored[place]) if place < len(stored) else ""
        data |= {f"steps-{place}-{name}": value for name, value in values.items()}
    return data


SHORT = (("部门审核", "reviewer_1", "内容属实\n文字无误"), ("保密审查", "confidentiality", "不涉密"))


def test_the_form_of_a_new_chain_begins_with_the_usual_steps(staff: dict[Role, User], sign_in: SignIn) -> None:
    page = sign_in(staff[Role.ADMINISTRATOR]).get("/admin/chains/add/").content.decode()
    assert 'name="steps-INITIAL_FORMS" value="4"' in page
    for label in ("一审一校", "二审二校", "三审三校", "保密审查"):
        assert f'value="{label}"' in page
    assert 'name="steps-0-code"' not in page
    assert '<option value="" selected>全部</option>' in page


def test_a_chain_is_set_on_screen_and_is_in_force_for_what_is_sent_in_next(
    agency: Agency, staff: dict[Role, User], sign_in: SignIn, make_item: Callable[..., InformationItem]
) -> None:
    before = submit(make_item(), by=staff[Role.DRAFTER])
    client = sign_in(staff[Role.ADMINISTRATOR])
    client.post("/admin/chains/add/", form(agency, *SHORT))
    steps = chain_for(agency, ITEM)
    assert [(step.code, step.label, step.role) for step in steps] == [
        ("step-1", "部门审核", "reviewer_1"),
        ("step-2", "保密审查", "confidentiality"),
    ]
    assert steps[0].checklist == ("内容属实", "文字无误")
    assert submit(make_item(), by=staff[Role.DRAFTER]).steps_required == 2
    assert before.steps_required == 4
    page = client.get("/admin/chains/").content.decode()
    assert "部门审核 → 保密审查" in page


def test_a_changed_chain_keeps_the_codes_of_its_steps_and_the_log_says_what_changed(
    agency: Agency, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.ADMINISTRATOR])
    client.post("/admin/chains/add/", form(agency, *SHORT))
    chain = ReviewChain.objects.get()
    stored = tuple(chain.steps.values_list("pk", flat=True))
    rows = (*SHORT, ("分管领导", "reviewer_2", ""))
    client.post(f"/admin/chains/edit/{chain.pk}/", form(agency, *rows, stored=stored))
    assert [step.code for step in chain_for(agency, ITEM)] == ["step-1", "step-2", "step-3"]
    newest = AuditEvent.objects.filter(action="information.chain_saved").first()
    assert newest is not None
    assert newest.details["before"] == ["部门审核（一审一校）：内容属实；文字无误", "保密审查（保密审查）：不涉密"]
    assert newest.details["after"][2] == "分管领导（二审二校）："


def test_nobody_but_an_administrator_of_the_agency_sets_its_chain(
    agency: Agency, other_agency: Agency, staff: dict[Role, User], sign_in: SignIn
) -> None:
    sign_in(staff[Role.DRAFTER]).post("/admin/chains/add/", form(agency, *SHORT))
    sign_in(staff[Role.ADMINISTRATOR]).post("/admin/chains/add/", form(other_agency, *SHORT))
    assert ReviewChain.objects.count() == 0
    chain = proposed_chain()
    chain.agency = other_agency
    with pytest.raises(NotAllowed):
        save_chain(chain, by=staff[Role.ADMINISTRATOR])


def test_codes_are_never_given_twice(agency: Agency, staff: dict[Role, User]) -> None:
    chain = ReviewChain(agency=agency)
    roles = ("reviewer_1", "reviewer_2", "confidentiality")
    chain.steps.set([ReviewChainStep(label=role, role=role, sort_order=n) for n, role in enumerate(roles)])
    chain.steps.all()[1].code = "step-1"
    save_chain(chain, by=staff[Role.ADMINISTRATOR])
    assert sorted(step.code for step in chain_for(agency, ITEM)) == ["step-1", "step-2", "step-3"]
