"""How one item comes about: generators that do a step and yield the moment of the next (see `clock`)."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta

from django.utils import timezone

from gongkai_web.accounts.models import Role
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import Story, at, workdays_after
from gongkai_web.demo.drafts import Draft
from gongkai_web.information.models import ClosureOutcome, InformationItem, MediaPost, ReviewCase, Reviewed
from gongkai_web.information.services.closure import review_closed
from gongkai_web.information.services.drafting import save_draft, save_post
from gongkai_web.information.services.publication import resubmit_withdrawn, send_post, withdraw
from gongkai_web.information.services.review import determine, give_back, refer, sign, submit

CHAIN = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)
_OPINIONS = {
    Role.REVIEWER_1: "内容属实，同意送审。",
    Role.REVIEWER_2: "公开属性和栏目正确，同意。",
    Role.REVIEWER_3: "同意公开。",
    Role.CONFIDENTIALITY: "经审查，不涉及国家秘密和工作秘密。",
}
Review = Generator[datetime, None, ReviewCase]


def _review(cast: Cast, subject: Reviewed, *, day: date, signatures: int = len(CHAIN)) -> Review:
    """Submitted on the day at half past nine; two people sign that day, the others on the next workday."""
    yield at(day, hour=9, minute=30)
    case = submit(subject, by=cast[Role.DRAFTER])
    yield from signed(cast, case, day=day, signatures=signatures)
    return case


def signed(cast: Cast, case: ReviewCase, *, day: date, signatures: int = len(CHAIN)) -> Story:
    """The first so many signatures of the chain, two on the day and two on the next workday."""
    next_day = workdays_after(day, 1)
    moments = (at(day, hour=11), at(day, hour=16), at(next_day, hour=10), at(next_day, hour=15))
    for role, moment in list(zip(CHAIN, moments, strict=True))[:signatures]:
        yield moment
        _sign(cast, case, role)


def _sign(cast: Cast, case: ReviewCase, role: Role) -> None:
    checked = next(step["checklist"] for step in case.steps if step["role"] == role)
    sign(case, by=cast[role], seen=case.fingerprint, opinion=_OPINIONS[role], checked=checked)


def only_drafted(draft: Draft, *, on: date) -> Story:
    """Lies with the drafter, or is not for the portal."""
    yield at(on)
    draft.create()


def kept_closed(draft: Draft, *, on: date, neglected_after: date | None = None) -> Story:
    """Not open, and looked at again whenever it is due; from the day given on nobody did."""
    yield at(on)
    item = draft.create()
    while item.next_review_on and (neglected_after is None or item.next_review_on <= neglected_after):
        yield at(item.next_review_on, hour=10)
        reason = "事项仍在办理，属于内部工作流程，公开条件没有变化。"
        review_closed(item, by=draft.cast[Role.DRAFTER], outcome=ClosureOutcome.KEPT, reason=reason)


def published(draft: Draft, *, on: date, then: Callable[[InformationItem], None] | None = None) -> Story:
    """Drafted, signed and public two workdays later."""
    yield at(on)
    item = draft.create()
    yield from _review(draft.cast, item, day=on)
    if then:
        then(item)


def waiting(draft: Draft, *, on: date, signatures: int) -> Story:
    """In review, with so many signatures."""
    yield at(on)
    yield from _review(draft.cast, draft.create(), day=on, signatures=signatures)


def returned(draft: Draft, *, on: date) -> Story:
    """Given back by the second reviewer."""
    yield at(on)
    case = yield from _review(draft.cast, draft.create(), day=on, signatures=1)
    yield at(on, hour=16, minute=30)
    give_back(
        case,
        by=draft.cast[Role.REVIEWER_2],
        seen=case.fingerprint,
        opinion="表中合计数与正文不一致，请核对后重新提交。",
    )


def referred(draft: Draft, *, on: date, answered: bool = False) -> Story:
    """The confidentiality reviewer is in doubt and reports upward; when answered, the chain goes on."""
    yield at(on)
    case = yield from _review(draft.cast, draft.create(), day=on, signatures=3)
    day = workdays_after(on, 1)
    yield at(day, hour=16)
    keeper = draft.cast[Role.CONFIDENTIALITY]
    refer(case, by=keeper, seen=case.fingerprint, opinion="所附点位图的精度能否公开，需报保密行政管理部门确定。")
    if answered:
        yield at(workdays_after(day, 5), hour=10)
        supervisor = draft.cast[Role.SUPERVISOR]
        determine(case, by=supervisor, may_open=True, opinion="经保密行政管理部门确定，降低精度后可以公开。")
        yield at(workdays_after(day, 5), hour=15)
        _sign(draft.cast, case, Role.CONFIDENTIALITY)


def reopened(draft: Draft, *, on: date) -> Story:
    """Changed after two signatures, which makes them void."""
    yield at(on)
    item = draft.create()
    yield from _review(draft.cast, item, day=on, signatures=2)
    yield at(on, hour=17)
    _amend(draft.cast, item)


def revised(draft: Draft, *, on: date, again_on: date, signatures: int) -> Story:
    """Public; its newer version is in review, or public as well after four signatures."""
    yield from published(draft, on=on)
    yield at(again_on)
    item = InformationItem.objects.get(agency=draft.cast.agency, title=draft.title, formed_on=draft.formed_on)
    _amend(draft.cast, item)
    yield from _review(draft.cast, item, day=again_on, signatures=signatures)


def taken_back(draft: Draft, *, on: date, back_on: date, redrafted: bool = False) -> Story:
    """Public, then withdrawn with a reason; perhaps a draft again since."""
    made: list[InformationItem] = []
    yield from published(draft, on=on, then=made.append)
    item = made[0]
    yield at(back_on, hour=15)
    item.refresh_from_db()
    withdraw(item, by=draft.cast[Role.REVIEWER_3], reason="所附名单中有一处联系方式不应公开，撤回后重新审查。")
    if redrafted:
        yield at(workdays_after(back_on, 1))
        resubmit_withdrawn(item, by=draft.cast[Role.DRAFTER])
        item.refresh_from_db()
        _amend(draft.cast, item)
        yield from _review(draft.cast, item, day=workdays_after(back_on, 1))


def scheduled(draft: Draft, *, on: date, publish_at: datetime) -> Story:
    """Signed by everybody, to go out later."""
    yield at(on)
    yield from _review(draft.cast, draft.changed(publish_at=publish_at).create(), day=on)


def posted(cast: Cast, post: MediaPost, *, on: date, signatures: int) -> Story:
    """A post in review, or signed and sent."""
    yield at(on)
    save_post(post, by=cast[Role.DRAFTER])
    if signatures:
        yield from _review(cast, post, day=on, signatures=signatures)
    if signatures == len(CHAIN):
        yield at(workdays_after(on, 1), hour=17)
        post.refresh_from_db()
        send_post(post, by=cast[Role.DRAFTER])


def _amend(cast: Cast, item: InformationItem) -> None:
    """Add a sentence, as a drafter does when somebody has telephoned."""
    newest = item.draft()
    day = timezone.localdate()
    newest.body += f"<p>{day.year}年{day.month}月{day.day}日更新：咨询电话和办理窗口有调整，以本页为准。</p>"
    save_draft(newest, by=cast[Role.DRAFTER])


def later_today(day: date, *, days: int) -> datetime:
    """A moment some days after the day."""
    return at(day + timedelta(days=days), hour=9)
