"""公开属性源头认定: writing down who proposed the attribute, and finding the proposal that a case has to name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from gongkai.information.review import ReviewRefused
from gongkai_web.accounts.models import User
from gongkai_web.information.models import AttributeProposal, InformationItem, ProposalWay

_BATCH = 200


@dataclass(frozen=True)
class Proposer:
    """Who proposes, and how; `rule` names the provision where the attribute follows from one."""

    person: User | None
    way: ProposalWay = ProposalWay.DRAFTED
    rule: str = ""


def note_proposal(item: InformationItem, proposer: Proposer) -> AttributeProposal | None:
    """Write the item's attribute down as proposed, unless the newest proposal says the same. Returns the new one."""
    newest = item.attribute_proposals.first() if item.pk else None
    if newest is not None and newest.is_of(item):
        return None
    proposal = _proposal(item, proposer)
    proposal.save()
    return proposal


def note_proposals(items: Iterable[InformationItem], proposer: Proposer) -> None:
    """The same for new items, by set."""
    AttributeProposal.objects.bulk_create([_proposal(item, proposer) for item in items], batch_size=_BATCH)


def proposal_for_review(item: InformationItem) -> AttributeProposal:
    """The proposal that goes into the chain with the document. Raises: `ReviewRefused` where nobody made one."""
    newest = item.attribute_proposals.first()
    if newest is None or not newest.is_of(item):
        raise ReviewRefused(
            "REV-ATTRIBUTE",
            "这件信息没有公开属性认定记录，不能提交签审（公开属性在起草时提出，随文报批）。",
            "请打开“编辑”，选定公开属性，不主动公开的写明理由，保存后再提交。",
        )
    return newest


def _proposal(item: InformationItem, proposer: Proposer) -> AttributeProposal:
    return AttributeProposal(
        item=item,
        attribute=item.attribute,
        reason=item.exemption_reason,
        explanation=item.attribute_explanation,
        approval=item.attribute_approval,
        way=proposer.way,
        rule=proposer.rule,
        by=proposer.person,
        by_name=str(proposer.person or "系统")[:40],
        at=timezone.now(),
    )
