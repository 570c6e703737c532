"""Tables 三 and 四 counted from ledgers, and the identities that hold for any set of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report import formats
from gongkai.applications import Entry, LedgerError, derive, figures, prove_carry, report_cells
from gongkai.applications import details as d
from gongkai.applications.applicants import ApplicantType
from gongkai.applications.figures import cell_paths
from gongkai.applications.proceedings import defence_due
from gongkai.law.events import EventKind as K

from .telling import answered, day, decided, decision, filed, random_ledger, received, told

PUBLIC = decision("granted", how="网址")
NOT_HELD = decision("unavailable.not_held", "二", reason="没有", search_record="已检索")


def test_an_application_counts_by_the_year_of_receipt_and_of_reply() -> None:
    ledger = told(received("2024-12-20"), answered("2025-01-10", PUBLIC))
    assert report_cells(ledger, 2023) == ()
    assert report_cells(ledger, 2024) == (
        "applications.received.natural_person",
        "applications.received.total",
        "applications.carried_out.natural_person",
        "applications.carried_out.total",
    )
    assert report_cells(ledger, 2025)[::2] == (
        "applications.carried_in.natural_person",
        "applications.granted.natural_person",
        "applications.total.natural_person",
    )
    assert report_cells(ledger, 2026) == ()


def test_severance_counts_once_as_partly_granted() -> None:
    ledger = told(received("2025-03-03"), answered("2025-03-10", PUBLIC, NOT_HELD))
    assert derive(ledger).course.outcome == "partly_granted"


def test_items_that_end_differently_without_disclosure_count_as_chosen_and_unverified() -> None:
    mixed = (decision(), NOT_HELD)
    chosen = derive(
        told(received("2025-03-03"), answered("2025-03-10", *mixed, counted_as="not_processed.publication"))
    )
    assert chosen.course.outcome == "not_processed.publication"
    assert derive(told(received("2025-03-03"), answered("2025-03-10", *mixed))).course.outcome == "unavailable.not_held"
    assert "各项结果不同且均未公开的，只计一种结果" in chosen.course.unverified
    with pytest.raises(LedgerError, match="不是各项的处理结果"):
        told(received("2025-03-03"), answered("2025-03-10", *mixed, counted_as="granted"))


def test_a_merger_in_the_year_of_receipt_counts_nowhere_and_later_as_other() -> None:
    assert report_cells(told(received("2025-03-03"), Entry(K.MERGED, day("2025-03-04"), d.MergedInto("2"))), 2025) == ()
    later = told(received("2024-12-30"), Entry(K.MERGED, day("2025-01-02"), d.MergedInto("2")))
    assert "applications.other_outcome.other.total" in report_cells(later, 2025)


def test_the_form_of_2019_has_one_row_for_other_outcomes() -> None:
    ledger = told(received("2020-03-03"), Entry(K.WITHDRAWN, day("2020-03-04")))
    assert "applications.other_outcome.total" in report_cells(ledger, 2020)
    with pytest.raises(LedgerError, match="2018年的年度报告没有"):
        report_cells(ledger, 2018)


def test_a_proceeding_is_pending_until_its_result_and_again_after_an_appeal() -> None:
    suit = d.RemedyGroup.LITIGATION_DIRECT
    ledger = told(
        received("2022-03-03"),
        answered("2022-03-10"),
        filed("2022-05-05", "诉1", suit),
        decided("2023-02-01", "诉1"),
        Entry(K.REMEDY_APPEALED, day("2023-02-10"), d.RemedyAppealed("诉1")),
        decided("2024-02-01", "诉1", d.RemedyResult.CORRECTED),
    )
    stood = [[c.split(".")[2] for c in report_cells(ledger, y) if c.startswith("remedies")] for y in range(2021, 2026)]
    assert stood == [[], ["pending", "total"], ["pending", "total"], ["corrected", "total"], []]


def test_complaints_are_not_in_table_four() -> None:
    ledger = told(received("2025-03-03"), filed("2025-03-04", group=d.RemedyGroup.COMPLAINT))
    assert [cell for cell in report_cells(ledger, 2025) if cell.startswith("remedies")] == []


@pytest.mark.parametrize("year", [2020, 2025])
def test_every_cell_of_both_tables_is_there_even_where_it_is_zero(year: int) -> None:
    form = formats.load("2019" if year == 2020 else "2021")
    of_form = {cell for cell in form.cells if cell.split(".")[0] in ("applications", "remedies")}
    assert set(cell_paths(year)) == of_form
    assert set(figures([], year)) == of_form


@given(st.lists(st.integers(0, 100_000), max_size=25), st.integers(2019, 2027))
@settings(deadline=None, max_examples=80)
def test_the_identities_of_the_form_hold_for_any_set_of_ledgers(seeds: list[int], year: int) -> None:
    counted = figures((random_ledger(seed, case_id=str(n)) for n, seed in enumerate(seeds)), year)
    form = formats.load("2019" if year <= 2020 else "2021")
    columns = [kind.value for kind in ApplicantType] + ["total"]
    rows = [row.key for row in form.rows]
    outcomes = [row for row in rows if row not in ("received", "carried_in", "total", "carried_out")]
    n = {path: len(cases) for path, cases in counted.items()}
    for column in columns:
        assert sum(n[f"applications.{row}.{column}"] for row in outcomes) == n[f"applications.total.{column}"]
        come = n[f"applications.received.{column}"] + n[f"applications.carried_in.{column}"]
        assert come == n[f"applications.total.{column}"] + n[f"applications.carried_out.{column}"]
    for row in rows:
        assert sum(n[f"applications.{row}.{c}"] for c in columns[:-1]) == n[f"applications.{row}.total"]
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        stood = sum(n[f"remedies.{group}.{c}"] for c in ("upheld", "corrected", "other", "pending"))
        assert stood == n[f"remedies.{group}.total"]


@given(st.lists(st.integers(0, 100_000), max_size=25), st.integers(2020, 2027))
@settings(deadline=None, max_examples=80)
def test_what_is_carried_in_was_carried_out_for_each_kind_of_applicant(seeds: list[int], year: int) -> None:
    ledgers = [random_ledger(seed, case_id=str(n)) for n, seed in enumerate(seeds)]
    assert [carry.column for carry in prove_carry(ledgers, year) if not carry.holds] == []


def test_a_report_that_left_a_case_out_is_found() -> None:
    ledger = told(received("2024-12-20"), case_id="A")
    carry = prove_carry([ledger], 2025, reported=figures([], 2024))
    assert [(one.column, one.appeared) for one in carry if not one.holds] == [
        ("natural_person", ("A",)),
        ("total", ("A",)),
    ]


@pytest.mark.parametrize(
    ("group", "simple", "due"),
    [
        (d.RemedyGroup.RECONSIDERATION, False, date(2025, 3, 17)),
        (d.RemedyGroup.RECONSIDERATION, True, date(2025, 3, 10)),
        (d.RemedyGroup.LITIGATION_DIRECT, False, date(2025, 3, 18)),
        (d.RemedyGroup.COMPLAINT, False, None),
    ],
)
def test_the_agency_defends_itself_in_time(group: d.RemedyGroup, simple: bool, due: date | None) -> None:  # noqa: FBT001
    assert defence_due(d.RemedyFiled("1", group, "市政府", day("2025-03-03"), simple)) == due
