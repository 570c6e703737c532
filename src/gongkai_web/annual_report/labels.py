"""What the actions of this app are called in the log."""

from __future__ import annotations

from gongkai_web.audit import labels

_LABELS = {
    "annual_report.opened": "建立年度报告",
    "annual_report.saved": "修改年度报告草稿",
    "annual_report.cell_entered": "手工填报年报数值",
    "annual_report.figure_entered": "手工填报年报指标",
    "annual_report.table_opened": "年报表格改为手工填报",
    "annual_report.explained": "说明年报问题",
    "annual_report.frozen": "年度报告定稿",
    "annual_report.reopened": "取消年度报告定稿",
    "annual_report.given_back": "年度报告签审退回",
    "annual_report.sent": "年度报告提交签审",
    "annual_report.published": "年度报告公布",
    "annual_report.submitted": "年度报告报送",
    "annual_report.returned": "退回年度报告",
    "annual_report.accepted": "接收年度报告",
    "annual_report.corrected": "启动年度报告更正",
    "annual_report.records_read": "查看年报数值背后的记录",
}


def register() -> None:
    """Make them known."""
    labels.register(_LABELS)
