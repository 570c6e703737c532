"""What is done to cases as wholes: handing out, splitting, merging, transferring, making proactive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.db import transaction
from django.utils import timezone

from gongkai.applications import ApplicantType, Entry
from gongkai.applications.details import MergedInto, Received, SplitInto, Transferred
from gongkai.applications.entry import said_by
from gongkai.information.disclosure import DisclosureAttribute
from gongkai.law.events import EventKind
from gongkai_web.accounts.models import Agency, Office, User
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.accounts.services import require
from gongkai_web.applications.errors import CaseRefused
from gongkai_web.applications.models import Applicant, Case
from gongkai_web.applications.selectors.cases import ledger_of
from gongkai_web.applications.services import events, intake
from gongkai_web.audit.services import record as log
from gongkai_web.information.models import InformationItem, ProposalWay
from gongkai_web.information.services.attribute import Proposer
from gongkai_web.information.services.drafting import create_item
from gongkai_web.proactive.models import Column


@dataclass(frozen=True, slots=True)
class Part:
    """One of the applications into which another is split."""

    subject: str
    description: str = ""


@transaction.atomic
def assign(
    cases: Iterable[Case], *, by: User | None, assignee: User | None = None, office: Office | None = None
) -> list[Case]:
    """Hand cases out to a person, an office, or both; what is not given stays as it is. Gives the cases that changed.

    Raises: NotAllowed; CaseRefused where the person or the office cannot handle one of them, and then none changes.
    """
    changed = []
    for case in Case.objects.select_for_update(of=("self",)).select_related("agency").filter(
        pk__in=[case.pk for case in cases]
    ).order_by("pk"):  # fmt: skip
        require(by, Capability.HANDLE_APPLICATIONS, case)
        _check_handlers(case, assignee, office)
        before = (case.assignee_id, case.office_id)
        case.assignee, case.office = assignee or case.assignee, office or case.office
        if before == (case.assignee_id, case.office_id):
            continue
        case.save(update_fields=["assignee", "office"])
        log(
            "applications.assigned",
            obj=case,
            actor=by,
            details={"assignee": str(case.assignee or ""), "office": str(case.office or "")},
        )
        changed.append(case)
    return changed


@transaction.atomic
def split(
    case: Case, parts: Sequence[Part], *, by: User | None, on: date | None = None, expected: int | None = None
) -> list[Case]:
    """一事一申请: every part becomes a case of its own, received when the whole was; the case goes on with the rest.

    `on` is the day of the split, today unless told. Raises: as `events.record`; CaseRefused without parts.
    """
    on = on or timezone.localdate()
    locked = events.lock(case, by=by)
    if not parts or any(not part.subject.strip() for part in parts):
        raise CaseRefused("SPLIT-PARTS", "拆分须写明拆出的每一件申请的内容。", "请逐件填写所需政府信息的名称。")
    entry, received = said_by(ledger_of(locked).entries, Received)[0]
    person = _person(locked.applicant, received.applicant)
    made = [
        intake.register(
            locked.agency,
            by=by,
            arrival=received.arrival,
            applicant=person,
            subject=part.subject,
            description=part.description,
            delivery=locked.delivery,
            media=locked.media,
            office=locked.office,
            assignee=locked.assignee,
            split_from=locked.number,
            split_on=on,
        )
        for part in parts
    ]
    numbers = tuple(one.number for one in made)
    events.record(case, Entry(EventKind.SPLIT, on, SplitInto(numbers)), by=by, expected=expected)
    log("applications.split", obj=case, actor=by, details={"into": list(numbers), "received_on": entry.on.isoformat()})
    return made


@transaction.atomic
def merge(case: Case, into: Case, *, by: User | None, on: date | None = None, expected: int | None = None) -> Case:
    """Handle a second application for the same with the first. Raises: as `events.record`; CaseRefused.

    Both are of one agency and, as far as their papers tell, of one applicant.
    """
    first, second = sorted([case.pk, into.pk])
    held = {one.pk: one for one in (events.lock(Case(pk=first), by=by), events.lock(Case(pk=second), by=by))}
    _check_mergeable(held[case.pk], held[into.pk])
    entry = Entry(EventKind.MERGED, on or timezone.localdate(), MergedInto(into.number))
    events.record(case, entry, by=by, expected=expected)
    log("applications.merged", obj=case, actor=by, details={"into": into.number})
    return into


@transaction.atomic
def transfer(  # noqa: PLR0913  # the act, what it states, and the guard of every act
    case: Case, body: str, contact: str, *, by: User | None, on: date | None = None, expected: int | None = None
) -> Case:
    """Hand the application to the agency that is responsible. Raises: as `events.record`."""
    entry = Entry(EventKind.TRANSFERRED, on or timezone.localdate(), Transferred(body.strip(), contact.strip()))
    events.record(case, entry, by=by, expected=expected)
    log("applications.transferred", obj=case, actor=by, details={"body": body.strip()})
    return case


@transaction.atomic
def convert_to_proactive(
    case: Case, *, by: User | None, title: str = "", body: str = "", formed_on: date | None = None
) -> InformationItem:
    """Hand what was disclosed to the review chain as a draft (条例 §44); nobody's name goes with it.

    `title` and `body` (HTML) are what the officer wants public; without them the subject stands for both. The same
    case gives the same draft. Raises: NotAllowed; CaseRefused before anything was disclosed; as `create_item`.
    """
    locked = events.lock(case, by=by)
    if locked.proactive_item is not None:
        return locked.proactive_item
    if locked.outcome not in ("granted", "partly_granted") or locked.answered_on is None:
        raise CaseRefused(
            "NOT-DISCLOSED",
            f"受理编号 {locked.number} 没有公开过信息，不能转为主动公开（条例第四十四条）。",
            "请先作出予以公开或者部分公开的答复。",
        )
    item = create_item(
        agency=locked.agency,
        by=None,
        column=_column_for(locked.agency),
        title=title.strip() or locked.subject,
        body=body or f"<p>{escape(locked.subject)}</p>",
        formed_on=formed_on or locked.answered_on,
        attribute=DisclosureAttribute.PROACTIVE.value,
        proposer=Proposer(by, ProposalWay.RULE, "依申请公开的信息转为主动公开（条例第四十四条）"),
    )
    locked.proactive_item = case.proactive_item = item
    locked.save(update_fields=["proactive_item"])
    log("applications.made_proactive", obj=locked, actor=by, details={"index_number": item.index_number})
    return item


@transaction.atomic
def change_applicant(case: Case, data: intake.ApplicantData, *, by: User | None) -> Applicant:
    """Correct what is known of the applicant; his kind stands in the ledger and is corrected there.

    Raises: NotAllowed; CaseRefused for another kind, or once the data were erased.
    """
    locked = events.lock(case, by=by)
    if data.kind.value != locked.applicant_type:
        raise CaseRefused(
            "TYPE-IN-LEDGER", "申请人类别记在台账里，不能在这里修改。", "请更正“收到申请”的记录并写明理由。"
        )
    if locked.erased_at is not None:
        raise CaseRefused("ERASED", "这件申请的申请人信息已按保存期限清除。", "不能再补填。")
    intake.check_applicant(data)
    applicant = locked.applicant
    intake.save_applicant(applicant, data)
    log("applications.applicant_changed", obj=locked, actor=by, personal_data=True)
    return applicant


def _column_for(agency: Agency) -> Column:
    """法定主动公开内容, else the agency's first column that takes items."""
    columns = Column.objects.for_items().filter(agency=agency)
    column = columns.filter(code="statutory").first() or columns.first()
    if column is None:
        raise CaseRefused("NO-COLUMN", f"{agency.name}没有可以收录信息的栏目。", "请先建立标准栏目集。")
    return column


def _person(applicant: Applicant, kind: ApplicantType) -> intake.ApplicantData:
    named = {name: getattr(applicant, name) for name in (*Applicant.SEALED, "id_kind")}
    return intake.ApplicantData(kind=kind, **named)


def _check_handlers(case: Case, assignee: User | None, office: Office | None) -> None:
    if office is not None and office.agency_id != case.agency_id:
        raise CaseRefused("OTHER-OFFICE", f"“{office.name}”不是{case.agency.name}的内设机构。", "请重新选择承办机构。")
    if assignee is not None and not _handles(assignee, case.agency):
        raise CaseRefused(
            "NO-OFFICER", f"{assignee}没有办理{case.agency.name}公开申请的权限。", "请选择该机构的依申请公开经办人。"
        )


def _handles(person: User, agency: Agency) -> bool:
    return can(person, Capability.HANDLE_APPLICATIONS, agency)


def _check_mergeable(case: Case, into: Case) -> None:
    if case.agency_id != into.agency_id:
        raise CaseRefused("OTHER-AGENCY", "只能并入本机关的申请。", "属于其他机关的，请移送。")
    if not into.is_open:
        raise CaseRefused("MERGE-CLOSED", f"受理编号 {into.number} 已经办结，不能并入。", "请选择尚未办结的申请。")
    papers = {one.applicant.same_person for one in (case, into) if one.applicant.same_person}
    if len(papers) > 1:
        raise CaseRefused("MERGE-PERSON", "两件申请的申请人证件号码不同，不能并案。", "请核对申请人；各自答复。")
