"""Letters of the example, for every fifth answer and the desks: drafted by one person, signed by another, served."""

from __future__ import annotations

from datetime import date

from gongkai.applications.letters import LetterKind
from gongkai.applications.service import Service
from gongkai_web.accounts.models import AgencyKind, Role
from gongkai_web.applications.models import Letter, LetterSettings
from gongkai_web.applications.services import letters
from gongkai_web.demo.applications_telling import Telling
from gongkai_web.demo.cast import Cast
from gongkai_web.demo.clock import Story, at

_EVERY = 5
_KEPT_SINCE = date(2022, 1, 4)


def settings_of(cast: Cast) -> Story:
    """What the agency's letters have in common, set up before the first application."""
    yield at(_KEPT_SINCE)
    own_government = cast.part.kind is AgencyKind.GOVERNMENT
    LetterSettings.objects.create(
        agency=cast.agency,
        prefix=f"{cast.part.short_name[:2]}公开",
        contact_person=f"{cast.part.city}经办人",
        reconsideration_body="示例省人民政府" if own_government else "示例市人民政府",
        court="示例区人民法院",
        online_channel="示例省行政复议服务平台",
        payment_method="凭收费通知书到政务服务大厅非税窗口缴纳",
    )


def is_written(telling: Telling) -> bool:
    """Does this answer get its letter here? The others were written outside the system, as before it existed."""
    return telling.number % _EVERY == 0 or telling.plan.course.startswith("waits")


def written(telling: Telling, kind: LetterKind) -> Letter:
    """Drafted and handed to whoever signs."""
    # Whether a query's refusal goes to reconsideration first is left open by the law: somebody has to say.
    settled = {"query_way": "choice"} if telling.plan.outcome == "refused.administrative_query" else {}
    letter = letters.draft(telling.case, kind, by=telling.officer, values=settled)
    return letters.submit(letter, by=telling.officer)


def signed(telling: Telling, kind: LetterKind) -> Letter:
    """Under its number, by a person who has not drafted it."""
    return letters.sign(written(telling, kind), by=telling.cast[Role.REVIEWER_2])


def served(telling: Telling, letter: Letter, service: Service) -> None:
    """It went out, and the ledger knows."""
    letters.serve(letter, service, by=telling.officer, waybill="DEMO0000000" if service.channel.value == "post" else "")
