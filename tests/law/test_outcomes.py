"""The 21 outcomes, the exemptions behind them, and what has to be published unasked."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual_report import formats
from gongkai.law import NotInForceError
from gongkai.law.outcomes import Duty, Finality, exemptions, obligations, outcome, outcome_keys, outcomes

ON = date(2025, 6, 1)


def test_the_outcomes_are_the_leaf_rows_of_the_form() -> None:
    assert outcome_keys() == formats.load("2021").leaf_rows


def test_the_labels_are_those_of_the_form() -> None:
    labels = {row.key: row.label for row in formats.load("2021").rows}
    wrong = [o.key for o in outcomes(on=ON) if o.label not in labels[o.key]]
    assert wrong == []


def test_every_outcome_has_its_row_in_both_forms() -> None:
    for form in ("2019", "2021"):
        rows = {row.key for row in formats.load(form).rows}
        assert [o.key for o in outcomes(on=ON) if o.row(form) not in rows] == []


@pytest.mark.parametrize(
    ("key", "citation"),
    [
        ("granted", "条例第三十六条第（一）项；条例第三十六条第（二）项"),
        ("partly_granted", "条例第三十七条"),
        ("refused.state_secret", "条例第十四条"),
        ("refused.third_party_rights", "条例第十五条；条例第三十二条"),
        ("refused.internal_affairs", "条例第十六条第一款"),
        ("refused.enforcement_file", "条例第十六条第二款"),
        ("refused.administrative_query", "条例第三十六条第（七）项"),
        ("unavailable.not_held", "条例第三十六条第（四）项；条例第三十六条第（五）项"),
        ("unavailable.needs_creation", "条例第三十八条"),
        ("unavailable.still_unclear", "条例第三十条"),
        ("not_processed.petition", "条例第三十九条第一款"),
        ("not_processed.repeated", "条例第三十六条第（六）项"),
        ("not_processed.publication", "条例第三十九条第二款"),
        ("not_processed.abusive", "条例第三十五条"),
        ("other_outcome.not_corrected", "条例第三十条"),
        ("other_outcome.fee_unpaid", "信息处理费管理办法第六条"),
    ],
)
def test_the_legal_basis_of_an_outcome(key: str, citation: str) -> None:
    assert outcome(key, on=ON).provision.citation == citation


def test_the_rows_of_group_six_end_a_case_without_an_answer() -> None:
    ended = [o.key for o in outcomes(on=ON) if o.finality is Finality.ENDED]
    assert ended == ["other_outcome.not_corrected", "other_outcome.fee_unpaid", "other_outcome.other"]


def test_nobody_could_leave_a_fee_unpaid_before_there_were_fees() -> None:
    assert len(outcomes(on=date(2020, 6, 1))) == 20
    with pytest.raises(NotInForceError):
        outcome("other_outcome.fee_unpaid", on=date(2020, 6, 1))


def test_exemptions_of_article_16_are_a_discretion() -> None:
    may = [e.key for e in exemptions(on=ON) if e.duty is Duty.MAY]
    assert may == ["internal_affairs", "deliberative", "enforcement_file"]


def test_every_exemption_leads_to_a_refusal() -> None:
    assert {e.outcome for e in exemptions(on=ON)} == {
        key for key in outcome_keys() if key.startswith("refused.") and key != "refused.administrative_query"
    }


def test_article_20_has_fifteen_items() -> None:
    items = [o for o in obligations(on=ON) if o.provision.cites[0].article == "二十"]
    assert [o.provision.cites[0].item for o in items] == [
        *"一二三四五六七八九十",
        *("十一", "十二", "十三", "十四", "十五"),
    ]


def test_counties_and_townships_have_obligations_of_their_own() -> None:
    county = {o.key for o in obligations(on=ON, who="city_county")} - {o.key for o in obligations(on=ON, who="all")}
    assert county == {"local_construction", "local_expropriation", "local_security"}
