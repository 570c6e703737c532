"""What the rest of the platform has to know of the supervising office's work, once, when the apps are loaded."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.urls import reverse

from gongkai_web.accounts.permissions import Capability
from gongkai_web.annual_report.models import AnnualReport, ImportedReport
from gongkai_web.annual_report.selectors.previous import register_lookup
from gongkai_web.annual_report.supervision import importing
from gongkai_web.annual_report.supervision.filed import imported_report
from gongkai_web.audit import labels
from gongkai_web.interchange.jobs import WORK, Work
from gongkai_web.interchange.models import Job, JobKind
from gongkai_web.portal.invalidation import content_changed

_LABELS = {
    "annual_report.import_corrected": "核对导入的年度报告",
    "annual_report.import_set_aside": "不采用导入的年度报告",
    "annual_report.import_read": "查看导入的年度报告原件",
    "annual_report.filing_reminded": "催报年度报告",
    "annual_report.filing_returned": "退回报送的年度报告",
    "annual_report.filing_accepted": "接收报送的年度报告",
    "annual_report.filing_excused": "确定不须报送年度报告",
    "annual_report.filing_obliged": "确定须报送年度报告",
    "annual_report.joint_document_added": "登记联合制发的文件",
    "annual_report.joint_document_removed": "删去联合制发的文件",
    "annual_report.summary_rule_saved": "修改年报汇总规则",
    "annual_report.summary_taken_over": "汇总数填入本级年度报告",
    "annual_report.members_exported": "导出各单位年报数据",
}


def connect() -> None:
    """Names of the log, the kind of background work, imports as the year before, freshness of the public statistics."""
    labels.register(_LABELS)
    WORK[JobKind.REPORTS] = Work(Capability.SUPERVISE, importing.run, page=_page)
    register_lookup(imported_report)
    for model in (AnnualReport, ImportedReport):
        post_save.connect(content_changed, sender=model, dispatch_uid=f"annual_report.statistics.{model.__name__}")


def _page(job: Job) -> str:
    return reverse("annual_report_import_job", args=[job.pk])
