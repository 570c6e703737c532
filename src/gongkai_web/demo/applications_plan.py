"""Which applications each agency gets, when, from whom, and how each of them goes. Plain data, the same on every run.

The years in which an agency of the example published its figures hold exactly these; the other years are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.applications import ApplicantType
from gongkai.applications.details import RemedyGroup, RemedyResult
from gongkai.applications.receipt import Entrance
from gongkai_web.demo.clock import workdays_after

FIRST_YEAR = 2023
_A, _E, _G, _R = ApplicantType, Entrance, RemedyGroup, RemedyResult


@dataclass(frozen=True)
class Remedy:
    """A proceeding about the answer. `result` None: still pending. `reanswer`: the agency is told to answer again."""

    group: RemedyGroup
    result: RemedyResult | None = None
    reanswer: bool = False
    appealed: bool = False


@dataclass(frozen=True)
class Plan:
    """One application. `course` names its story in `applications_courses`, `outcome` how it is decided.

    `person` tells applicants of one kind apart; `age` shortens or lengthens the usual time to the answer, in workdays.
    """

    received_on: date
    subject: str
    course: str = "answered"
    outcome: str = "granted"
    applicant: ApplicantType = ApplicantType.NATURAL_PERSON
    entrance: Entrance = Entrance.WEB_FORM
    person: int = 0
    age: int = 9
    remedies: tuple[Remedy, ...] = ()


# What happens in turn, with its outcome: every outcome and every kind of course, the common ones more often.
_TURNS: tuple[tuple[str, str], ...] = (
    ("answered", "granted"),
    ("third_party_objects", "partly_granted"),
    ("answered", "unavailable.not_held"),
    ("extended", "granted"),
    ("answered", "refused.deliberative"),
    ("corrected", "granted"),
    ("answered", "not_processed.petition"),
    ("on_the_spot", "granted"),
    ("not_corrected", ""),
    ("third_party_silent", "granted"),
    ("answered", "refused.internal_affairs"),
    ("answered", "unavailable.needs_creation"),
    ("coauthor_agrees", "granted"),
    ("answered", "refused.enforcement_file"),
    ("withdrawn", ""),
    ("answered", "not_processed.repeated"),
    ("other_body", "unavailable.not_held"),
    ("paid_by_pages", "granted"),
    ("answered", "refused.third_party_rights"),
    ("corrected", "unavailable.still_unclear"),
    ("answered", "refused.administrative_query"),
    ("answered", "not_processed.publication"),
    ("coauthor_silent", "partly_granted"),
    ("answered", "refused.state_secret"),
    ("transferred", ""),
    ("reasons_bad", "not_processed.abusive"),
    ("answered", "granted"),
    ("answered", "refused.prohibited_by_law"),
    ("answered", "not_processed.reconfirmation"),
    ("fee_unpaid", ""),
    ("severed", "partly_granted"),
    ("answered", "refused.security_stability"),
    ("delayed", "granted"),
    ("merged", "granted"),
    ("late", "granted"),
    ("answered", "other_outcome.other"),
    ("split", "granted"),
    ("made_proactive", "granted"),
)
_UPHELD = Remedy(_G.RECONSIDERATION, _R.UPHELD)
_SUIT = _G.LITIGATION_AFTER_RECONSIDERATION
# A refusal goes to reconsideration first; other answers may go to court at once.
_AGAINST_REFUSALS: tuple[tuple[Remedy, ...], ...] = (
    (_UPHELD,),
    (_UPHELD, Remedy(_SUIT, _R.UPHELD)),
    (Remedy(_G.RECONSIDERATION, _R.CORRECTED, reanswer=True),),
    (_UPHELD, Remedy(_SUIT, _R.CORRECTED, reanswer=True)),
    (Remedy(_G.RECONSIDERATION, _R.OTHER), Remedy(_SUIT, _R.OTHER)),
    (_UPHELD, Remedy(_SUIT)),
    (Remedy(_G.COMPLAINT, _R.OTHER),),
)
_AGAINST_OTHERS: tuple[tuple[Remedy, ...], ...] = (
    (Remedy(_G.LITIGATION_DIRECT, _R.UPHELD),),
    (Remedy(_G.RECONSIDERATION, _R.OTHER),),
    (Remedy(_G.LITIGATION_DIRECT, _R.CORRECTED, reanswer=True),),
    (Remedy(_G.LITIGATION_DIRECT, _R.UPHELD, appealed=True),),
    (Remedy(_G.LITIGATION_DIRECT, _R.OTHER),),
    (Remedy(_G.LITIGATION_DIRECT),),
)
_KINDS = (
    _A.NATURAL_PERSON, _A.NATURAL_PERSON, _A.ENTERPRISE, _A.NATURAL_PERSON, _A.NATURAL_PERSON, _A.SOCIAL_ORGANISATION,
    _A.NATURAL_PERSON, _A.LEGAL_SERVICE, _A.NATURAL_PERSON, _A.RESEARCH_INSTITUTION, _A.NATURAL_PERSON, _A.OTHER,
)  # fmt: skip
_ENTRANCES = (
    _E.WEB_FORM, _E.WEB_FORM, _E.IN_PERSON, _E.REGISTERED_MAIL, _E.WEB_FORM, _E.EMAIL, _E.ORDINARY_MAIL, _E.WEB_FORM,
    _E.FAX,
)  # fmt: skip
SUBJECTS = (
    "社区卫生服务中心建设项目验收报告", "公立医院药品集中采购目录", "年度卫生监督抽检结果明细",
    "村卫生室补助资金分配方案",
    "医师定期考核合格人员名单", "医疗机构设置规划修编文本", "疫苗接种点设置和调整的依据", "医疗纠纷投诉处理情况统计",
    "院前急救站点布局方案", "职业病危害因素检测机构名录", "家庭医生签约服务经费使用情况", "生活饮用水监测点位和结果",
    "公共场所卫生许可证发放清单", "托育机构备案信息", "老年健康服务项目招标文件", "医疗废物处置协议",
    "放射诊疗许可审批材料", "基层医务人员招聘方案", "妇幼保健机构评审结论", "健康体检中心执业登记材料",
)  # fmt: skip
_PER_YEAR = {
    "city": (11, 13, 14, 6), "luoyang": (10, 11, 13, 8), "chaoyang": (6, 7, 8, 4), "yanchi": (5, 6, 7, 4),
    "pingdingshan": (5, 0, 8, 4), "baoshan": (6, 8, 9, 4),
}  # fmt: skip
"""Invented applications of 2023, 2024, 2025, and of every later year."""
_QUIET = 45
"""Workdays before today in which only the stories of the desks begin."""


def plans_of(slug: str, *, today: date) -> Iterator[Plan]:
    """All applications of one agency, in no particular order."""
    yield from _published(slug)
    yield from _invented(slug, until=workdays_after(today, -_QUIET))
    if slug == "city":
        yield from _frequent()
    if slug in ("luoyang", "city"):
        yield from _desks(today)


def _published(slug: str) -> Iterator[Plan]:
    """What an agency counted in its report: eleven granted; one that it did not hold; seven of which one came over."""
    if slug == "luoyang":
        for number in range(11):
            day = date(2022, 1, 12) + timedelta(days=28 * number)
            yield Plan(day, _subject(2022, number), person=number, entrance=_ENTRANCES[number % 9], age=6 + number % 9)
    if slug == "chaoyang":
        yield Plan(date(2022, 6, 14), _subject(2022, 3), outcome="unavailable.not_held", person=31)
    if slug == "pingdingshan":
        yield from _pingdingshan()


def _pingdingshan() -> Iterator[Plan]:
    held = "unavailable.not_held"
    yield Plan(date(2023, 12, 18), _subject(2023, 1), "extended", held, person=41)
    yield Plan(date(2024, 1, 22), _subject(2024, 2), person=42)
    yield Plan(date(2024, 3, 11), _subject(2024, 3), "third_party_objects", "partly_granted", person=43)
    yield Plan(
        date(2024, 4, 15), _subject(2024, 4), outcome=held, person=44, remedies=(Remedy(_G.RECONSIDERATION, _R.OTHER),)
    )
    yield Plan(date(2024, 6, 17), _subject(2024, 5), "other_body", held, person=45, entrance=_E.REGISTERED_MAIL)
    yield Plan(date(2024, 8, 19), _subject(2024, 6), outcome=held, person=46, entrance=_E.IN_PERSON)
    yield Plan(date(2024, 10, 14), _subject(2024, 7), "not_corrected", "", person=47)


def _invented(slug: str, *, until: date) -> Iterator[Plan]:
    """A few a year, spread over it; courses and disputes go on in turn from year to year and agency to agency."""
    slugs = list(_PER_YEAR)
    if slug not in slugs:
        return
    place = 7 * slugs.index(slug)
    disputes = _Disputes(2 * slugs.index(slug))
    for year in range(FIRST_YEAR, until.year + 1):
        # What is carried over the turn of 2023, and disputed in 2024, is told by the figures that were published.
        fixed = slug == "pingdingshan" and year == FIRST_YEAR
        count = _PER_YEAR[slug][min(year - FIRST_YEAR, 3)]
        for number in range(count):
            day = date(year, 1, 4) + timedelta(days=(300 if fixed else 350) * number // count)
            plan = _turn(year, number, place, day)
            place += 1
            if day <= until:
                yield plan if fixed else disputes.about(plan, place)


def _turn(year: int, number: int, place: int, day: date) -> Plan:
    course, outcome = _TURNS[place % len(_TURNS)]
    return Plan(
        day,
        _subject(year, place),
        course,
        outcome,
        _KINDS[place % len(_KINDS)],
        _ENTRANCES[(place + number) % len(_ENTRANCES)],
        person=100 + place % 37,
        age=4 + place % 14,
    )


class _Disputes:
    """Every second answer that gives nothing is disputed, each in another way than the one before."""

    def __init__(self, first: int) -> None:
        self._refusals = self._others = first

    def about(self, plan: Plan, place: int) -> Plan:
        group = plan.outcome.split(".")[0]
        if place % 2 or group not in ("refused", "unavailable", "not_processed"):
            return plan
        if group == "refused":
            self._refusals += 1
            return replace(plan, remedies=_AGAINST_REFUSALS[self._refusals % len(_AGAINST_REFUSALS)])
        self._others += 1
        return replace(plan, remedies=_AGAINST_OTHERS[self._others % len(_AGAINST_OTHERS)])


def _frequent() -> Iterator[Plan]:
    """Twelve applications of one person in one month: from the eleventh on a fee by items is due."""
    courses = ["answered"] * 10 + ["paid_by_items", "unpaid_by_items"]
    for number, course in enumerate(courses):
        yield Plan(date(2025, 3, 3) + timedelta(days=2 * number), _subject(2024, number), course, person=77, age=12)


def _desks(today: date) -> Iterator[Plan]:
    """What waits today, in every light: early, near, due today, overdue, and standing still for each reason."""
    plans = (
        (1, "waits"), (6, "waits"), (16, "waits"), (19, "waits"), (20, "waits"), (23, "waits"), (3, "waits"),
        (24, "waits_extended"), (12, "waits_correction"), (9, "waits_third_party"), (11, "waits_coauthor"),
        (14, "waits_payment"), (10, "waits_reasons"), (9, "waits_service"), (18, "waits_silence"),
        (30, "waits_remedy"), (44, "waits_reanswer"),
    )  # fmt: skip
    for number, (age, course) in enumerate(plans):
        yield Plan(
            workdays_after(today, -age),
            _subject(today.year, number + 3),
            course,
            "refused.deliberative" if course in ("waits_remedy", "waits_reanswer") else "granted",
            _KINDS[number % len(_KINDS)],
            _ENTRANCES[number % len(_ENTRANCES)],
            person=200 + number,
            age=6,
        )


def _subject(year: int, number: int) -> str:
    return f"{year}年{SUBJECTS[number % len(SUBJECTS)]}"
