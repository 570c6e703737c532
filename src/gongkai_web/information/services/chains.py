"""Setting the review chain of an agency."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.information.review import DEFAULT_CHAIN, check_chain
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.information.models import ReviewChain, ReviewChainStep


def proposed_chain() -> ReviewChain:
    """A chain that nobody has stored, with the usual steps to start from."""
    chain = ReviewChain()
    chain.steps.set(
        [
            ReviewChainStep(label=step.label, role=step.role, checklist="\n".join(step.checklist), sort_order=place)
            for place, step in enumerate(DEFAULT_CHAIN)
        ]
    )
    return chain


@transaction.atomic
def save_chain(chain: ReviewChain, *, by: User) -> ReviewChain:
    """Store a chain with its steps. Cases that are open keep the chain under which they were opened.

    Raises: `NotAllowed`; `GongkaiError` when a step is missing; `ValidationError`.
    """
    require(by, Capability.ADMINISTER, chain.agency)
    before = ReviewChain.objects.filter(pk=chain.pk).select_related("agency").first() if chain.pk else None
    if before is not None:
        require(by, Capability.ADMINISTER, before.agency)
    steps = list(chain.steps.all())
    _number(steps)
    if problems := check_chain(chain.as_steps()):
        raise ValidationError([f"{problem.message}{problem.hint}" for problem in problems])
    details = {"before": _described(before) if before else [], "after": [_line(step) for step in steps]}
    chain.full_clean(exclude=["steps"])
    chain.save()
    record("information.chain_saved", obj=chain, actor=by, agency=chain.agency, details=details)
    return chain


def _number(steps: list[ReviewChainStep]) -> None:
    """Give new steps a code; those of stored ones stay."""
    taken = {step.code for step in steps if step.code}
    for step in steps:
        if not step.code:
            number = next(n for n in range(1, len(steps) + len(taken) + 2) if f"step-{n}" not in taken)
            step.code = f"step-{number}"
            taken.add(step.code)


def _described(chain: ReviewChain) -> list[str]:
    return [_line(step) for step in ReviewChainStep.objects.filter(chain=chain.pk).order_by("sort_order")]


def _line(step: ReviewChainStep) -> str:
    points = "；".join(line.strip() for line in step.checklist.splitlines() if line.strip())
    return f"{step.label}（{step.get_role_display()}）：{points}"
