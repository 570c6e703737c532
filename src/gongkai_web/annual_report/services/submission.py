"""From the frozen version to the superior agency: review, submission, return, acceptance, correction."""

from __future__ import annotations

from django.db import transaction

from gongkai.information.review import CaseState
from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.annual_report.models import AnnualReport, EventKind, ReportEvent, ReportState, ReportVersion
from gongkai_web.annual_report.services.draft import DraftRefused
from gongkai_web.annual_report.services.events import happen
from gongkai_web.annual_report.services.item import writers_of
from gongkai_web.information.models import ReviewCase
from gongkai_web.information.services.review import latest_case
from gongkai_web.information.services.review import submit as submit_to_review

GIVEN_BACK_STATES = (CaseState.RETURNED.value, CaseState.REOPENED.value, CaseState.WITHDRAWN.value)
"""States of a review in which the report is open for writing again."""


@transaction.atomic
def send_to_review(report: AnnualReport, *, by: User, note: str = "") -> ReviewCase:
    """Send the frozen version into the agency's chain; the last signature publishes it.

    Raises: `NotAllowed`, `DraftRefused`, `ReviewRefused`.
    """
    locked = _locked(report, by=by)
    version = _newest(locked)
    if locked.state != ReportState.FROZEN or version is None or locked.item is None:
        raise DraftRefused("SEND-STATE", "报告还没有定稿，不能提交签审。", "请先处理完问题并定稿。")
    case = submit_to_review(locked.item, by=by, note=note, capability=Capability.EDIT_REPORT)
    case.authors.add(*writers_of(locked))
    happen(locked, EventKind.SENT, by=by, version=version, comment=note, details={"case": case.pk})
    report.refresh_from_db()
    return case


@transaction.atomic
def reopen(report: AnnualReport, *, by: User | None, reason: str) -> AnnualReport:
    """Take the frozen version back into drafting, before anybody has been asked to sign it.

    Raises: `NotAllowed`, `DraftRefused`.
    """
    locked = _locked(report, by=by)
    if locked.state != ReportState.FROZEN:
        raise DraftRefused(
            "REOPEN-STATE",
            f"报告{locked.get_state_display()}，不能取消定稿。",
            "签审中的报告请由签审人退回；已公布的请启动更正。",
        )
    _need_reason(reason)
    happen(locked, EventKind.REOPENED, by=by, version=_newest(locked), comment=reason)
    return _fresh(report)


@transaction.atomic
def correct(report: AnnualReport, *, by: User | None, reason: str) -> AnnualReport:
    """Open a published report for a correction: what is public stays until the corrected version is signed.

    Raises: `NotAllowed`, `DraftRefused`.
    """
    locked = _locked(report, by=by)
    if locked.state not in (ReportState.PUBLISHED, ReportState.SUBMITTED):
        raise DraftRefused("CORRECT-STATE", "只有已公布的报告需要更正。", "没有公布的报告可以直接修改。")
    _need_reason(reason)
    happen(locked, EventKind.CORRECTED, by=by, version=locked.published_version, comment=reason)
    return _fresh(report)


@transaction.atomic
def submit(report: AnnualReport, *, by: User | None, comment: str = "") -> ReportEvent:
    """Submit the published version to the superior agency.

    Above a root of the tree there is no agency in this system; the comment then says to whom it went, and how.

    Raises: `NotAllowed`, `DraftRefused`.
    """
    locked = _locked(report, by=by)
    if locked.state != ReportState.PUBLISHED or locked.published_version is None:
        raise DraftRefused("SUBMIT-STATE", "报告还没有公布，或者已经报送。", "请先完成签审和公布。")
    superior = locked.agency.parent
    if superior is None and not comment.strip():
        raise DraftRefused("SUBMIT-TO", "上级机关不在本系统内，须写明报送情况。", "请写明报送的机关、方式和日期。")
    event = happen(
        locked, EventKind.SUBMITTED, by=by, version=locked.published_version, to_agency=superior, comment=comment
    )
    report.refresh_from_db()
    return event


@transaction.atomic
def return_report(report: AnnualReport, *, by: User | None, comment: str) -> ReportEvent:
    """The superior agency returns a submitted report with its comments. Raises: `NotAllowed`, `DraftRefused`."""
    locked = _locked_for_superior(report, by=by)
    if not comment.strip():
        raise DraftRefused("RETURN-COMMENT", "退回须写明意见。", "请写明需要改正或说明的问题。")
    event = happen(locked, EventKind.RETURNED, by=by, version=locked.submitted_version, comment=comment)
    report.refresh_from_db()
    return event


@transaction.atomic
def accept(report: AnnualReport, *, by: User | None, comment: str = "") -> ReportEvent:
    """The superior agency accepts a submitted report. Raises: `NotAllowed`, `DraftRefused`."""
    locked = _locked_for_superior(report, by=by)
    return happen(locked, EventKind.ACCEPTED, by=by, version=locked.submitted_version, comment=comment)


@transaction.atomic
def note_given_back(case: ReviewCase) -> AnnualReport | None:
    """After a reviewer returned the item of a report, or its signatures became void: the draft is open again."""
    report = (
        AnnualReport.objects.select_for_update(of=("self",))
        .select_related("agency")
        .filter(item_id=case.subject_id, state=ReportState.IN_REVIEW)
        .first()
    )
    if report is None or report.item is None or latest_case(report.item) != case:
        return None
    last = case.acts.order_by("-id").first()
    by, opinion = (last.by, last.opinion) if last else (None, "")
    happen(report, EventKind.GIVEN_BACK, by=by, version=_newest(report), comment=opinion)
    return report


def _locked(report: AnnualReport, *, by: User | None) -> AnnualReport:
    locked = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
    require(by, Capability.EDIT_REPORT, locked.agency)
    return locked


def _locked_for_superior(report: AnnualReport, *, by: User | None) -> AnnualReport:
    locked = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=report.pk)
    require(by, Capability.SUPERVISE, locked.agency)
    if locked.state != ReportState.SUBMITTED:
        raise DraftRefused("RETURN-STATE", "报告没有在报送状态，不能退回或接收。", "请刷新页面。")
    return locked


def _newest(report: AnnualReport) -> ReportVersion | None:
    newest: ReportVersion | None = report.versions.order_by("-number").first()
    return newest


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise DraftRefused("REPORT-REASON", "须写明理由。", "请写一句话说明原因，会记入办理记录。")


def _fresh(report: AnnualReport) -> AnnualReport:
    report.refresh_from_db()
    return report
