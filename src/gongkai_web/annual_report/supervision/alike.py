"""Narratives that repeat last year's, or another body's: pairs, shares, passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from gongkai.annual_report.checks.narrative.improvement import COPIED
from gongkai.annual_report.model import Report
from gongkai.annual_report.similarity import Alike, Piece, alike, pieces, similarity
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.supervision.filed import Filed, filed

_KEPT = 24 * 3600  # seconds
LIMIT = COPIED
"""Share from which the check PROBLEMS-COPIED speaks."""
NARRATIVE = ("overview", "problems", "other_matters")
BETWEEN = 0.6
"""Share from which two bodies' texts are shown as a pair; it is a reason to look, not a verdict."""


@dataclass(frozen=True)
class AgainstLastYear:
    """One body: how much of each section stood in last year's report. Shares from 0 to 1, None where unknown."""

    agency: Agency
    now: Filed
    before: Filed
    shares: dict[str, float | None]

    @property
    def is_copied(self) -> bool:
        """Is 五、存在的主要问题及改进情况 mostly last year's (the limit of the check PROBLEMS-COPIED)?"""
        return (self.shares.get("problems") or 0) > COPIED


@dataclass(frozen=True)
class Pair:
    """Two bodies whose texts are alike."""

    one: Agency
    other: Agency
    share: float


@dataclass(frozen=True)
class SideBySide:
    """One section of two reports with what they share."""

    heading: str
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    share: float | None


def against_last_year(agencies: Iterable[Agency], year: int) -> list[AgainstLastYear]:
    """Every body with reports of both years, the most repeated problems first."""
    bodies = list(agencies)
    now, before = filed(bodies, year), filed(bodies, year - 1)
    found = [_against(now[key], before[key]) for key in now if key in before]
    return sorted(found, key=lambda one: -(one.shares.get("problems") or 0))


def between(agencies: Iterable[Agency], year: int) -> list[Pair]:
    """Bodies of one year whose narratives are alike, the most alike first."""
    bodies = {str(body.pk): body for body in agencies}
    found = filed(bodies.values(), year)
    marks = "|".join(sorted(one.fingerprint for one in found.values()))
    key = f"annual_report.alike.{hashlib.sha256(marks.encode()).hexdigest()}"
    pairs: list[Alike] | None = cache.get(key)
    if pairs is None:
        pairs = alike({str(one): narrative(it.report) for one, it in found.items()}, threshold=BETWEEN)
        cache.set(key, pairs, _KEPT)
    return [Pair(bodies[pair.one], bodies[pair.other], pair.share) for pair in pairs]


def side_by_side(mine: Report, theirs: Report) -> list[SideBySide]:
    """The narrative sections of two reports, passages that both have marked on both sides."""
    found = []
    for section in mine.format.sections:
        if section.key in NARRATIVE:
            one, other = mine.sections.get(section.key, ""), theirs.sections.get(section.key, "")
            found.append(
                SideBySide(section.full_heading, pieces(one, other), pieces(other, one), similarity(one, other))
            )
    return found


def narrative(report: Report) -> str:
    """The text that an agency writes itself."""
    return "\n".join(report.sections.get(key, "") for key in NARRATIVE)


def _against(now: Filed, before: Filed) -> AgainstLastYear:
    shares = {
        key: similarity(now.report.sections.get(key, ""), before.report.sections.get(key, "")) for key in NARRATIVE[:2]
    }
    return AgainstLastYear(now.agency, now, before, shares)
