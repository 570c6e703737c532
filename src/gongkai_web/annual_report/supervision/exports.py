"""Everything of a year in one workbook: roster, every cell of every report, findings, the summary with its members."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongkai.annual_report import formats
from gongkai.annual_report.crosswalk import value_at
from gongkai.annual_report.model import Number
from gongkai.annual_report.naming import place_label
from gongkai_web.accounts.models import Agency
from gongkai_web.annual_report.models import FilingAct
from gongkai_web.annual_report.supervision import findings
from gongkai_web.annual_report.supervision.roster import Line, roster
from gongkai_web.annual_report.supervision.summary import Summary, summarise
from gongkai_web.interchange.spreadsheets import Workbook

Row = Sequence[object]


def workbook(root: Agency, year: int) -> bytes:
    """An XLSX file; its sheets stand as the tabs of the screens do."""
    lines = roster(root, year)
    judged = findings.judge([line.agency for line in lines if line.filed], year)
    summary = summarise(root, year)
    out = io.BytesIO()
    book = Workbook(out)
    book.sheet("报送名单", _ROSTER, (_roster_row(line, judged.get(line.agency.pk)) for line in lines))
    book.sheet("各单位数据", _cells_head(year), _cells_rows(lines, year))
    book.sheet("问题", _FINDINGS, _findings_rows(judged))
    book.sheet("汇总", ("项目", "单位", "汇总数", "已填报合计", "没有填报的单位"), _summary_rows(summary))
    book.sheet("汇总明细", ("项目", "机构", "填报数", "扣减", "计入数", "扣减原因"), _share_rows(summary))
    book.sheet("办理记录", ("机构", "时间", "事项", "说明", "办理人"), _act_rows(lines, year))
    book.close()
    return out.getvalue()


_ROSTER = (
    *("机构", "类别", "状态", "报送期限", "报送或公布日期", "迟报天数", "来源", "错误", "未说明的警告", "跨年问题"),
    *("待核对", "催报次数", "说明"),
)
_FINDINGS = ("机构", "级别", "规则", "位置", "问题", "怎样处理", "依据", "本单位说明")


def _roster_row(line: Line, judged: findings.Judged | None) -> Row:
    report = line.filed
    origin = "" if report is None else "导入" if report.is_imported else "本系统"
    return (
        line.agency.name,
        line.agency.get_kind_display(),
        line.standing.label,
        str(line.due or ""),
        str(report.on or "") if report else "",
        line.days_late or "",
        origin,
        judged.errors if judged else "",
        judged.warnings if judged else "",
        len(judged.across_years) if judged else "",
        report.open_doubts if report else "",
        line.reminders,
        line.why,
    )


def _cells_head(year: int) -> tuple[str, ...]:
    form = formats.for_year(year)
    return ("机构", "格式", *(place_label(path, form) for path in form.cells))


def _cells_rows(lines: list[Line], year: int) -> Iterator[Row]:
    paths = list(formats.for_year(year).cells)
    for line in lines:
        if line.filed is not None:
            report = line.filed.report
            yield (line.agency.name, report.format.id, *(_plain(value_at(report, path)) for path in paths))


def _findings_rows(judged: dict[int, findings.Judged]) -> Iterator[Row]:
    for one in judged.values():
        for finding in one.findings:
            yield (
                one.filed.agency.name,
                finding.severity.label,
                finding.code,
                one.where(finding),
                finding.message,
                finding.hint,
                finding.citation,
                one.explained.get(finding.fingerprint, ""),
            )


def _summary_rows(summary: Summary) -> Iterator[Row]:
    form = summary.aggregate.form
    for path, column in form.cells.items():
        one = summary.aggregate.sums[path]
        yield (place_label(path, form), column.unit, _plain(one.value), _plain(one.partial), "、".join(one.unstated))


def _share_rows(summary: Summary) -> Iterator[Row]:
    form = summary.aggregate.form
    for path in form.cells:
        for share in summary.aggregate.shares(path):
            less = sum(deduction.amount for deduction in share.deductions)
            reasons = "；".join(deduction.reason for deduction in share.deductions)
            if share.stated != 0 or less:
                counted = _plain(share.counted)
                yield (place_label(path, form), share.name, _plain(share.stated), less or "", counted, reasons)


def _act_rows(lines: list[Line], year: int) -> Iterator[Row]:
    acts = FilingAct.objects.filter(agency__in=[line.agency for line in lines], year=year)
    for act in acts.select_related("agency", "by").order_by("id"):
        yield (act.agency.name, f"{act.at:%Y-%m-%d %H:%M}", act.get_kind_display(), act.comment, str(act.by or ""))


def _plain(value: Number | None) -> object:
    """A number for a spreadsheet; what is not stated stays an empty cell, not 0."""
    return float(value) if isinstance(value, Decimal) else "" if value is None else value
