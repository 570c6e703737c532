"""The register: every value has a source, a history without gaps, and a day on which it was in force."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from gongkai.law import NotInForceError, in_force, provisions, sources, versions

UNCHECKED = {
    "deadline.answer 2008-05-01",
    "deadline.answer_extension 2008-05-01",
    "deadline.enforcement_result 2018-12-05",
    "deadline.enforcement_statistics 2018-12-05",
    "deadline.appeal 2015-05-01",
    "deadline.fee_restart 2021-01-01",
    "deadline.litigation_defence 2015-05-01",
    "deadline.reanswer 2019-05-15",
    "deadline.reconsideration_defence 2024-01-01",
    "deadline.reconsideration_defence_simple 2024-01-01",
    "deadline.service_net 2019-05-15",
    "deadline.proactive 2008-05-01",
    "deadline.report_department 2008-05-01",
    "deadline.report_government 2008-05-01",
    "fee.no_separate_remedy 2021-01-01",
    "fee.treasury 2021-01-01",
    "letter.not_processed.reconfirmation 2019-05-15",
    "letter.other_outcome.other 2019-05-15",
    "outcome.not_processed.reconfirmation 2019-05-15",
    "outcome.other_outcome.other 2019-05-15",
    "remedy.no_answer 2024-01-01",
    "remedy.query 2024-01-01",
}


@pytest.mark.parametrize(
    ("name", "value", "citation"),
    [
        ("deadline.correction_notice", 7, "条例第三十条"),
        ("deadline.answer", 20, "条例第三十三条第二款"),
        ("deadline.answer_extension", 20, "条例第三十三条第二款"),
        ("deadline.third_party", 15, "条例第三十二条"),
        ("deadline.coauthor", 15, "条例第三十四条"),
        ("deadline.proactive", 20, "条例第二十六条"),
        ("deadline.fee_payment", 20, "信息处理费管理办法第六条；四川信息处理费通知"),
        ("deadline.report_department", "01-31", "条例第四十九条第一款"),
        ("deadline.report_government", "03-31", "条例第四十九条第二款"),
        ("deadline.reconsideration", 60, "行政复议法第二十条第一款"),
        ("deadline.litigation", 6, "行政诉讼法第四十六条第一款"),
        ("deadline.litigation_after_reconsideration", 15, "行政诉讼法第四十五条"),
    ],
)
def test_what_is_in_force_today_and_where_it_says_so(name: str, value: int | str, citation: str) -> None:
    provision = in_force(name, on=date(2025, 6, 1))
    assert (provision.value, provision.citation, provision.checked_on) == (value, citation, date(2025, 4, 30))


def test_silence_means_opposite_things_to_a_third_party_and_a_coauthor() -> None:
    on = date(2025, 6, 1)
    assert in_force("deadline.third_party", on=on).terms["on_silence"] == "由行政机关依照条例的规定决定是否公开"
    assert in_force("deadline.coauthor", on=on).terms["on_silence"] == "视为同意公开"


def test_a_value_ends_the_day_before_the_next_begins() -> None:
    old, new = versions("deadline.answer")
    assert (old.value, old.until, new.since) == (15, date(2019, 5, 15), date(2019, 5, 15))
    assert in_force("deadline.answer", on=date(2019, 5, 14)) == old
    assert in_force("deadline.answer", on=date(2019, 5, 15)) == new


def test_before_the_first_value_nothing_was_in_force() -> None:
    with pytest.raises(NotInForceError) as caught:
        in_force("fee.items", on=date(2020, 12, 31))
    assert caught.value.message == "2020-12-31 时，“按件计收”尚无规定（2021-01-01 起施行，信息处理费管理办法第四条）。"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(NotInForceError, match=r"没有名为“deadline\.lunch”的规定"):
        in_force("deadline.lunch", on=date(2025, 1, 1))


def test_a_text_is_no_number_of_days() -> None:
    with pytest.raises(TypeError):
        _ = in_force("deadline.fee_notice", on=date(2025, 1, 1)).days


def test_a_citation_in_full_names_title_number_and_place() -> None:
    refusal = in_force("remedy.refusal", on=date(2024, 6, 1))
    assert refusal.cites[0].text == (
        "《中华人民共和国行政复议法（2023年修订）》（主席令第九号）第二十三条第一款第（四）项"
    )


def test_every_value_cites_a_source_on_record() -> None:
    known = set(sources())
    assert [p.name for p in provisions() if not p.cites or any(c.source.key not in known for c in p.cites)] == []


def test_the_statutory_days_cite_sources_on_record_and_take_force_with_them() -> None:
    text = (files("gongkai.law") / "data" / "calendar" / "statutory.toml").read_text("utf-8")
    cited = [(sources()[v["cite"]["source"]].in_force_from, v["from"]) for v in tomllib.loads(text)["versions"]]
    assert cited == [(date(2008, 1, 1),) * 2, (date(2014, 1, 1),) * 2, (date(2025, 1, 1),) * 2]


def test_every_source_is_cited_or_told_why_it_is_kept() -> None:
    cited = {cite.source.key for provision in provisions() for cite in provision.cites}
    kept = {
        "civil_procedure_2023",  # how periods are counted
        "receipt_letter_2015",  # when an application counts as received
        "holiday_rules_2007",  # the statutory days off, in calendar/statutory.toml
        "holiday_rules_2013",
        "holiday_rules_2024",
    }
    assert set(sources()) - cited == kept


def test_a_value_takes_no_force_before_its_source() -> None:
    early = [
        p.name
        for p in provisions()
        for c in p.cites
        if c.source.in_force_from is not None and p.since < c.source.in_force_from
    ]
    assert early == []


def test_a_value_from_a_text_that_nobody_read_is_unchecked() -> None:
    unread = [p for p in provisions() if all(cite.source.read == "none" for cite in p.cites)]
    assert unread
    assert [p.name for p in unread if p.checked_on is not None] == []


def test_the_unchecked_values_are_these() -> None:
    assert {f"{p.name} {p.since}" for p in provisions() if p.checked_on is None} == UNCHECKED


def test_histories_are_in_order_and_without_gaps() -> None:
    for name in {p.name for p in provisions()}:
        history = versions(name)
        assert [p.until for p in history[:-1]] == [p.since for p in history[1:]]
        assert history[-1].until is None
