"""Two agencies that have the same things, each with words of its own in everything that is not public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from walk_reports import things as reports_of

from gongkai.applications import ApplicantType
from gongkai.applications.letters import LetterKind
from gongkai.applications.receipt import Arrival, Entrance
from gongkai_web.accounts.models import Agency, Membership, Office, Role, User
from gongkai_web.applications.files import NewFile, add_file
from gongkai_web.applications.models import Case, CaseFile, FileKind, Letter, Notice
from gongkai_web.applications.services.intake import ApplicantData
from gongkai_web.applications.services.intake import register as register_case
from gongkai_web.applications.services.letters import draft as draft_letter
from gongkai_web.information.models import (
    AgencyDocument,
    Attachment,
    InformationItem,
    Interpretation,
    MediaPost,
    NormativeEvent,
    NormativeRecord,
    ReviewCase,
    ReviewChain,
)
from gongkai_web.information.services.drafting import create_item, save_draft, save_post
from gongkai_web.information.services.normative import add_event, save_record
from gongkai_web.information.services.publication import withdraw
from gongkai_web.information.services.review import submit
from gongkai_web.interchange.jobs import start_export
from gongkai_web.interchange.models import Job, JobKind, JobState
from gongkai_web.proactive.figures_models import Decision, PeriodFigure
from gongkai_web.proactive.figures_services import save_decision, save_figure
from gongkai_web.proactive.models import Column

DAY = date(2025, 3, 3)
CHAIN = (Role.REVIEWER_1, Role.REVIEWER_2, Role.REVIEWER_3, Role.CONFIDENTIALITY)
Sign = Callable[..., ReviewCase]
PUBLIC = "街道公园开放时间"
"""Words of what is public, so that the search has something to find."""


@dataclass
class Side:
    """One agency. `canary` stands in everything of it that the public must not read; `things` by model."""

    agency: Agency
    canary: str
    people: dict[Role, User]
    things: dict[type[Model], Model] = field(default_factory=dict)
    live: int = 0
    drafted: int = 0
    file: AgencyDocument | None = None
    export: int = 0

    def key(self, model: type[Model]) -> int:
        """The primary key of the thing."""
        return int(self.things[model].pk)


def build(side: Side, *, make_file: Callable[..., AgencyDocument], sign_next: Sign) -> Side:
    """Fill the agency."""
    drafter, secret = side.people[Role.DRAFTER], side.canary
    live = _item(side, title=PUBLIC, body=f"<p>{PUBLIC}全年不变。</p>")
    _publish(side, live, sign_next)
    live.refresh_from_db()
    newer = live.draft()
    newer.body = f"<p>{secret}</p>"
    save_draft(newer, by=drafter)
    gone = _item(side, title=f"已撤回{secret}", body=f"<p>{secret}</p>")
    _publish(side, gone, sign_next)
    gone.refresh_from_db()
    withdraw(gone, by=side.people[Role.REVIEWER_3], reason="有一处需要更正。")
    side.file = make_file(side.agency, f"附表{secret}", secret.encode())
    draft = _item(side, title=f"草稿{secret}", attachments=[Attachment(document=side.file, title=f"附表{secret}")])
    other = _item(side, title=f"解读{secret}")
    _item(side, title=f"内部{secret}", attribute="not_open", exemption_reason="state_secret")
    case = submit(draft, by=drafter, note=secret)
    side.live, side.drafted = live.pk, draft.pk
    side.things = {
        Agency: side.agency,
        Office: Office.objects.create(agency=side.agency, name=f"内设{secret}"),
        User: drafter,
        Membership: drafter.memberships.get(),
        Column: Column.objects.create(agency=side.agency, name=f"隐藏{secret}", slug="hidden", is_shown=False),
        InformationItem: draft,
        AgencyDocument: side.file,
        ReviewCase: case,
        **_register(side, secret),
        MediaPost: save_post(
            MediaPost(agency=side.agency, channel="wechat", account="甲", title=f"推文{secret}", body=secret),
            by=drafter,
        ),
        Interpretation: Interpretation.objects.create(policy=draft, interpreting=other, kind="text"),
        ReviewChain: _chain(side),
        **_figures(side, secret),
        **_applications(side, secret),
        **reports_of(side.agency, side.people[Role.OFFICER], secret),
        Job: Job.objects.create(
            kind=JobKind.FIGURES, agency=side.agency, started_by=drafter, source_name=f"{secret}.csv",
            state=JobState.REFUSED, message=secret,
        ),
    }  # fmt: skip
    side.export = start_export(agency=side.agency, by=side.people[Role.ADMINISTRATOR]).pk
    return side


def _item(side: Side, **fields: Any) -> InformationItem:
    values = {
        "column": side.agency.columns.get(code="statutory"), "body": "<p>正文。</p>", "formed_on": DAY,
        "attribute": "proactive", **fields,
    }  # fmt: skip
    return create_item(agency=side.agency, by=side.people[Role.DRAFTER], **values)


def _publish(side: Side, item: InformationItem, sign_next: Sign) -> None:
    case = submit(item, by=side.people[Role.DRAFTER])
    for role in CHAIN:
        sign_next(case, side.people[role], opinion=side.canary)
        case.refresh_from_db()


def _register(side: Side, secret: str) -> dict[type[Model], Model]:
    drafter = side.people[Role.DRAFTER]
    entry = save_record(
        NormativeRecord(agency=side.agency, title=f"办法{secret}", issued_on=DAY, effective_on=DAY), by=drafter
    )
    event = add_event(
        NormativeEvent(record=entry, kind="amended", effective_on=DAY.replace(month=5), basis=secret), by=drafter
    )
    return {NormativeRecord: entry, NormativeEvent: event}


def _chain(side: Side) -> ReviewChain:
    chain = ReviewChain.objects.create(agency=side.agency)
    for number, role in enumerate(CHAIN):
        chain.steps.create(code=f"s{number}", label=f"环节{side.canary}", role=role, sort_order=number)
    return chain


def _figures(side: Side, secret: str) -> dict[type[Model], Model]:
    drafter = side.people[Role.DRAFTER]
    figure = PeriodFigure(agency=side.agency, kind="permits", year=2024, decisions=12, basis=secret)
    decision = Decision(
        agency=side.agency, kind="permits", document_number="某许〔2025〕1号", subject=f"许可{secret}", decided_on=DAY
    )
    return {PeriodFigure: save_figure(figure, by=drafter), Decision: save_decision(decision, by=drafter)}


def _applications(side: Side, secret: str) -> dict[type[Model], Model]:
    """A case whose subject, applicant, file and notice are the agency's own affair."""
    officer = side.people[Role.OFFICER]
    case = register_case(
        side.agency,
        by=officer,
        arrival=Arrival(Entrance.IN_PERSON, submitted_on=DAY),
        applicant=ApplicantData(ApplicantType.NATURAL_PERSON, name=secret, phone="13800001234"),
        subject=f"申请{secret}",
        description=secret,
    )
    file = add_file(case, NewFile(f"{secret}.txt", secret.encode(), "text/plain", FileKind.PROOF), by=officer)
    notice = Notice.objects.create(
        person=officer, agency=side.agency, case=case, kind="new", key=secret, text=f"提醒{secret}"
    )
    letter = draft_letter(case, LetterKind.REGISTRATION, by=officer)
    return {Case: case, CaseFile: file, Notice: notice, Letter: letter}
