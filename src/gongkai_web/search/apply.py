"""Where somebody goes who has found nothing: to apply for it (条例第二十七条)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency
from gongkai_web.portal.selectors.structure import Structure, column_url


@dataclass(frozen=True)
class ApplyLink:
    """An address and what it is called."""

    url: str
    label: str


def apply_link(question: str, *, agency: Agency | None, structure: Structure) -> ApplyLink:
    """The form with the question filled in; without one, what the agency says about applying, or the agencies."""
    try:
        address = reverse("applications:apply")
    except NoReverseMatch:
        return _instructions(agency, structure)
    filled = {"agency": agency.slug if agency else "", "description": question}
    return ApplyLink(f"{address}?{urlencode({k: v for k, v in filled.items() if v})}", "申请公开这项信息")


def _instructions(agency: Agency | None, structure: Structure) -> ApplyLink:
    for kind in (ColumnKind.APPLICATION, ColumnKind.GUIDE) if agency else ():
        column = structure.columns(agency).of_kind(kind) if agency else None
        if agency and column:
            return ApplyLink(column_url(agency, column), f"查看{agency.short_name}的依申请公开办法")
    return ApplyLink(reverse("portal:agencies"), "选择机关，依申请公开")
