"""公开属性 and its statutory reasons; codes; fingerprint."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.information.codes import is_social_credit_code, organisation_check_digit
from gongkai.information.disclosure import AttributeDecision, DisclosureAttribute, ExemptionReason
from gongkai.information.fingerprint import fingerprint


def codes(attribute: DisclosureAttribute, reason: ExemptionReason | None = None, explanation: str = "") -> list[str]:
    return [problem.code for problem in AttributeDecision(attribute, reason, explanation).problems()]


def test_open_information_needs_no_reason_and_takes_none() -> None:
    assert codes(DisclosureAttribute.PROACTIVE) == []
    assert codes(DisclosureAttribute.PROACTIVE, ExemptionReason.PRIVACY) == ["ATTR-OPEN-REASON"]


@pytest.mark.parametrize("attribute", [DisclosureAttribute.ON_REQUEST, DisclosureAttribute.NOT_OPEN])
def test_what_is_not_open_needs_a_statutory_reason(attribute: DisclosureAttribute) -> None:
    assert codes(attribute) == ["ATTR-REASON"]


def test_a_reason_left_to_the_agency_has_to_be_explained() -> None:
    assert codes(DisclosureAttribute.NOT_OPEN, ExemptionReason.DELIBERATIVE) == ["ATTR-EXPLAIN"]
    assert codes(DisclosureAttribute.NOT_OPEN, ExemptionReason.DELIBERATIVE, "讨论稿，尚未定稿") == []
    assert codes(DisclosureAttribute.NOT_OPEN, ExemptionReason.STATE_SECRET) == []


def test_a_limited_audience_is_no_exemption() -> None:
    assert codes(DisclosureAttribute.NOT_OPEN, ExemptionReason.LIMITED_AUDIENCE, "仅涉及个别单位") == [
        "ATTR-NOT-EXEMPT"
    ]
    assert codes(DisclosureAttribute.ON_REQUEST, ExemptionReason.LIMITED_AUDIENCE, "仅涉及个别单位") == []


def test_only_open_and_redacted_information_belongs_on_the_portal() -> None:
    assert [a.label for a in DisclosureAttribute if a.is_public] == ["主动公开", "删减后公开"]


def test_every_attribute_has_the_marking_for_the_document() -> None:
    assert DisclosureAttribute.ON_REQUEST.marking == "此件依申请公开"
    assert {attribute.marking[:2] for attribute in DisclosureAttribute} == {"此件"}


@pytest.mark.parametrize("code", ["91350100M000100Y44", "91350100M000100Y4", "91350100M000100O43", ""])
def test_a_wrong_social_credit_code_is_recognised(code: str) -> None:
    assert not is_social_credit_code(code)


def test_check_digits_of_the_standards() -> None:
    assert is_social_credit_code("91350100M000100Y43")
    assert organisation_check_digit("D2143569") == "X"


def test_any_change_of_what_the_public_sees_changes_the_fingerprint() -> None:
    content = {
        "title": "通知",
        "formed_on": date(2025, 6, 3),
        "fee": Decimal("1.50"),
        "attachments": [{"sha256": "aa"}],
    }
    assert fingerprint(content) == fingerprint(dict(reversed(content.items())))
    assert fingerprint(content) == fingerprint({**content, "fee": Decimal("1.5")})
    assert fingerprint(content) != fingerprint({**content, "attachments": [{"sha256": "ab"}]})
    assert fingerprint(content) != fingerprint({**content, "title": "通知 "})


def test_a_value_without_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError):
        fingerprint({"share": 0.1})
