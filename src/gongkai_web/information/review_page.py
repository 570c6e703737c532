"""What a reviewer has before him: with what the content is compared, who has signed, who answers a referral."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from gongkai.information.review import ActKind, CaseState, Step
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability, people_with
from gongkai_web.information.models import ReviewAct, ReviewCase


def comparable(case: ReviewCase) -> QuerySet[ReviewCase]:
    """Earlier cases in which somebody signed, the newest first."""
    earlier = ReviewCase.objects.filter(
        subject_type=case.subject_type, subject_id=case.subject_id, number__lt=case.number, acts__kind="signed"
    )
    return earlier.distinct().order_by("-number")


def base_of(case: ReviewCase, *, step: Step | None, wanted: str = "") -> ReviewCase | None:
    """What the content is compared with: what was last signed in the step that is due, so that nothing which its
    signer has not seen goes unmarked; else what was last signed by all; else what anybody signed.

    `wanted`: the number of an earlier case instead, or `0` for none. Raises: `Http404` for any other text.
    """
    earlier = list(comparable(case))
    if wanted:
        if wanted == "0":
            return None
        found = next((one for one in earlier if str(one.number) == wanted), None)
        if found is None:
            raise Http404
        return found
    by_step = [one for one in earlier if step and one.acts.filter(kind="signed", step=step.code).exists()]
    by_all = [one for one in earlier if one.state in {CaseState.COMPLETE.value, CaseState.WITHDRAWN.value}]
    return next(iter([*by_step, *by_all, *earlier]), None)


@dataclass(frozen=True)
class Referral:
    """A doubt that waits for its answer: who raised it, and who may record what was determined."""

    act: ReviewAct
    above: list[User]
    within: list[User]


def referral_of(case: ReviewCase) -> Referral | None:
    """The open referral of a case; nobody who wrote the text answers it."""
    if case.state != CaseState.UNDETERMINED.value:
        return None
    act = case.acts.filter(kind=ActKind.REFERRED.value).order_by("-id").first()
    if act is None:
        return None
    authors = set(case.authors.values_list("pk", flat=True))

    def people(capability: Capability) -> list[User]:
        found = people_with(capability, case.agency).select_related("home").order_by("pk")
        return [person for person in found if person.pk not in authors]

    return Referral(act, people(Capability.SUPERVISE), people(Capability.REVIEW_CONFIDENTIALITY))


def progress(case: ReviewCase) -> list[dict[str, Any]]:
    """Each step with the act that settled it, if any."""
    acts = {entry.step: entry for entry in case.acts.filter(kind="signed").select_related("by")}
    return [{"label": step["label"], "act": acts.get(step["code"])} for step in case.steps]
