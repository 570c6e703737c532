"""The register of normative documents: validity on a day, and the figures of table 2."""

from __future__ import annotations

from datetime import date

from gongkai.information.normative import (
    NormativeDocument,
    NormativeEvent,
    NormativeEventKind,
    Validity,
    YearCounts,
    count_year,
)

KIND = NormativeEventKind


def document(*events: NormativeEvent, until: date | None = date(2025, 1, 31)) -> NormativeDocument:
    return NormativeDocument(date(2020, 1, 2), date(2020, 2, 1), until, events)


def test_before_it_takes_effect_it_does_not_bind() -> None:
    assert document().validity(date(2020, 1, 31)) is Validity.NOT_YET
    assert document().validity(date(2020, 2, 1)) is Validity.IN_FORCE


def test_it_expires_by_itself_on_the_day_after_its_period() -> None:
    assert document().validity(date(2025, 1, 31)) is Validity.IN_FORCE
    assert document().validity(date(2025, 2, 1)) is Validity.EXPIRED
    assert document(until=None).validity(date(2099, 1, 1)) is Validity.IN_FORCE


def test_an_extension_moves_the_last_day() -> None:
    extended = document(NormativeEvent(KIND.EXTENDED, date(2025, 1, 5), until=date(2027, 1, 31)))
    assert extended.validity(date(2026, 6, 1)) is Validity.IN_FORCE
    assert extended.validity(date(2027, 2, 1)) is Validity.EXPIRED


def test_repeal_ends_it_whatever_its_period() -> None:
    repealed = document(NormativeEvent(KIND.REPEALED, date(2023, 3, 1)))
    assert repealed.validity(date(2023, 2, 28)) is Validity.IN_FORCE
    assert repealed.validity(date(2023, 3, 1)) is Validity.REPEALED
    assert repealed.validity(date(2026, 1, 1)) is Validity.REPEALED


def test_an_amended_document_still_binds() -> None:
    amended = document(NormativeEvent(KIND.AMENDED, date(2022, 1, 1)))
    assert amended.validity(date(2021, 12, 31)) is Validity.IN_FORCE
    assert amended.validity(date(2022, 1, 1)) is Validity.AMENDED
    assert Validity.AMENDED.binds
    assert not Validity.REPEALED.binds


def test_the_years_figures_count_what_was_issued_ended_and_still_stands() -> None:
    documents = [
        NormativeDocument(date(2024, 3, 1), date(2024, 4, 1)),
        NormativeDocument(date(2023, 3, 1), date(2023, 4, 1)),
        document(NormativeEvent(KIND.REPEALED, date(2024, 7, 1))),
        NormativeDocument(date(2019, 1, 1), date(2019, 1, 1), in_force_until=date(2023, 12, 30)),
        NormativeDocument(date(2025, 1, 1), date(2025, 1, 1)),
    ]
    assert count_year(documents, year=2024) == YearCounts(issued=1, repealed=1, in_force=2)


def test_the_carry_over_of_documents_in_force_adds_up() -> None:
    documents = [document(), NormativeDocument(date(2024, 3, 1), date(2024, 4, 1))]
    before, after = (count_year(documents, year=year) for year in (2024, 2025))
    assert before.in_force + after.issued - after.repealed == after.in_force
