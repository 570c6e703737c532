"""The sign-off sheet 签审单 as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from gongkai.documents.pdf import typeset
from gongkai_web.information.changes import as_text
from gongkai_web.information.models import InformationItem, ReviewCase
from gongkai_web.information.services.review import subject_of

_TEMPLATE = Path(__file__).with_name("sign_off_sheet.typ")


def sign_off_sheet(case: ReviewCase) -> bytes:
    """PDF of one A4 page or more: what was signed, by whom, when, with what opinion, which points confirmed.

    Raises: WritingError where a font or a glyph is missing, because the sheet would come out blank.
    """
    return typeset(_TEMPLATE, sheet_facts(case), day=None)


def sheet_facts(case: ReviewCase) -> dict[str, Any]:
    """Everything that stands on the sheet, as text."""
    subject = subject_of(case)
    labels = {step["code"]: step["label"] for step in case.steps}
    acts = [
        {
            "step": labels.get(act.step, ""),
            "act": act.get_kind_display(),
            "name": act.by_name,
            "at": _moment(act.at),
            "opinion": act.opinion,
            "checked": act.checked,
        }
        for act in case.acts.order_by("id")
    ]
    snapshot = case.snapshot
    return {
        "agency": case.agency.name,
        "title": case.title,
        "number": str(case.number),
        "index_number": subject.index_number if isinstance(subject, InformationItem) else "",
        "document_number": str(snapshot.get("document_number") or ""),
        "attribute": _attribute(snapshot),
        "proposed": _proposed(case),
        "state": case.get_state_display(),
        "submitted": f"{case.opened_by}　{_moment(case.opened_at)}",
        "note": case.note,
        "attachments": [entry["title"] for entry in snapshot.get("attachments", [])],
        "fingerprint": case.fingerprint,
        "acts": acts,
        "printed": _moment(timezone.now()),
    }


def _attribute(snapshot: dict[str, Any]) -> str:
    """As it was signed, not as the item may stand by now."""
    attribute = as_text("attribute", snapshot.get("attribute"))
    reason = as_text("exemption_reason", snapshot.get("exemption_reason"))
    return f"{attribute}（{reason}）" if reason else attribute


def _proposed(case: ReviewCase) -> str:
    """Who proposed the attribute when drafting, and where that was approved; empty for a post, which has none."""
    proposal = case.attribute_proposal
    if proposal is None:
        return ""
    explained = f"理由说明：{proposal.explanation}。" if proposal.explanation else ""
    who = f"{proposal.by_name}　{_moment(proposal.at)}　{proposal.how}。"
    return f"{who}{explained}随文报批：{proposal.approval_text}。"


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
