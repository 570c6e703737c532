"""The same applicant again: repeated applications, and how many within a month."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.db.models import Q, QuerySet

from gongkai.law.errors import NotInForceError
from gongkai.law.fees import fee_for_items
from gongkai_web.accounts.models import Agency
from gongkai_web.applications.crypto import blinds
from gongkai_web.applications.models import Case

LIKENESS = 0.85
"""From here on two texts are shown as asking for the same; the officer judges."""
_LOOKED_AT = 60
_COMPARED = 600


@dataclass(frozen=True, slots=True)
class Similar:
    """`same_month`: others of the applicant received in the month, all agencies' own; `repeated`: his that ask for
    the same, answered or not; `same_content`: others' of the last year. `frequent`: charged from here on by items.
    """

    same_month: tuple[Case, ...]
    repeated: tuple[Case, ...]
    same_content: tuple[Case, ...]
    frequent: bool

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the officer should know, in sentences with the article."""
        found = []
        if self.repeated:
            numbers = "、".join(case.number for case in self.repeated[:5])
            found.append(f"同一申请人申请过相同或者相近的内容（{numbers}），请核对是否重复申请（条例第三十六条）。")
        if self.frequent:
            found.append(
                f"同一申请人当月已有{len(self.same_month)}件申请，数量、频次可能明显超过合理范围，"
                "可以要求说明理由，也可以按件收取信息处理费（条例第三十五条、第四十二条）。"
            )
        if self.same_content:
            numbers = "、".join(case.number for case in self.same_content[:5])
            found.append(f"另有申请人申请过相近的内容（{numbers}），多人申请的可以转为主动公开（条例第四十四条）。")
        return tuple(found)


def similar(case: Case) -> Similar:
    """What else there is of the case's applicant and content."""
    applicant = case.applicant
    return similar_to(
        case.agency,
        id_kind=applicant.id_kind,
        id_number=applicant.id_number,
        name=applicant.name,
        subject=case.subject,
        description=case.description,
        on=case.received_on,
        leaving_out=case,
    )


def similar_to(  # noqa: PLR0913  # an application that is no case yet is what its form says
    agency: Agency,
    *,
    id_kind: str,
    id_number: str,
    name: str,
    subject: str,
    description: str = "",
    on: date | None,
    leaving_out: Case | None = None,
) -> Similar:
    """As `similar`, before the application is registered."""
    cases = Case.objects.filter(agency=agency).order_by("-received_on", "-id")
    if leaving_out is not None:
        cases = cases.exclude(pk=leaving_out.pk)
    own = cases.filter(_same_person(id_kind, id_number, name))
    month = tuple(own.filter(received_on__year=on.year, received_on__month=on.month)) if on else ()
    text = _plain(subject, description)
    repeated = tuple(case for case in own[:_LOOKED_AT] if _alike(text, _plain(case.subject, case.description)))
    return Similar(
        month, repeated, _same_content(cases.exclude(pk__in=own.values("pk")), subject, on), _many(month, on)
    )


def _same_person(id_kind: str, id_number: str, name: str) -> Q:
    """By the number of the paper; without one by the name, which is a hint only."""
    if id_number.strip():
        return Q(applicant__same_person__in=blinds(f"person:{id_kind}", id_number))
    return Q(applicant__name_index__in=blinds("name", name))


def _many(month: tuple[Case, ...], on: date | None) -> bool:
    """Whether one more in this month is beyond the number that is free of charge; before 2021 there was none."""
    try:
        return on is not None and fee_for_items(len(month) + 1, on=on).total > 0
    except NotInForceError:
        return False


def _same_content(others: QuerySet[Case], subject: str, on: date | None) -> tuple[Case, ...]:
    if not subject.strip() or on is None:
        return ()
    since = date(on.year - 1, on.month, 1)
    return tuple(others.filter(subject__iexact=subject.strip(), received_on__gte=since)[:5])


def _plain(*texts: str) -> str:
    return "".join(unicodedata.normalize("NFKC", " ".join(texts)).split())[:_COMPARED]


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= LIKENESS and matcher.quick_ratio() >= LIKENESS and matcher.ratio() >= LIKENESS
