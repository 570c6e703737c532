"""Proceedings about an answer in the example: filed, decided, appealed, answered again."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.applications.details import (
    ReanswerOrdered,
    RemedyAppealed,
    RemedyDecided,
    RemedyFiled,
    RemedyGroup,
    RemedyResult,
    Served,
)
from gongkai.applications.service import Channel, Service
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import AgencyKind
from gongkai_web.demo.applications_answers import answer
from gongkai_web.demo.applications_plan import Remedy
from gongkai_web.demo.applications_telling import Telling
from gongkai_web.demo.clock import Story

_MARKS = {
    RemedyGroup.RECONSIDERATION: "政复",
    RemedyGroup.LITIGATION_DIRECT: "行初",
    RemedyGroup.LITIGATION_AFTER_RECONSIDERATION: "行初复",
    RemedyGroup.COMPLAINT: "举报",
}


def pursued(telling: Telling, remedies: tuple[Remedy, ...]) -> Story:
    """One after the other, as far as each of them gets."""
    for place, remedy in enumerate(remedies, start=1):
        yield telling.after(12)
        number = _number(telling, remedy, place)
        filed = RemedyFiled(number, remedy.group, body_of(telling, remedy.group), _copy_on(remedy))
        telling.record(EventKind.REMEDY_FILED, filed)
        if remedy.result is not None:
            yield from _decided(telling, remedy, number, remedy.result)


def _decided(telling: Telling, remedy: Remedy, number: str, result: RemedyResult) -> Story:
    yield telling.after(32)
    telling.record(EventKind.REMEDY_DECIDED, RemedyDecided(number, result))
    if remedy.appealed:
        yield telling.after(8)
        telling.record(EventKind.REMEDY_APPEALED, RemedyAppealed(number))
        yield telling.after(55)
        telling.record(EventKind.REMEDY_DECIDED, RemedyDecided(number, result))
    if remedy.reanswer:
        telling.record(EventKind.REANSWER_ORDERED, ReanswerOrdered(number))
        yield telling.after(11)
        telling.record(EventKind.ANSWERED_AGAIN, answer("partly_granted"))
        yield telling.after(1)
        telling.record(EventKind.SERVED_AGAIN, Served(Service(Channel.NET, timezone.localdate())))


def _copy_on(remedy: Remedy) -> date | None:
    """The example's agencies get the copy on the day of the filing; of a complaint there is none."""
    return None if remedy.group is RemedyGroup.COMPLAINT else timezone.localdate()


def _number(telling: Telling, remedy: Remedy, place: int) -> str:
    serial = telling.case.pk * 10 + place
    return f"示{_MARKS[remedy.group]}〔{timezone.localdate().year}〕{serial}号"


def body_of(telling: Telling, group: RemedyGroup) -> str:
    """Who hears it."""
    if group in (RemedyGroup.LITIGATION_DIRECT, RemedyGroup.LITIGATION_AFTER_RECONSIDERATION):
        return "示例区人民法院"
    return "示例省人民政府" if telling.cast.part.kind is AgencyKind.GOVERNMENT else "示例市人民政府"
