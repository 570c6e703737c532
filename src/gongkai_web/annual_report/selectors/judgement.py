"""What is wrong with a draft, what has been explained, and whether it may be frozen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from gongkai.annual_report.checks import Finding, Severity, check
from gongkai.annual_report.formats import Section
from gongkai.annual_report.naming import place_label
from gongkai_web.annual_report.models import AnnualReport, Explanation
from gongkai_web.annual_report.selectors.draft import Draft

REQUIRED = ("overview", "problems", "other_matters")
FACTS = frozenset({"DATE-LATE"})
"""Errors that are facts: a late report stays late, and nobody is to be led to antedate it."""
PLACEHOLDER = "〔待填写〕"
"""Stands in ready paragraphs for what only a person knows."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the explanation that stands for it, if any, and the place in Chinese words."""

    finding: Finding
    where: str
    anchor: str
    explanation: Explanation | None = None

    @property
    def blocks(self) -> bool:
        """Does it keep the report from being frozen? Errors do, warnings until they are explained."""
        if self.finding.severity is Severity.NOTE:
            return False
        return self.explanation is None or not self.may_be_explained

    @property
    def may_be_explained(self) -> bool:
        """Errors are mended, not explained, but for those that nobody can mend any more."""
        return self.finding.severity is Severity.WARNING or self.finding.code in FACTS


@dataclass(frozen=True)
class Judgement:
    """Every finding about a draft, errors first."""

    draft: Draft
    judged: tuple[Judged, ...]

    @cached_property
    def by_anchor(self) -> dict[str, list[Judged]]:
        """Findings by the place on the screen that bears their badge."""
        found: dict[str, list[Judged]] = defaultdict(list)
        for one in self.judged:
            found[one.anchor].append(one)
        return dict(found)

    @property
    def blocking(self) -> list[Judged]:
        """What has to be mended or explained first."""
        return [one for one in self.judged if one.blocks]

    @cached_property
    def unwritten(self) -> list[str]:
        """What a person still has to write, as Chinese sentences: empty sections, places left to be filled in."""
        return [sentence for section in self.draft.row.format.sections if (sentence := self._gap(section))]

    def _gap(self, section: Section) -> str:
        text = self.draft.report.sections.get(section.key, "")
        if section.key in REQUIRED and not text:
            return f"“{section.full_heading}”还没有写。"
        return f"“{section.full_heading}”中还有“{PLACEHOLDER}”没有填写。" if PLACEHOLDER in text else ""

    @property
    def waiting(self) -> int:
        """How many things have to be done before the report may be frozen."""
        return len(self.blocking) + len(self.draft.binding_problems) + len(self.unwritten)

    @property
    def ready(self) -> bool:
        """May the report be frozen as far as its content goes?"""
        return not (self.waiting or self.draft.provisional)

    def of(self, severity: Severity) -> list[Judged]:
        """The findings of one severity."""
        return [one for one in self.judged if one.finding.severity is severity]

    @property
    def groups(self) -> list[tuple[str, str, list[Judged]]]:
        """Severity, its Chinese name, its findings; empty groups left out."""
        named = [(severity.value, severity.label, self.of(severity)) for severity in Severity]
        return [group for group in named if group[2]]


def judge(draft: Draft) -> Judgement:
    """Run every check on the draft as it would be written now."""
    findings = check(draft.report, previous=draft.previous, on=draft.today)
    explained = explanations_of(draft.row)
    form = draft.row.format
    return Judgement(
        draft,
        tuple(
            Judged(
                finding,
                place_label(finding.place, form),
                anchor_of(finding.place, draft),
                explained.get(finding.fingerprint),
            )
            for finding in findings
        ),
    )


def explanations_of(report: AnnualReport) -> dict[str, Explanation]:
    """The newest explanation for each fingerprint."""
    if report.pk is None:
        return {}
    return {row.fingerprint: row for row in Explanation.objects.filter(report=report).order_by("id")}


def anchor_of(place: str, draft: Draft) -> str:
    """The id of the element that shows a place: the cell, the first cell of a pattern, the section, the signature."""
    if place in draft.cells:
        return cell_anchor(place)
    kind, _, key = place.partition(".")
    if kind in ("sections", "headings"):
        return f"text-{key}" if key in draft.texts else "text-overview"
    if "*" in place or any(path.startswith(f"{place}.") for path in draft.cells):
        first = next((path for path in draft.cells if _matches(path, place)), "")
        if first:
            return cell_anchor(first)
    return "signature"


def cell_anchor(path: str) -> str:
    """The id of a cell's element."""
    return f"cell-{path.replace('.', '-')}"


def _matches(path: str, pattern: str) -> bool:
    """`applications.*.total`: the star stands for a row, which may have a point in its key."""
    table, _, rest = pattern.partition(".")
    if not path.startswith(f"{table}."):
        return False
    inner = path.removeprefix(f"{table}.")
    row, _, column = inner.rpartition(".")
    wanted_row, _, wanted_column = rest.rpartition(".") if "*" in rest else (rest, "", "*")
    if "." not in rest and "*" not in rest:
        wanted_row, wanted_column = rest, "*"
    return wanted_row in ("*", row, "") and wanted_column in ("*", column)
