"""Facts of letters: complete ones for every kind, of an agency and a person that do not exist."""

from __future__ import annotations

from datetime import date

from gongkai.applications.details import Decision
from gongkai.applications.letters import LetterFacts, LetterKind, facts_of
from gongkai.applications.outcomes import requirement

# The days on which the law of letters changed, and the days before.
VERSIONS = (
    date(2019, 5, 15), date(2020, 12, 31), date(2021, 1, 1), date(2021, 9, 26), date(2023, 12, 31), date(2024, 1, 1),
    date(2025, 5, 31), date(2025, 6, 1), date(2026, 3, 2),
)  # fmt: skip
ENDINGS = ("other_outcome.not_corrected", "other_outcome.fee_unpaid")
_SAMPLES = {"date": "2019-05-16", "number": "31", "long": "第一行内容。\n第二行内容。", "text": "某项内容"}
_FIXED = {
    "agency": "云溪市卫生健康委员会",
    "applicant": "王某某",
    "applicant_type": "natural_person",
    "fee_before": "8",
    "extended_days": "20",
    "attachments": "复印件",
    "service_channel": "net",
}


def complete(kind: LetterKind, outcome: str = "") -> LetterFacts:
    """Every fact that a letter of that kind may state; the reply decides one item with that outcome."""
    values = {fact.key: _FIXED.get(fact.key) or _sample(fact) for fact in facts_of(kind)}
    if kind is LetterKind.REPLY:
        return LetterFacts(values, (decision(outcome or "granted"),))
    if kind is LetterKind.ENDING_NOTICE:
        return LetterFacts({**values, **_ENDED}, (decision(outcome or ENDINGS[0]),))
    return LetterFacts(values)


def decision(outcome: str, item: str = "某项信息") -> Decision:
    """The decision with all its facts; of alternatives the first."""
    required = requirement(outcome)
    facts = (*required.facts, *(required.either[0] if required.either else ()))
    return Decision(item, outcome, {fact.key: f"事实{number}" for number, fact in enumerate(facts)})


_ENDED = {
    "correction_asked_on": "2019-05-20",
    "correction_until": "2019-06-03",
    "fee_notified_on": "2021-02-01",
    "fee_due": "2021-03-05",
    "fee_amount": "380",
}


def _sample(fact: object) -> str:
    choices = getattr(fact, "choices", {})
    return next(iter(choices), "") or _SAMPLES[getattr(fact, "form", "text")]
