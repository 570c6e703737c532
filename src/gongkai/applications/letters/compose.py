"""A letter from its kind, the facts and the day: the clauses of the law in force on that day, filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.applications.letters.charging import charged
from gongkai.applications.letters.composed import Composed, FormRow, Paragraph
from gongkai.applications.letters.deciding import decided
from gongkai.applications.letters.drafting import Drafting
from gongkai.applications.letters.facts import LetterFacts, in_one_line
from gongkai.applications.letters.kinds import DECISIONS, FEE_BASIS, Clause, LetterKind, Row, Slot, kind_of
from gongkai.applications.letters.remedying import remedies
from gongkai.documents.text import chinese_date, clean


def compose(kind: LetterKind, facts: LetterFacts, *, on: date, number: str = "") -> Composed:
    """The letter of that day. What is missing is marked in the text and listed; such a letter must not be issued.

    >>> draft = compose(LetterKind.RECEIPT, LetterFacts({"agency": "云溪市卫生健康委员会"}), on=date(2025, 3, 3))
    >>> draft.missing[0].label, draft.complete
    ('申请人姓名或者名称', False)

    Raises: NotInForceError before 2019-05-15, or for a fee before 2021; LetterError where it is no lawful letter.
    """
    drafting = Drafting(kind_of(kind), facts, on=on)
    told = drafting.kind
    signer = drafting.fact("agency")
    addressee = _addressee(drafting)
    paragraphs = tuple(one for clause in told.clauses for one in _paragraphs(drafting, clause))
    for name in told.also:
        drafting.fact(name)
    rows = tuple(_row(drafting, row) for row in told.rows)
    remedy = tuple(remedies(drafting))
    return Composed(
        kind,
        f"{signer}{told.title}",
        clean(number) if told.numbered else "",
        addressee,
        paragraphs,
        remedy,
        () if rows else tuple(_closing(facts)),
        rows,
        (*told.attached, *_attachments(facts)),
        signer,
        on,
        tuple(drafting.missing.values()),
        drafting.unconfirmed(),
        drafting.provisions(),
    )


def _addressee(drafting: Drafting) -> str:
    if drafting.kind.to == "none":
        return ""
    return drafting.fact("applicant" if drafting.kind.to == "applicant" else "addressee")


def _paragraphs(drafting: Drafting, clause: Clause) -> Iterator[Paragraph]:
    if clause.name == DECISIONS:
        yield from decided(drafting)
    elif clause.name == FEE_BASIS:
        yield Paragraph(charged(drafting))
    elif not clause.when or drafting.facts.stated(clause.when):
        yield Paragraph(drafting.clause(clause.name))


def _row(drafting: Drafting, row: Row) -> FormRow:
    return FormRow(tuple((slot.label, _filled(drafting, slot)) for slot in row.slots), row.lines)


def _filled(drafting: Drafting, slot: Slot) -> str:
    if slot.fact == "on":
        return chinese_date(drafting.on)
    if not slot.fact:
        return slot.fixed
    return drafting.fact(slot.fact, optional=slot.fact in drafting.kind.optional)


def _closing(facts: LetterFacts) -> Iterator[str]:
    named = (("contact_person", "联系人"), ("agency_phone", "联系电话"))
    said = [f"{label}：{in_one_line(facts.values[key])}" for key, label in named if facts.stated(key)]
    if said:
        yield "　　".join(said)


def _attachments(facts: LetterFacts) -> Iterator[str]:
    for line in facts.values.get("attachments", "").splitlines():
        if clean(line).strip():
            yield clean(line).strip().rstrip("。；")
