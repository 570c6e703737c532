"""The glossary and the forms speak of the same things by the same names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.annual_report import formats

GLOSSARY = Path(__file__).parent.parent / "docs" / "glossary.md"


def terms() -> dict[str, set[str]]:
    """Chinese term → the identifiers that the page gives it (a term may stand in several tables)."""
    found: dict[str, set[str]] = {}
    for chinese, identifiers in re.findall(r"^\| ([^|]+?) \| ([a-z_, ]+?) \|$", GLOSSARY.read_text("utf-8"), re.M):
        found.setdefault(chinese, set()).update(identifiers.split(", "))
    return found


def bare(label: str) -> str:
    """The label without its number and its bracketed instruction: （二）部分公开（区分…） → 部分公开."""
    unnumbered = re.sub(r"^(（[一二三四五六七]）|[一二三四]、|\d\.)", "", label)
    return re.sub(r"（区分.*）$", "", unnumbered)


@pytest.mark.parametrize("form", [formats.load("2019"), formats.load("2021")], ids=lambda form: form.id)
def test_every_row_and_column_of_a_form_is_in_the_glossary(form: formats.Format) -> None:
    known = terms()
    rows = [(row.label, row.key) for block in form.blocks for row in block.rows]
    rows += [(row.label, row.key) for row in form.rows]
    columns = [column for block in form.blocks for column in block.columns]
    columns += [*form.columns, *form.remedy_columns]
    named = [*rows, *((c.label, c.key) for c in columns), *((g.label, g.key) for g in form.remedy_groups)]
    missing = [(label, key) for label, key in named if key.split(".")[-1] not in known.get(bare(label), set())]
    assert missing == []


@pytest.mark.parametrize("form", [formats.load("2019"), formats.load("2021")], ids=lambda form: form.id)
def test_every_section_of_a_form_is_in_the_glossary(form: formats.Format) -> None:
    known = terms()
    assert [s.heading for s in form.sections if s.key not in known.get(s.heading, set())] == []
