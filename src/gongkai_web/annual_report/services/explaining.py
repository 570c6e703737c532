"""Explaining a finding: a sentence with a signature, kept for as long as the finding is the same."""

from __future__ import annotations

from django.db import transaction

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.annual_report.models import AnnualReport, Explanation
from gongkai_web.annual_report.selectors.draft import draft_of
from gongkai_web.annual_report.selectors.judgement import judge
from gongkai_web.annual_report.services.draft import DraftRefused
from gongkai_web.audit.services import record

SHORTEST = 4
"""Characters; “无” or “已核” explains nothing to the supervising office."""


@transaction.atomic
def explain(report: AnnualReport, fingerprint: str, *, text: str, by: User | None) -> Explanation:
    """Sign an explanation for a finding of the present draft. A later one for the same finding takes its place.

    Raises: `NotAllowed`; `DraftRefused` when there is no such finding now, it is an error, or nothing is said.
    """
    require(by, Capability.EDIT_REPORT, report.agency)
    if not report.may_be_edited:
        raise DraftRefused("REPORT-FROZEN", "报告已经定稿，不能再说明问题。", "如需修改，请先取消定稿。")
    judged = next((one for one in judge(draft_of(report)).judged if one.finding.fingerprint == fingerprint), None)
    if judged is None:
        raise DraftRefused("EXPLAIN-GONE", "这个问题已经不存在或者有了变化。", "请刷新页面，查看最新的问题。")
    if not judged.may_be_explained:
        raise DraftRefused("EXPLAIN-ERROR", "错误须改正，不能以说明代替。", "请改正数据或文字后重新检查。")
    if len(text.strip()) < SHORTEST:
        raise DraftRefused("EXPLAIN-SHORT", "说明太短。", "请写明情况属实的理由，供上级机关审阅。")
    explanation: Explanation = Explanation.objects.create(
        report=report,
        fingerprint=fingerprint,
        code=judged.finding.code,
        place=judged.finding.place[:120],
        message=judged.finding.message,
        text=text.strip(),
        by=by,
        by_name=str(by)[:40] if by else "",
    )
    record("annual_report.explained", obj=report, actor=by, details={"code": judged.finding.code})
    return explanation
