"""Every code has a rule that gives it and a test that sees it; every rule is registered."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

from gongkai.annual_report import checks
from gongkai.annual_report.checks import narrative, runner
from gongkai.annual_report.checks.catalogue import ENTRIES, GROUPS, entry
from gongkai.annual_report.checks.catalogue import narrative as narrative_codes
from gongkai.annual_report.checks.registry import RULES

NARRATIVE = {row.code for row in narrative_codes.ENTRIES}


def _modules(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(module.name) for module in found]


def test_codes_are_unique_and_well_formed() -> None:
    listed = [row.code for group in GROUPS.values() for row in group]
    assert len(listed) == len(set(listed)) == len(ENTRIES)
    assert [code for code in listed if not re.fullmatch(r"[A-Z]+[0-9]?(-[A-Z0-9]+)+", code)] == []


@pytest.mark.parametrize("code", sorted(ENTRIES))
def test_a_row_says_everything_a_reader_needs(code: str) -> None:
    row = entry(code)
    assert all((row.title, row.rule, row.message, row.hint, row.explanation))


def test_no_rule_goes_unregistered() -> None:
    modules = [module for module in _modules(checks) if not module.__name__.startswith(narrative.__name__)]
    written = {
        (module.__name__, name)
        for module in modules
        for name, member in vars(module).items()
        if name.startswith("rule_") and member.__module__ == module.__name__
    }
    assert written == {(rule.__module__, rule.__name__) for rule in RULES}
    assert {module for module, _ in written} == {module.__name__ for module in runner.MODULES}


def test_every_code_is_spoken_for_by_one_rule() -> None:
    claimed = [code for codes in RULES.values() for code in codes]
    assert sorted(claimed) == sorted(set(ENTRIES) - NARRATIVE)


def test_every_narrative_code_is_used_by_the_audit() -> None:
    written = "".join(path.read_text("utf-8") for path in Path(narrative.__path__[0]).rglob("*.py"))
    assert [code for code in sorted(NARRATIVE) if f'"{code}"' not in written] == []


def test_every_rule_quotes_its_source() -> None:
    assert [rule.__name__ for rule in RULES if not rule.__doc__] == []


def test_every_code_is_seen_by_a_test() -> None:
    here = Path(__file__).parent
    written = "".join(path.read_text("utf-8") for path in here.rglob("*") if path.suffix in (".py", ".toml", ".txt"))
    assert [code for code in sorted(ENTRIES) if f'"{code}"' not in written] == []
