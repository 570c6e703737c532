"""One application while its story is told: taken in and handled by the services that people use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from django.utils import timezone

from gongkai.applications import Entry
from gongkai.applications.details import Details
from gongkai.applications.receipt import Arrival, Entrance
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Office, Role, User
from gongkai_web.applications.models import Case, Delivery, Media
from gongkai_web.applications.services import cases, events, intake
from gongkai_web.demo.applications_people import person
from gongkai_web.demo.applications_plan import Plan
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import at, workdays_after

_BY_NET = (Entrance.WEB_FORM, Entrance.EMAIL, Entrance.FAX)


@dataclass
class Telling:
    """One application while its story is told."""

    cast: Cast
    plan: Plan
    number: int
    cases: list[Case] = field(default_factory=list)

    @property
    def case(self) -> Case:
        """The application itself; a second one of the story stands behind it."""
        return self.cases[0]

    @property
    def officer(self) -> User:
        """Who handles it."""
        return self.cast[Role.OFFICER]

    def after(self, workdays: int, *, hour: int = 10) -> datetime:
        """A moment so many workdays after the one at which the story stands."""
        return at(workdays_after(timezone.localdate(), workdays), hour=hour)

    def record(
        self, kind: EventKind, details: Details | None = None, *, on: date | None = None, by_applicant: bool = False
    ) -> None:
        """What happened today, or on an earlier day that is known only now."""
        entry = Entry(kind, on or timezone.localdate(), details)
        events.record(self.case, entry, by=None if by_applicant else self.officer)

    def take_in(self, subject: str = "") -> Case:
        """The application arrives, by its entrance; the officer has it on the same day."""
        case = self._submit(subject) if self.plan.entrance is Entrance.WEB_FORM else self._register(subject)
        self.cases.append(case)
        return case

    def _submit(self, subject: str) -> Case:
        key = f"{self.cast.part.slug}/{self.number}/{len(self.cases)}"
        made = intake.submit(
            self.cast.agency,
            applicant=person(self.plan.applicant, self.plan.person),
            subject=subject or self.plan.subject,
            description=_described(self.plan),
            delivery=Delivery.NET,
            media=Media.ELECTRONIC,
            key=sha256(key.encode()).hexdigest()[:32],
        )
        cases.assign([made.case], by=self.officer, assignee=self.officer, office=self._office())
        return made.case

    def _register(self, subject: str) -> Case:
        today = timezone.localdate()
        by_net = self.plan.entrance in _BY_NET
        return intake.register(
            self.cast.agency,
            by=self.officer,
            arrival=_arrival(self.plan.entrance, today),
            applicant=person(self.plan.applicant, self.plan.person),
            subject=subject or self.plan.subject,
            description=_described(self.plan),
            delivery=Delivery.EMAIL if by_net else Delivery.POST,
            media=Media.ELECTRONIC if by_net else Media.PAPER,
            office=self._office(),
        )

    def _office(self) -> Office:
        offices = list(self.cast.offices.values())
        return offices[self.number % len(offices)]


def _described(plan: Plan) -> str:
    return f"希望获取{plan.subject}的全文及附件；没有全文的，提供摘要即可。"


def _arrival(entrance: Entrance, day: date) -> Arrival:
    """Received on that day, by the rule of the entrance."""
    if entrance is Entrance.IN_PERSON:
        return Arrival(entrance, submitted_on=day)
    before = workdays_after(day, -2)
    if entrance is Entrance.REGISTERED_MAIL:
        return Arrival(entrance, submitted_on=before, signed_on=day)
    return Arrival(entrance, submitted_on=before, confirmed_on=day)
