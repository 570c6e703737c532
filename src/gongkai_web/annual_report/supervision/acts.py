"""What the supervising office does about a report: remind, return with comments, accept, excuse."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from gongkai.errors import GongkaiError
from gongkai_web.accounts.models import Agency, User
from gongkai_web.accounts.permissions import Capability, people_with
from gongkai_web.accounts.services import require
from gongkai_web.annual_report.models import FilingAct, FilingKind
from gongkai_web.annual_report.services import submission
from gongkai_web.annual_report.supervision.filed import Filed, filed_one
from gongkai_web.annual_report.supervision.roster import Line, due_day
from gongkai_web.audit.services import record

logger = logging.getLogger(__name__)
LONGEST_COMMENT = 4000


class ActRefused(GongkaiError):  # noqa: N818  # names the event
    """The act makes no sense now."""


def remind(lines: Iterable[Line], *, year: int, by: User | None, words: str = "") -> list[FilingAct]:
    """Mail everybody who writes the report of the bodies that have not filed; one act for each body.

    Raises: `NotAllowed`; `ActRefused` where nobody is left to remind.
    """
    waiting = [line.agency for line in lines if line.standing.is_open]
    if not waiting:
        raise ActRefused("REMIND-NOBODY", "所选单位都已报送，不需要催报。", "请在名单中选择未报送的单位。")
    for agency in waiting:
        require(by, Capability.SUPERVISE, agency)
    return [_remind(agency, year, words.strip(), by) for agency in waiting]


def return_report(agency: Agency, year: int, *, comment: str, by: User | None) -> FilingAct:
    """Give a filed report back with comments; its writers are told by mail.

    Raises: `NotAllowed`; `ActRefused` without comments, or where nothing was filed; `DraftRefused` where its writers
    have begun to correct it themselves.
    """
    words = comment.strip()
    if not words:
        raise ActRefused("RETURN-COMMENT", "没有写退回意见。", "请写明要改正的地方。")
    report = _filed(agency, year, by)
    with transaction.atomic():
        if report.version is not None:
            submission.return_report(report.version.report, by=by, comment=words)
        act = _act(agency, year, FilingKind.RETURNED, comment=words, by=by, report=report)
        record("annual_report.filing_returned", obj=agency, actor=by, details={"year": year})
    subject = f"{year}年政府信息公开工作年度报告退回修改"
    sent = _mail(agency, subject, f"贵单位{year}年政府信息公开工作年度报告退回修改，意见如下：\n\n{words}")
    return _with_number(act, sent)


def accept(agency: Agency, year: int, *, by: User | None, comment: str = "") -> FilingAct:
    """Take a filed report as it is. Raises: `NotAllowed`; `ActRefused` where nothing was filed or doubts are open."""
    report = _filed(agency, year, by)
    if report.open_doubts:
        raise ActRefused(
            "ACCEPT-DOUBTS", f"“{agency.name}”的报告还有{report.open_doubts}处疑问没有核对。", "请先对照原件核对。"
        )
    with transaction.atomic():
        if report.version is not None:
            submission.accept(report.version.report, by=by, comment=comment)
        record("annual_report.filing_accepted", obj=agency, actor=by, details={"year": year})
        return _act(agency, year, FilingKind.ACCEPTED, comment=comment, by=by, report=report)


def excuse(agency: Agency, year: int, *, reason: str, by: User | None) -> FilingAct:
    """The body need not file for the year. Raises: `NotAllowed`, `ActRefused` without a reason."""
    require(by, Capability.SUPERVISE, agency)
    if not reason.strip():
        raise ActRefused("EXCUSE-REASON", "没有写不须报送的理由。", "请写明，例如“当年12月新设立”。")
    with transaction.atomic():
        record("annual_report.filing_excused", obj=agency, actor=by, details={"year": year})
        return _act(agency, year, FilingKind.EXCUSED, comment=reason, by=by)


def oblige(agency: Agency, year: int, *, by: User | None, reason: str = "") -> FilingAct:
    """The body has to file after all. Raises: `NotAllowed`."""
    require(by, Capability.SUPERVISE, agency)
    with transaction.atomic():
        record("annual_report.filing_obliged", obj=agency, actor=by, details={"year": year})
        return _act(agency, year, FilingKind.OBLIGED, comment=reason, by=by)


def _filed(agency: Agency, year: int, by: User | None) -> Filed:
    require(by, Capability.SUPERVISE, agency)
    report = filed_one(agency, year)
    if report is None or not report.submitted:
        raise ActRefused("NOT-FILED", f"“{agency.name}”还没有报送{year}年度报告。", "可以在名单中催报。")
    return report


def _act(  # noqa: PLR0913  # an act is its facts
    agency: Agency, year: int, kind: FilingKind, *, comment: str, by: User | None, report: Filed | None = None
) -> FilingAct:
    made: FilingAct = FilingAct.objects.create(
        agency=agency,
        year=year,
        kind=kind,
        comment=comment.strip()[:LONGEST_COMMENT],
        imported=report.imported if report is not None and report.version is None else None,
        by=by,
        at=timezone.now(),
    )
    return made


def _remind(agency: Agency, year: int, words: str, by: User | None) -> FilingAct:
    due, last_workday = due_day(agency, year)
    limit = ""
    if due is not None and last_workday is not None:
        limit = f"应于{_day(due)}前报送并公布（条例第四十九条）"
        limit += f"，此前最后一个工作日是{_day(last_workday)}。" if last_workday != due else "。"
        if timezone.localdate() > due:
            limit += "现已逾期。"
    text = f"贵单位{year}年政府信息公开工作年度报告尚未报送。{limit}\n{words}".strip()
    sent = _mail(agency, f"请报送{year}年政府信息公开工作年度报告", text)
    with transaction.atomic():
        record("annual_report.filing_reminded", obj=agency, actor=by, details={"year": year, "people": sent})
        made: FilingAct = FilingAct.objects.create(
            agency=agency,
            year=year,
            kind=FilingKind.REMINDED,
            comment=text[:LONGEST_COMMENT],
            sent_to=sent,
            by=by,
            at=timezone.now(),
        )
        return made


def _mail(agency: Agency, subject: str, text: str) -> int:
    """To everybody who writes the agency's report, and to its public address where nobody has one; how many."""
    people = [person.email for person in people_with(Capability.EDIT_REPORT, agency) if person.email]
    addresses = people or [agency.email] * bool(agency.email)
    if not addresses:
        return 0
    body = f"{agency.name}：\n\n{text}\n\n本邮件由信息公开平台发出，请登录平台办理，不要直接回复。"
    try:
        EmailMessage(subject, body, bcc=addresses).send()
    except (smtplib.SMTPException, OSError):
        logger.exception("mail to agency %s failed", agency.pk)
        return 0
    return len(addresses)


def _with_number(act: FilingAct, sent: int) -> FilingAct:
    """Acts are append-only; how many were told is for the message on the screen."""
    act.sent_to = sent
    return act


def _day(day: object) -> str:
    return f"{day:%Y年%-m月%-d日}"
