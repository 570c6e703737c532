"""What an act would bring about, worked out before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.applications import Application, Ledger, append, derive
from gongkai.applications.details import Answered, Ended, FeeNotified
from gongkai.applications.effects import effect_of
from gongkai.applications.entry import Entry
from gongkai.applications.outcomes import counted_outcome
from gongkai.law.clock import Clock
from gongkai.law.errors import LawError
from gongkai.law.fees import Fee, fee_for_items, fee_for_pages
from gongkai_web.applications.views.office_telling import Line, Names, chinese, outcome_label, told


@dataclass(frozen=True)
class Effect:
    """`changes` are the clocks that the act starts, stops or moves; `fee` the bands of a fee."""

    label: str
    sentence: str
    article: str
    said: list[Line]
    phase: str
    changes: list[str]
    remedies: list[str]
    fee: Fee | None


def effect(ledger: Ledger, entry: Entry, *, today: date, names: Names | None = None) -> Effect:
    """The effect of recording the entry. Raises: what the ledger refuses, with its article."""
    before, after = derive(ledger, as_of=today), derive(append(ledger, entry), as_of=today)
    rule = effect_of(entry.kind, on=entry.on)
    return Effect(
        entry.kind.label,
        rule.effect,
        rule.citation,
        told(entry, names=names),
        after.phase.label,
        list(_changes(before, after)),
        list(_remedies(entry, after)),
        fee_of(entry),
    )


def fee_of(entry: Entry) -> Fee | None:
    """The bands that the fee of a notice is added up from."""
    said = entry.details
    if not isinstance(said, FeeNotified):
        return None
    if said.basis == "pages":
        return fee_for_pages(said.quantity, on=entry.on)
    return fee_for_items(said.before + said.quantity, on=entry.on)


def _changes(before: Application, after: Application) -> Iterator[str]:
    """In the order of the clocks after the act."""
    known = {_identity(clock): clock for clock in before.clocks}
    for clock in after.clocks:
        was = known.get(_identity(clock))
        if was is None and clock.due is not None and clock.done_on is None:
            yield f"{clock.label}：开始计时，{chinese(clock.due)}届满"
        elif was is not None and was.due != clock.due:
            yield _moved(was, clock)
        elif was is not None and was.state is not clock.state:
            yield f"{clock.label}：{was.state.label} → {clock.state.label}"


def _identity(clock: Clock) -> tuple[str, date, str]:
    """The answer clock begins anew after a correction, and is still the answer clock."""
    return (clock.key, date.min if clock.key == "answer" else clock.start.on, clock.start.party)


def _moved(was: Clock, now: Clock) -> str:
    if now.due is None:
        return f"{now.label}：原为{chinese(was.due)}届满，停止计时"
    if was.due is None:
        return f"{now.label}：重新起算，{chinese(now.due)}届满"
    return f"{now.label}：由{chinese(was.due)}改为{chinese(now.due)}届满"


def _remedies(entry: Entry, after: Application) -> Iterator[str]:
    """The remedy that the letter has to name, for each outcome."""
    said = entry.details
    if not isinstance(said, Answered | Ended):
        return
    if isinstance(said, Answered):
        yield f"计入年度报告表三：{outcome_label(counted_outcome(said), on=entry.on)}"
    try:
        found = after.remedies()
    except LawError as error:
        yield f"救济途径：{error.message}{error.hint}"
        return
    for key, one in found:
        body = f"（复议机关：{one.body}）" if one.body else ""
        yield f"救济途径　{outcome_label(key, on=entry.on)}：{one.way.label}{body}（{one.provision.citation}）"
