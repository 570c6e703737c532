"""Normative documents of the example: their texts, interpretations, changes and the register that counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from gongkai.information.normative import NormativeEventKind
from gongkai_web.accounts.models import Role
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import Story, at, workdays_after
from gongkai_web.demo.drafts import Draft
from gongkai_web.demo.stories import published
from gongkai_web.demo.texts import Enclosure
from gongkai_web.demo.texts_normative import INTERPRETATION_PARAGRAPHS, NORMATIVE_PARAGRAPHS, NORMATIVE_TITLES
from gongkai_web.information.models import InformationItem, Interpretation, InterpretationKind, NormativeRecord
from gongkai_web.information.models import NormativeEvent as EventRow
from gongkai_web.information.services.normative import add_event, save_record

FIRST_DAY = date(2020, 1, 6)
"""What is older was brought into the platform when it opened."""


@dataclass(frozen=True)
class Change:
    """What happened to a document: from which day, decided by which paper."""

    kind: NormativeEventKind
    on: date
    until: date | None = None
    basis: str = ""


@dataclass(frozen=True)
class Document:
    """One normative document. `years` of validity, 0 where none are stated; `explained` by which kind of material."""

    number: int
    issued_on: date
    years: int = 5
    changes: tuple[Change, ...] = ()
    explained: InterpretationKind | None = InterpretationKind.TEXT
    effective_after: int = 30

    @property
    def effective_on(self) -> date:
        """The day from which it applies."""
        return self.issued_on + timedelta(days=self.effective_after)

    @property
    def last_day(self) -> date | None:
        """The last day of its stated period."""
        if not self.years:
            return None
        return self.effective_on.replace(year=self.effective_on.year + self.years, day=1) - timedelta(days=1)


def documents_of(slug: str, *, today: date) -> list[Document]:
    """The register of an agency. Each gives exactly the figures that the agency published for its report year."""
    repealed, amended = NormativeEventKind.REPEALED, NormativeEventKind.AMENDED
    soon = today - timedelta(days=12)
    if slug == "luoyang":
        # Table 2 of 2022: none issued, 11 repealed, 9 in force.
        repeal = Change(repealed, date(2022, 9, 1), basis="关于废止部分行政规范性文件的决定（洛卫〔2022〕18号）")
        gone = [Document(n, date(2017, 3, 6) + timedelta(days=45 * n), 0, (repeal,), None) for n in range(11)]
        kept = [Document(11 + n, date(2020, 3, 2) + timedelta(days=70 * n), 0) for n in range(9)]
        return [*gone, *kept, Document(3, date(2024, 4, 8), explained=InterpretationKind.GRAPHIC)]
    if slug == "chaoyang":
        # Table 2 of 2022: none issued, none repealed, one in force.
        change = Change(amended, date(2025, 7, 1), basis="关于修改部分条款的通知（朝卫〔2025〕9号）")
        return [Document(4, date(2021, 5, 17), 0, (change,), InterpretationKind.QUESTIONS)]
    if slug == "pingdingshan":
        # Table 2 of 2024: two issued, two in force; the one before had expired.
        return [
            Document(1, date(2018, 2, 5), 5, explained=None),
            Document(6, date(2024, 3, 11), 5, explained=InterpretationKind.GRAPHIC),
            Document(9, date(2024, 8, 19), 5, explained=InterpretationKind.QUESTIONS),
        ]
    if slug == "city":
        longer = Change(NormativeEventKind.EXTENDED, date(2025, 2, 10), date(2028, 3, 31), "关于延长有效期的通知")
        return [
            Document(0, date(2020, 2, 17), 5, (longer,)),
            Document(7, date(2021, 6, 7), 5, explained=InterpretationKind.PRESS),
            Document(12, date(2023, 10, 9), 5, explained=InterpretationKind.EXPERT),
            Document(15, soon, 5, effective_after=40, explained=InterpretationKind.GRAPHIC),
        ]
    # 盐池 2020 and 保山 2021 had none in force; later years of the example have one each.
    later = {"yanchi": [Document(8, date(2022, 4, 18), 5)], "baoshan": [Document(10, date(2023, 3, 13), 5)]}
    return later.get(slug, [])


def stories_of(cast: Cast, *, today: date) -> list[Story]:
    """One story per document with everything that happened to it."""
    return [_document(cast, document) for document in documents_of(cast.part.slug, today=today)]


def _document(cast: Cast, document: Document) -> Story:
    made: list[InformationItem] = []
    start = max(document.issued_on + timedelta(days=3), FIRST_DAY)
    draft = _draft(cast, document)
    yield from published(draft, on=start, then=made.append)
    item = made[0]
    entry = save_record(_entry(cast, document, item), by=cast[Role.DRAFTER])
    if document.explained:
        yield from _explain(cast, document, item, on=workdays_after(start, 1))
    for change in document.changes:
        yield at(max(change.on, FIRST_DAY + timedelta(days=60)))
        event = EventRow(
            record=entry, kind=change.kind.value, effective_on=change.on, until=change.until, basis=change.basis,
            recorded_at=timezone.now(),
        )  # fmt: skip
        add_event(event, by=cast[Role.DRAFTER])


def _draft(cast: Cast, document: Document) -> Draft:
    subject = NORMATIVE_TITLES[document.number].removesuffix("办法").removesuffix("管理")
    last = document.last_day
    gaps = {
        "subject": subject,
        "short": cast.part.short_name,
        "effective": _chinese(document.effective_on),
        "until": f"，有效期至{_chinese(last)}" if last else "",
    }
    column = "health-normative" if "health" in cast.part.sets else "art20-01"
    return Draft(
        cast,
        column,
        f"{cast.part.place}{NORMATIVE_TITLES[document.number]}",
        "规范性文件",
        [paragraph.format(**gaps) for paragraph in NORMATIVE_PARAGRAPHS],
        document.issued_on,
        enclosure=Enclosure.DOCX,
        keywords=f"规范性文件,{subject}",
        more={"document_number": _number(cast, document), "effective_on": document.effective_on},
    )


def _number(cast: Cast, document: Document) -> str:
    mark = cast.part.mark or f"{cast.part.city[0]}卫规"
    return f"{mark}〔{document.issued_on.year}〕{document.number % 6 + 1}号"


def _entry(cast: Cast, document: Document, item: InformationItem) -> NormativeRecord:
    return NormativeRecord(
        agency=cast.agency,
        item=item,
        title=item.title,
        document_number=item.document_number,
        unified_number=f"{cast.part.slug.upper()}-{document.issued_on.year}-{document.number + 1:03}",
        issued_on=document.issued_on,
        effective_on=document.effective_on,
        in_force_until=document.last_day,
        basis="有关法律、法规和上级规定",
        legality_review=f"{cast.part.short_name}政策法规科审核通过",
        deliberation=f"{document.issued_on.year}年第{document.number + 1}次办公会议",
        filing_number=f"备〔{document.issued_on.year}〕{document.number + 11}号",
        filed_on=document.issued_on + timedelta(days=15),
    )


def _explain(cast: Cast, document: Document, policy: InformationItem, *, on: date) -> Story:
    kind = document.explained
    assert kind is not None  # noqa: S101  # asked by the caller
    paragraphs = [paragraph.format(short=cast.part.short_name) for paragraph in INTERPRETATION_PARAGRAPHS]
    graphic = kind is InterpretationKind.GRAPHIC
    draft = Draft(
        cast, policy.column.code, f"《{policy.title}》{kind.label}", "解读", paragraphs, policy.formed_on,
        enclosure=Enclosure.PNG if graphic else Enclosure.NONE, keywords="政策解读",
    )  # fmt: skip

    def link(item: InformationItem) -> None:
        link_row = Interpretation(policy=policy, interpreting=item, kind=kind)
        link_row.full_clean()
        link_row.save()

    yield from published(draft, on=on, then=link)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
