"""What the rules say about every member's report, with the year before beside it. Computed once per report, cached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import cache

from gongkai.annual_report.checks import check
from gongkai.annual_report.checks.finding import Finding, Severity
from gongkai.annual_report.naming import place_label
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import Explanation
from gongkai_web.annual_report.supervision.filed import Filed, filed

_KEPT = 24 * 3600  # seconds
_VERSION = 1  # a change of the rules comes with a new release, which starts with an empty cache
ACROSS_YEARS = "YEAR-"


@dataclass(frozen=True)
class Judged:
    """One member's report with what was found; `explained` holds the fingerprints that its own people explained."""

    filed: Filed
    findings: tuple[Finding, ...]
    explained: Mapping[str, str]
    compared: bool

    @property
    def errors(self) -> int:
        """Findings of severity error."""
        return sum(one.severity is Severity.ERROR for one in self.findings)

    @property
    def warnings(self) -> int:
        """Warnings that nobody has explained."""
        return sum(one.severity is Severity.WARNING and one.fingerprint not in self.explained for one in self.findings)

    @property
    def across_years(self) -> list[Finding]:
        """What does not tie with the report of the year before."""
        return [one for one in self.findings if one.code.startswith(ACROSS_YEARS)]

    def where(self, finding: Finding) -> str:
        """The place in words of the form."""
        return place_label(finding.place, self.filed.report.format)


def judge(agencies: Iterable[Agency], year: int) -> dict[int, Judged]:
    """The findings of every report that is there, by the number of the agency."""
    bodies = list(agencies)
    reports, before = filed(bodies, year), filed(bodies, year - 1)
    explained = _explained(reports)
    return {key: _judged(one, before.get(key), explained.get(key, {})) for key, one in reports.items()}


def by_code(judged: Iterable[Judged]) -> list[tuple[str, Severity, int]]:
    """Each code with its gravest severity and in how many reports it was found, the most frequent first."""
    reports: Counter[str] = Counter()
    gravest: dict[str, Severity] = {}
    order = list(Severity)
    for one in judged:
        for code in {finding.code for finding in one.findings}:
            reports[code] += 1
        for finding in one.findings:
            known = gravest.get(finding.code, finding.severity)
            gravest[finding.code] = min(known, finding.severity, key=order.index)
    return [(code, gravest[code], number) for code, number in reports.most_common()]


def _judged(one: Filed, before: Filed | None, explained: Mapping[str, str]) -> Judged:
    key = f"annual_report.findings.{_VERSION}.{one.fingerprint}.{before.fingerprint if before else ''}"
    found: tuple[Finding, ...] | None = cache.get(key)
    if found is None:
        found = tuple(check(one.report, previous=before.report if before else None))
        cache.set(key, found, _KEPT)
    return Judged(one, found, explained, before is not None)


def _explained(reports: Mapping[int, Filed]) -> dict[int, dict[str, str]]:
    keys = {one.version.report_id: agency for agency, one in reports.items() if one.version is not None}
    found: dict[int, dict[str, str]] = {}
    rows = Explanation.objects.filter(report__in=keys).order_by("id").values_list("report_id", "fingerprint", "text")
    for report, fingerprint, text in rows:
        found.setdefault(keys[report], {})[fingerprint] = text
    return found
