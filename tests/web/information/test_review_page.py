"""What a reviewer has before him: the comparison, the files, the doubt and who answers it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai_web.accounts.models import Agency, Role, User
from gongkai_web.information.attachment_changes import attachment_changes
from gongkai_web.information.models import AgencyDocument, Attachment, InformationItem, ReviewCase
from gongkai_web.information.review_page import base_of, referral_of
from gongkai_web.information.services.drafting import save_draft
from gongkai_web.information.services.review import give_back, refer, submit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def entry(title: str, digest: str, *, file: str = "", kind: str = "file") -> dict[str, str]:
    """An attachment as a snapshot holds it."""
    return {"title": title, "kind": kind, "file": file or f"{title}.pdf", "sha256": digest}


def changes(agency: Agency, before: list[dict[str, str]], after: list[dict[str, str]]) -> list[tuple[Any, Any, str]]:
    """Titles before and after, and what changed."""
    found = attachment_changes(before, after, agency=agency)
    return [(c.before and c.before.title, c.after and c.after.title, c.what) for c in found]


def test_files_are_paired_by_content_then_by_title(agency: Agency) -> None:
    before = [entry("申请表", "aa"), entry("流程图", "bb"), entry("旧附表", "cc")]
    after = [entry("流程图", "b2"), entry("申请表（新）", "aa"), entry("名单", "dd")]
    assert changes(agency, before, after) == [
        ("流程图", "流程图", "更换文件"),
        ("申请表", "申请表（新）", "修改名称"),
        (None, "名单", "新增"),
        ("旧附表", None, "删除"),
    ]


def test_a_change_of_order_and_of_use_is_a_change(agency: Agency) -> None:
    first, second = entry("甲", "aa"), entry("乙", "bb")
    assert [what for _, _, what in changes(agency, [first, second], [second, first])] == ["调整顺序", "调整顺序"]
    assert [what for _, _, what in changes(agency, [first, second], [first, second])] == ["", ""]
    assert changes(agency, [first], [{**first, "kind": "image"}]) == [("甲", "甲", "修改用途")]


def test_a_replaced_file_is_shown_beside_the_signed_one_and_both_can_be_opened(
    make_item: Callable[..., InformationItem],
    make_file: Callable[..., AgencyDocument],
    agency: Agency,
    staff: dict[Role, User],
    sign_all: Callable[..., ReviewCase],
    sign_in: SignIn,
) -> None:
    old, new = make_file(agency, "申请表", b"old"), make_file(agency, "申请表", b"new form")
    item = make_item(attachments=[old])
    sign_all(item)
    item.refresh_from_db()
    draft = item.draft()
    draft.attachments.set([Attachment(document=new)])
    save_draft(draft, by=staff[Role.DRAFTER])
    case = submit(item, by=staff[Role.DRAFTER])
    page = sign_in(staff[Role.REVIEWER_1]).get(f"/admin/review/{case.pk}/").content.decode()
    assert "更换文件" in page
    assert old.url in page
    assert new.url in page


@pytest.fixture
def returned_twice(
    live_item: InformationItem, staff: dict[Role, User], sign_next: Callable[..., ReviewCase]
) -> ReviewCase:
    """The third case of an item: the first is live, the second was signed by the first reviewer and returned."""
    draft = live_item.draft()
    draft.title = "第二稿"
    save_draft(draft, by=staff[Role.DRAFTER])
    second = submit(live_item, by=staff[Role.DRAFTER])
    sign_next(second, staff[Role.REVIEWER_1])
    give_back(second, by=staff[Role.REVIEWER_2], seen=second.fingerprint, opinion="题目不妥")
    draft = live_item.draft()
    draft.title = "第三稿"
    save_draft(draft, by=staff[Role.DRAFTER])
    return submit(live_item, by=staff[Role.DRAFTER])


def test_each_step_compares_with_what_was_last_signed_in_that_step(
    returned_twice: ReviewCase, staff: dict[Role, User], sign_next: Callable[..., ReviewCase], sign_in: SignIn
) -> None:
    first, second = returned_twice.as_case().steps[:2]
    assert [base_of(returned_twice, step=step).number for step in (first, second)] == [2, 1]  # type: ignore[union-attr]
    sign_next(returned_twice, staff[Role.REVIEWER_1])
    page = sign_in(staff[Role.REVIEWER_2]).get(f"/admin/review/{returned_twice.pk}/").content.decode()
    assert "<del>关于做好夏季防疫工作的通知</del>" in page
    assert "<ins>第三稿</ins>" in page


def test_any_earlier_content_can_be_chosen_for_the_comparison(
    returned_twice: ReviewCase, staff: dict[Role, User], sign_in: SignIn
) -> None:
    client = sign_in(staff[Role.REVIEWER_1])
    address = f"/admin/review/{returned_twice.pk}/?against="
    assert "对比：第1次签审" in client.get(f"{address}1").content.decode()
    assert "对比：第2次签审" in client.get(f"{address}2").content.decode()
    assert "对比：第" not in client.get(f"{address}0").content.decode()
    assert client.get(f"{address}7").status_code == 404


def test_a_doubt_names_who_raised_it_and_who_answers(
    make_item: Callable[..., InformationItem],
    agency: Agency,
    staff: dict[Role, User],
    make_user: Callable[..., User],
    sign_in: SignIn,
) -> None:
    above = make_user(Role.SUPERVISOR, agency.parent or agency, full_name="市府办监督员")
    case = submit(make_item(), by=staff[Role.DRAFTER])
    refer(case, by=staff[Role.REVIEWER_1], seen=case.fingerprint, opinion="人员名单可能涉密")
    case.refresh_from_db()
    referral = referral_of(case)
    assert referral is not None
    assert above in referral.above
    assert staff[Role.CONFIDENTIALITY] in referral.within
    page = sign_in(staff[Role.DRAFTER]).get(f"/admin/review/{case.pk}/").content.decode()
    assert "人员名单可能涉密" in page
    assert "市府办监督员" in page


def test_a_signed_item_says_when_it_goes_out(
    make_item: Callable[..., InformationItem],
    sign_all: Callable[..., ReviewCase],
    staff: dict[Role, User],
    sign_in: SignIn,
) -> None:
    at = timezone.now() + timedelta(days=1)
    case = sign_all(make_item(publish_at=at))
    page = sign_in(staff[Role.DRAFTER]).get(f"/admin/review/{case.pk}/").content.decode()
    local = timezone.localtime(at)
    assert f"签审完成，{local.year}年{local.month}月{local.day}日 {local:%H:%M}自动发布" in page
