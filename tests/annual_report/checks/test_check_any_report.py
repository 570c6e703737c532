"""Whatever a report holds, checking answers with findings that can be shown and told apart."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from check_cases import report
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual_report import formats
from gongkai.annual_report.checks import check
from gongkai.annual_report.model import Cell, CellState
from gongkai.annual_report.naming import place_label

# Without braces, which would look like a template that was not filled in.
WORDS = st.characters(exclude_characters="{}", exclude_categories=["Cs"])
NUMBERS = st.none() | st.integers(-5, 10**9) | st.decimals("-10", "1e12", places=7)
CELLS = st.builds(Cell, NUMBERS, st.sampled_from(list(CellState)), st.text(WORDS, max_size=5))
DATES = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
NAMES = (
    st.none()
    | st.text(WORDS, max_size=12)
    | st.sampled_from(["某某县卫生健康局", "某某市人民政府", "某某镇人民政府", "区"])
)
MEMBERS = st.fixed_dictionaries(
    {
        "agency": NAMES,
        "year": st.none() | st.integers(-10, 20_000),
        "title": st.none() | st.text(WORDS, max_size=30),
        "signed_on": DATES,
        "published_on": DATES,
        "unsplit": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["2019", "2021"]),
    st.dictionaries(st.sampled_from(sorted(formats.load("2021").cells)), CELLS, max_size=40),
    MEMBERS,
    MEMBERS,
    DATES,
)
def test_findings_can_be_shown_and_told_apart(
    form: str, figures: dict[str, Cell], members: dict[str, object], earlier: dict[str, object], on: date | None
) -> None:
    known = formats.load(form, unsplit=bool(members["unsplit"])).cells
    checked = report({path: cell for path, cell in figures.items() if path in known}, form=form, **members)
    findings = check(checked, previous=report(form=form, **earlier), on=on)
    assert len({finding.fingerprint for finding in findings}) == len(findings)
    for finding in findings:
        json.dumps(finding.to_json())
        assert finding.message
        assert "{" not in finding.message + finding.hint + finding.rule + finding.citation
        assert place_label(finding.place, checked.format)
        assert not isinstance(finding.left, Decimal) or finding.left.is_finite()
