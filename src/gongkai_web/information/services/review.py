"""Running a case through its chain. The rules are `gongkai.information.review`; here they meet the database."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from gongkai.information.fingerprint import plain
from gongkai.information.review import DEFAULT_CHAIN, Case, CaseState, ReviewRefused, Step
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import REVIEW_CAPABILITY, Capability, ancestors, can
from gongkai_web.accounts.services import NotAllowed, require
from gongkai_web.audit.services import record
from gongkai_web.information.models import InformationItem, MediaPost, ReviewAct, ReviewCase, ReviewChain, Reviewed
from gongkai_web.information.models.review import step_to_json
from gongkai_web.information.services.attribute import proposal_for_review

SUBJECTS: dict[str, type[Reviewed]] = {model.subject_type(): model for model in (InformationItem, MediaPost)}
RUNNING = (CaseState.OPEN.value, CaseState.UNDETERMINED.value)


def chain_for(agency: Agency, subject_type: str) -> tuple[Step, ...]:
    """The chain in force: the agency's own for this kind of content, its own for all, else the nearest one above."""
    lineage = [agency, *reversed(ancestors(agency))]
    chains = {
        (chain.agency_id, chain.subject_type): chain
        for chain in ReviewChain.objects.filter(agency__in=lineage).prefetch_related("steps")
    }
    for place in lineage:
        chain = chains.get((place.pk, subject_type)) or chains.get((place.pk, ""))
        steps: tuple[Step, ...] = chain.as_steps() if chain else ()
        if steps:
            return steps
    return DEFAULT_CHAIN


@transaction.atomic
def submit(subject: Reviewed, *, by: User, note: str = "", capability: Capability = Capability.DRAFT) -> ReviewCase:
    """Send the newest content into the chain. `capability`: what the sender has to hold in the agency.

    Raises: `NotAllowed`; `ReviewRefused` when a case is running already, this content is signed already, or nobody
    proposed its disclosure attribute.
    """
    require(by, capability, subject.agency)
    draft = subject.draft()
    digest = draft.content_fingerprint()
    if isinstance(draft, InformationItem) and draft.is_withdrawn:
        raise ReviewRefused("REV-WITHDRAWN", "这件信息已经撤回。", "请先转为草稿，修改后再提交签审。")
    last = latest_case(subject)
    if last and last.state in RUNNING:
        raise ReviewRefused(
            "REV-RUNNING", "这件信息正在签审，不必重复提交。", "如需修改，直接保存新内容，签审会重新开始。"
        )
    if last and last.state == CaseState.COMPLETE.value and last.fingerprint == digest:
        raise ReviewRefused("REV-SIGNED", "这份内容已经签审完成。", "请直接发布。")
    case = _open_case(draft, digest=digest, by=by, note=note)
    case.authors.set({by.pk, *draft.authors()})
    record("information.submitted", obj=subject, actor=by, details={"case": case.pk})
    return case


def sign(case: ReviewCase, *, by: User, seen: str, opinion: str = "", checked: Collection[str] = ()) -> ReviewCase:
    """Sign the step that is due. `seen` is the fingerprint of what the signer was shown.

    Raises: `ReviewRefused`. The last signature publishes what is due at once (see `publication.after_signing`).
    """
    return _act(
        case,
        by=by,
        rule=lambda rules, roles: rules.sign(
            str(by.pk), roles=roles, at=timezone.now(), seen=seen, opinion=opinion, checked=checked
        ),
    )


def give_back(case: ReviewCase, *, by: User, seen: str, opinion: str) -> ReviewCase:
    """退回 with a reason. Raises: `ReviewRefused`."""
    return _act(
        case,
        by=by,
        rule=lambda rules, roles: rules.give_back(
            str(by.pk), roles=roles, at=timezone.now(), seen=seen, opinion=opinion
        ),
    )


def refer(case: ReviewCase, *, by: User, seen: str, opinion: str) -> ReviewCase:
    """待确定: escalate to the department in charge or the secrecy administration. Raises: `ReviewRefused`."""
    return _act(
        case,
        by=by,
        rule=lambda rules, roles: rules.refer(str(by.pk), roles=roles, at=timezone.now(), seen=seen, opinion=opinion),
    )


def determine(case: ReviewCase, *, by: User, may_open: bool, opinion: str) -> ReviewCase:
    """Record the answer to a referral: by the supervisor above, or by the agency's confidentiality reviewer.

    Raises: `NotAllowed`, `ReviewRefused`.
    """
    if not may_determine(by, case.agency):
        raise NotAllowed("NOT-ALLOWED", "只有主管部门监督员或保密审查人员可以登记确定结果。", "请联系机构管理员。")
    return _act(
        case,
        by=by,
        rule=lambda rules, _: rules.determine(str(by.pk), at=timezone.now(), may_open=may_open, opinion=opinion),
    )


def may_determine(user: User, agency: Agency) -> bool:
    """May he record the answer to a referral?"""
    return any(
        can(user, capability, agency) for capability in (Capability.SUPERVISE, Capability.REVIEW_CONFIDENTIALITY)
    )


@transaction.atomic
def spend(subject: Reviewed, *, by: User | None, reason: str) -> None:
    """After a withdrawal: the signatures that carried the content carry nothing any more."""
    case = latest_case(subject)
    if case is not None and case.state == CaseState.COMPLETE.value:
        actor = by or case.opened_by
        _store(
            case, case.as_case().withdraw(str(actor.pk), at=timezone.now(), reason=reason), by=actor, subject=subject
        )
    else:
        reopen_if_changed(subject.draft(), by=by)


@transaction.atomic
def reopen_if_changed(subject: Reviewed, *, by: User | None, digest: str = "") -> ReviewCase | None:
    """Void the signatures of the newest case when the content is no longer the one that was sent in.

    `digest`: the fingerprint of the content, where it is known already.
    """
    case = latest_case(subject)
    digest = digest or subject.content_fingerprint()
    live = case is not None and subject.live and subject.signed_case_id == case.pk
    if case is None or live or CaseState(case.state) in (CaseState.RETURNED, CaseState.REOPENED, CaseState.WITHDRAWN):
        return None
    if case.fingerprint == digest:
        return None
    actor = by or case.opened_by
    return _store(
        case, case.as_case().content_changed(str(actor.pk), at=timezone.now(), to=digest), by=actor, subject=subject
    )


def latest_case(subject: Reviewed) -> ReviewCase | None:
    """The newest case of an item or post."""
    return cases_of(subject).first()


def cases_of(subject: Reviewed) -> QuerySet[ReviewCase]:
    """All its cases, the newest first."""
    return ReviewCase.objects.filter(subject_type=subject.subject_type(), subject_id=subject.pk).order_by("-number")


def subject_of(case: ReviewCase) -> Reviewed:
    """What the case is about."""
    subject: Reviewed = SUBJECTS[case.subject_type]._default_manager.get(pk=case.subject_id)
    return subject


def _newest(case: ReviewCase) -> Reviewed:
    """The newest content of what the case is about."""
    return SUBJECTS[case.subject_type].newest(case.subject_id)


def roles_in(user: User, agency: Agency) -> set[str]:
    """The reviewing roles that the person holds in the agency."""
    return {str(role) for role, capability in REVIEW_CAPABILITY.items() if can(user, capability, agency)}


def _open_case(draft: Reviewed, *, digest: str, by: User, note: str) -> ReviewCase:
    steps = chain_for(draft.agency, draft.subject_type())
    newest = cases_of(draft).aggregate(newest=Max("number"))["newest"] or 0
    return ReviewCase.objects.create(
        subject_type=draft.subject_type(),
        subject_id=draft.pk,
        agency=draft.agency,
        title=str(draft)[:300],
        number=newest + 1,
        steps=[step_to_json(step) for step in steps],
        steps_required=len(steps),
        fingerprint=digest,
        snapshot=plain(draft.content()),
        waiting_for=steps[0].role,
        attribute_proposal=proposal_for_review(draft) if isinstance(draft, InformationItem) else None,
        opened_by=by,
        opened_at=timezone.now(),
        note=note,
    )


def _act(case: ReviewCase, *, by: User, rule: Callable[[Case, set[str]], Case]) -> ReviewCase:
    """Apply a rule to the locked case and keep what it gives; the last signature publishes."""
    from gongkai_web.information.services.publication import after_signing  # noqa: PLC0415  # it needs this module

    with transaction.atomic():
        locked = ReviewCase.objects.select_for_update().select_related("agency").get(pk=case.pk)
        newest = _newest(locked)
        digest = newest.content_fingerprint()
        if reopen_if_changed(newest, by=by, digest=digest) is None:
            after = rule(locked.as_case(), roles_in(by, locked.agency))
            if digest != locked.fingerprint:
                raise _stale()
            _store(locked, after, by=by, subject=newest)
            if after.state is CaseState.COMPLETE:
                after_signing(locked, by=by)
            return locked
    # Content that changed behind the case's back has voided it, which outlives the refusal that follows from it.
    rule(ReviewCase.objects.get(pk=case.pk).as_case(), roles_in(by, case.agency))
    raise _stale()


def _stale() -> ReviewRefused:
    return ReviewRefused("REV-STALE", "内容刚刚又有变更，签审无效。", "请重新打开，看过最新内容后再签审。")


def _store(case: ReviewCase, after: Case, *, by: User, subject: Reviewed) -> ReviewCase:
    """Write the newest act and what follows from it."""
    act = after.acts[-1]
    ReviewAct.objects.create(
        case=case,
        kind=act.kind.value,
        step=act.step,
        by=by,
        by_name=str(by)[:40],
        at=act.at,
        fingerprint=act.fingerprint,
        opinion=act.opinion,
        checked=list(act.checked),
    )
    step = after.next_step
    case.state = after.state.value
    case.waiting_for = step.role if step and after.state is CaseState.OPEN else ""
    case.closed_at = act.at if after.state.is_final else None
    case.save(update_fields=["state", "waiting_for", "closed_at"])
    details = {"case": case.pk, "step": act.step, "act": act.kind.value}
    record("information.review", obj=subject, actor=by, agency=case.agency, details=details)
    return case
