"""The remedy paragraphs: by the outcome of each item and the day of the decision.

Source: 行政复议法 §20, §22–24; 行政诉讼法 §44–46; 法释〔2025〕8号 §1. Which way applies stands in `remedies.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.applications.letters.composed import Missing
from gongkai.applications.letters.drafting import Drafting
from gongkai.applications.letters.kinds import fact
from gongkai.applications.letters.numbering import in_chinese
from gongkai.applications.outcomes import PARTLY
from gongkai.law.provisions import versions
from gongkai.law.remedies import Remedy, Way, remedy

_ONLINE = "letter.remedy_online"
_CLAUSES = {Way.CHOICE: "remedy_choice", Way.RECONSIDERATION_FIRST: "remedy_first"}


def remedies(drafting: Drafting) -> Iterator[str]:
    """What the addressee can do, one paragraph for each way that is open to him; nothing where none is named."""
    if not drafting.kind.names_remedy or (drafting.kind.decides and not drafting.facts.decisions):
        return
    for way, matters in _matters(drafting).items():
        if way is Way.UNSETTLED:
            told = fact("query_way")
            yield drafting.lack(Missing(told.key, told.label, told.place))
        else:
            known = {"matter": "，".join(matters), "this_letter": drafting.kind.short}
            yield drafting.clause(_CLAUSES[way], known)
    if drafting.facts.values.get("service_channel") == "net" and drafting.on >= versions(_ONLINE)[0].since:
        yield drafting.clause("remedy_online")


def _matters(drafting: Drafting) -> dict[Way, list[str]]:
    """Against what each way is open."""
    short = drafting.kind.short.removesuffix("书")
    if not drafting.kind.decides:
        return {_way(drafting, drafting.kind.remedy): [drafting.kind.matter]}
    found: dict[Way, list[str]] = {}
    decisions = drafting.facts.decisions
    for number, decision in enumerate(decisions, 1):
        item = f"第{in_chinese(number)}项" if len(decisions) > 1 else ""
        for way, part in _parts(drafting, decision.outcome):
            found.setdefault(way, []).append(f"{item}{part}")
    if len(found) == 1:
        return {way: [short] for way in found}
    return {way: [_named(short, parts)] for way, parts in found.items()}


def _parts(drafting: Drafting, outcome: str) -> Sequence[tuple[Way, str]]:
    """A partly granted item has two parts where refusals go to reconsideration first."""
    way = _way(drafting, outcome)
    if outcome == PARTLY and way is Way.RECONSIDERATION_FIRST:
        return ((way, "不予公开的部分"), (Way.CHOICE, "其他部分"))
    return ((way, ""),)


def _named(short: str, parts: Sequence[str]) -> str:
    """本答复第一项、第二项; 本答复中不予公开的部分."""
    joined = "、".join(parts)
    return f"{short}{joined}" if joined.startswith("第") else f"{short}中{joined}"


def _way(drafting: Drafting, outcome: str) -> Way:
    held: Remedy = remedy(outcome, decided_on=drafting.on, agency=drafting.facts.agency_kind)
    drafting.use(held.provision)
    if held.body:
        drafting.notes.append(f"行政复议机关应为{held.body}，请填写其名称。")
    if held.way is not Way.UNSETTLED:
        return held.way
    drafting.notes.append(f"{held.note}。")
    chosen = drafting.facts.values.get("query_way", "")
    return Way(chosen) if chosen in fact("query_way").choices else Way.UNSETTLED
