"""The bundled example: its page and its JSON are one report, with the errors that it is meant to show."""

from __future__ import annotations

from test_round_trip import figures, frame, narrative

from gongkai.annual_report.checks import check
from gongkai.annual_report.examples import DOCUMENT, PAGE
from gongkai.annual_report.reading import read


def test_page_and_document_are_the_same_report() -> None:
    (page,), (document,) = (read(path.read_bytes(), name=path.name) for path in (PAGE, DOCUMENT))
    assert figures(page) == figures(document)
    assert frame(page) == frame(document)
    assert narrative(page) == narrative(document)
    assert page.doubts == ()


def test_the_page_is_read_with_its_figures() -> None:
    (report,) = read(PAGE.read_bytes(), name=PAGE.name)
    assert (report.agency, report.year, report.value("applications.received.total")) == (
        "云溪市卫生健康委员会",
        2024,
        38,
    )
    assert str(report.value("proactive.fees.amount_wan")) == "86.4520"
    assert str(report.published_on) == "2025-01-20"


def test_the_errors_that_it_is_meant_to_show_are_found() -> None:
    (report,) = read(DOCUMENT.read_bytes(), name=DOCUMENT.name)
    found = {(one.code, one.left, one.right) for one in check(report)}
    assert found >= {("CF-REMEDY", 3, 4), ("TEXT-PROACTIVE", 316, 261), ("TEXT-LIST", 1286, 1296)}
