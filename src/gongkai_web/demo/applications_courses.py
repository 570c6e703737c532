"""How applications of the example go, from the receipt to the last remedy: one generator for each kind of course."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from gongkai.applications import details as d
from gongkai.applications.letters import LetterKind
from gongkai.applications.service import Channel, Service
from gongkai.law.events import EventKind
from gongkai_web.applications.files import NewFile, add_file
from gongkai_web.applications.models import Delivery, FileKind
from gongkai_web.applications.services import cases
from gongkai_web.demo.applications_answers import answer, other_body
from gongkai_web.demo.applications_letters import is_written, served, signed, written
from gongkai_web.demo.applications_remedies import body_of, pursued
from gongkai_web.demo.applications_telling import Telling
from gongkai_web.demo.clock import Story, at, workdays_after

Course = Callable[[Telling], Story]
_MISSING = "请写明所需信息的年度和所涉及的单位，以便检索"
_HEAD = "工作机构负责人"
_FIRM = "示例安康医疗器械有限公司"
_COAUTHOR = "示例市发展和改革委员会"


def told(telling: Telling) -> Story:
    """The whole story: taken in on its day, then its course, then what follows from the answer."""
    yield at(telling.plan.received_on, hour=9 + telling.number % 8)
    telling.take_in()
    yield from _COURSES[telling.plan.course](telling)
    if telling.plan.remedies:
        yield from pursued(telling, telling.plan.remedies)


# --- ends of every course -------------------------------------------------------------------------------------------


def _decide(telling: Telling, said: d.Answered | None = None, *, serve: bool = True) -> Story:
    telling.record(EventKind.ANSWERED, said or answer(telling.plan.outcome))
    if telling.plan.outcome == "granted":
        _enclose(telling)
    if serve:
        yield from _serve(telling)


def _serve(telling: Telling, kind: LetterKind = LetterKind.REPLY) -> Story:
    """By post the slip comes back three workdays later; otherwise it arrives at once."""
    sent = timezone.localdate()
    letter = signed(telling, kind) if is_written(telling) else None
    if telling.case.delivery == Delivery.POST:
        yield telling.after(3)
        service = Service(Channel.POST, sent, received_on=timezone.localdate())
    else:
        service = Service(Channel.NET, sent, received_on=sent)
    if letter is None:
        telling.record(EventKind.SERVED, d.Served(service), on=sent)
    else:
        served(telling, letter, service)


def _enclose(telling: Telling) -> None:
    """What was asked for goes with the answer; once a year for each agency, for the example's disk is not the point."""
    if telling.number % 9 == 0:
        text = f"{telling.plan.subject}\n\n本件为演示数据，内容从略。\n"
        name = f"{telling.plan.subject}.txt"
        add_file(
            telling.case, NewFile(name, text.encode(), "text/plain; charset=utf-8", FileKind.REPLY), by=telling.officer
        )


# --- answered within the period ---------------------------------------------------------------------------------------


def _answered(telling: Telling) -> Story:
    yield telling.after(telling.plan.age)
    yield from _decide(telling)


def _on_the_spot(telling: Telling) -> Story:
    yield telling.after(0, hour=17)
    yield from _decide(telling)


def _late(telling: Telling) -> Story:
    yield telling.after(24)
    yield from _decide(telling)


def _severed(telling: Telling) -> Story:
    yield telling.after(telling.plan.age)
    yield from _decide(telling, answer("granted", "refused.deliberative", "unavailable.not_held"))


def _other_body(telling: Telling) -> Story:
    yield telling.after(5)
    yield from _decide(telling, other_body())


def _made_proactive(telling: Telling) -> Story:
    yield from _answered(telling)
    yield telling.after(6)
    cases.convert_to_proactive(telling.case, by=None)


def _extended(telling: Telling) -> Story:
    yield telling.after(17)
    telling.record(EventKind.EXTENDED, d.Extended(20, _HEAD))
    yield telling.after(14)
    yield from _decide(telling)


# --- the applicant has to do something --------------------------------------------------------------------------------


def _ask_correction(telling: Telling, *, days: int) -> Story:
    yield telling.after(4)
    until = workdays_after(timezone.localdate(), days)
    telling.record(EventKind.CORRECTION_ASKED, d.CorrectionAsked(_MISSING, until))


def _corrected(telling: Telling) -> Story:
    yield from _ask_correction(telling, days=15)
    yield telling.after(9)
    telling.record(EventKind.CORRECTED, by_applicant=True)
    yield telling.after(12)
    yield from _decide(telling)


def _not_corrected(telling: Telling) -> Story:
    yield from _ask_correction(telling, days=15)
    yield telling.after(17)
    telling.record(EventKind.ENDED, d.Ended("other_outcome.not_corrected"))
    yield from _serve(telling, LetterKind.ENDING_NOTICE)


def _ask_reasons(telling: Telling) -> Story:
    yield telling.after(4)
    telling.record(EventKind.REASONS_ASKED)


def _reasons_bad(telling: Telling) -> Story:
    yield from _ask_reasons(telling)
    yield telling.after(6)
    telling.record(EventKind.REASONS_GIVEN, by_applicant=True)
    yield telling.after(5)
    yield from _decide(telling)


def _delayed(telling: Telling) -> Story:
    yield from _ask_reasons(telling)
    yield telling.after(5)
    telling.record(EventKind.REASONS_GIVEN, by_applicant=True)
    yield telling.after(6)
    telling.record(EventKind.DELAYED, d.Delayed(workdays_after(timezone.localdate(), 30)))
    yield telling.after(25)
    yield from _decide(telling)


def _charge(telling: Telling, fee: d.FeeNotified) -> Story:
    yield telling.after(7)
    telling.record(EventKind.FEE_NOTIFIED, fee)


_PAGES = d.FeeNotified("pages", 68, Decimal(380))
_ELEVENTH, _TWELFTH = (d.FeeNotified("items", 1, Decimal(100), before=before) for before in (10, 11))


def _paid(fee: d.FeeNotified) -> Course:
    def course(telling: Telling) -> Story:
        yield from _charge(telling, fee)
        yield telling.after(8)
        telling.record(EventKind.PAID)
        yield telling.after(6)
        yield from _decide(telling)

    return course


def _unpaid(fee: d.FeeNotified) -> Course:
    def course(telling: Telling) -> Story:
        yield from _charge(telling, fee)
        yield telling.after(22)
        telling.record(EventKind.ENDED, d.Ended("other_outcome.fee_unpaid"))
        yield from _serve(telling, LetterKind.ENDING_NOTICE)

    return course


# --- others are asked -------------------------------------------------------------------------------------------------


def _ask(telling: Telling, kind: EventKind, party: str) -> Story:
    yield telling.after(5)
    telling.record(kind, d.Asked(party))


def _third_party_objects(telling: Telling) -> Story:
    yield from _ask(telling, EventKind.THIRD_PARTY_ASKED, _FIRM)
    yield telling.after(9)
    telling.record(EventKind.THIRD_PARTY_ANSWERED, d.Opinion(_FIRM, agrees=False))
    yield telling.after(6)
    yield from _decide(telling)


def _third_party_silent(telling: Telling) -> Story:
    yield from _ask(telling, EventKind.THIRD_PARTY_ASKED, _FIRM)
    yield telling.after(18)
    yield from _decide(telling)


def _coauthor_agrees(telling: Telling) -> Story:
    yield from _ask(telling, EventKind.COAUTHOR_ASKED, _COAUTHOR)
    yield telling.after(7)
    telling.record(EventKind.COAUTHOR_ANSWERED, d.Opinion(_COAUTHOR, agrees=True))
    yield telling.after(4)
    yield from _decide(telling)


def _coauthor_silent(telling: Telling) -> Story:
    yield from _ask(telling, EventKind.COAUTHOR_ASKED, _COAUTHOR)
    yield telling.after(17)
    yield from _decide(telling)


# --- it ends otherwise ------------------------------------------------------------------------------------------------


def _withdrawn(telling: Telling) -> Story:
    yield telling.after(3)
    telling.record(EventKind.WITHDRAWN, by_applicant=True)


def _transferred(telling: Telling) -> Story:
    yield telling.after(2)
    cases.transfer(telling.case, "示例市医疗保障局", "0000-55880000", by=telling.officer)


def _merged(telling: Telling) -> Story:
    """The same person asks for the same again; the second application goes into the first."""
    yield telling.after(2)
    second = telling.take_in()
    yield telling.after(2)
    cases.merge(second, telling.case, by=telling.officer)
    yield telling.after(7)
    yield from _decide(telling)


def _split(telling: Telling) -> Story:
    """One letter that asks for two things: each is answered for itself."""
    yield telling.after(3)
    parts = [cases.Part(f"{telling.plan.subject}的附件")]
    made = cases.split(telling.case, parts, by=telling.officer)
    yield telling.after(8)
    yield from _decide(telling)
    telling.cases.insert(0, made[0])
    yield telling.after(1)
    yield from _decide(telling, answer("unavailable.needs_creation"))


# --- what waits today -------------------------------------------------------------------------------------------------


def _waits(_: Telling) -> Story:
    yield from ()


def _waits_extended(telling: Telling) -> Story:
    yield telling.after(16)
    telling.record(EventKind.EXTENDED, d.Extended(15, _HEAD))


def _waits_correction(telling: Telling) -> Story:
    yield from _ask_correction(telling, days=20)


def _waits_third_party(telling: Telling) -> Story:
    yield from _ask(telling, EventKind.THIRD_PARTY_ASKED, _FIRM)


def _waits_silence(telling: Telling) -> Story:
    yield telling.after(2)
    telling.record(EventKind.THIRD_PARTY_ASKED, d.Asked(_FIRM))


def _waits_coauthor(telling: Telling) -> Story:
    yield from _ask(telling, EventKind.COAUTHOR_ASKED, _COAUTHOR)


def _waits_payment(telling: Telling) -> Story:
    yield from _charge(telling, _PAGES)


def _waits_service(telling: Telling) -> Story:
    yield telling.after(7)
    yield from _decide(telling, serve=False)
    written(telling, LetterKind.REPLY)


def _waits_remedy(telling: Telling) -> Story:
    yield from _answered(telling)
    yield telling.after(10)
    today = timezone.localdate()
    group = d.RemedyGroup.RECONSIDERATION
    filed = d.RemedyFiled(f"示政复〔{today.year}〕{telling.case.pk}号", group, body_of(telling, group), today)
    telling.record(EventKind.REMEDY_FILED, filed)


def _waits_reanswer(telling: Telling) -> Story:
    yield from _waits_remedy(telling)
    yield telling.after(18)
    number = f"示政复〔{timezone.localdate().year}〕{telling.case.pk}号"
    telling.record(EventKind.REMEDY_DECIDED, d.RemedyDecided(number, d.RemedyResult.CORRECTED))
    telling.record(EventKind.REANSWER_ORDERED, d.ReanswerOrdered(number))


_COURSES: dict[str, Course] = {
    "answered": _answered,
    "on_the_spot": _on_the_spot,
    "late": _late,
    "severed": _severed,
    "other_body": _other_body,
    "made_proactive": _made_proactive,
    "extended": _extended,
    "corrected": _corrected,
    "not_corrected": _not_corrected,
    "reasons_bad": _reasons_bad,
    "delayed": _delayed,
    "paid_by_pages": _paid(_PAGES),
    "paid_by_items": _paid(_ELEVENTH),
    "fee_unpaid": _unpaid(_PAGES),
    "unpaid_by_items": _unpaid(_TWELFTH),
    "third_party_objects": _third_party_objects,
    "third_party_silent": _third_party_silent,
    "coauthor_agrees": _coauthor_agrees,
    "coauthor_silent": _coauthor_silent,
    "withdrawn": _withdrawn,
    "transferred": _transferred,
    "merged": _merged,
    "split": _split,
    "waits": _waits,
    "waits_extended": _waits_extended,
    "waits_correction": _waits_correction,
    "waits_reasons": _ask_reasons,
    "waits_third_party": _waits_third_party,
    "waits_silence": _waits_silence,
    "waits_coauthor": _waits_coauthor,
    "waits_payment": _waits_payment,
    "waits_service": _waits_service,
    "waits_remedy": _waits_remedy,
    "waits_reanswer": _waits_reanswer,
}
