"""The report as an item of the column 政府信息公开年报: what the review chain signs and the portal shows."""

from __future__ import annotations

from django.db import transaction
from django.utils.html import escape

from gongkai.annual_report.writing.html import render_fragment
from gongkai.annual_report.writing.outline import title_of
from gongkai.information.disclosure import DisclosureAttribute
from gongkai.proactive.columns import ColumnKind
from gongkai_web.accounts.models import Agency, User
from gongkai_web.annual_report.models import AnnualReport, Narrative, ReportVersion
from gongkai_web.annual_report.services.draft import DraftRefused
from gongkai_web.information.models import Attachment, InformationItem, ProposalWay
from gongkai_web.information.services.attribute import Proposer
from gongkai_web.information.services.drafting import create_item, save_draft
from gongkai_web.proactive.models import Column

PUBLISHED_FORMATS = ("docx", "pdf", "xlsx", "json", "receipt")
"""What the page offers for download; the page itself is the HTML."""


@transaction.atomic
def put_into_item(version: ReportVersion, *, by: User | None) -> InformationItem:
    """Make the version the newest draft of the report's item; what is public stays until the new one is signed.

    Raises: `DraftRefused` when the agency has no such column.
    """
    report = version.report
    attachments = _attachments(version)
    body = body_of(version)
    if report.item is None:
        item = create_item(
            agency=report.agency,
            by=None,  # whoever may edit the report may have it drafted; that was asked before
            attribute=DisclosureAttribute.PROACTIVE.value,
            proposer=Proposer(by, ProposalWay.RULE, "政府信息公开工作年度报告应当向社会公布（条例第四十九条）"),
            column=_column(report.agency),
            title=title_of(version.as_report()),
            summary=f"{report.agency.name}{report.year}年度政府信息公开工作情况、统计数据和改进措施。",
            formed_on=report.signed_on,
            body=body,
            attachments=attachments,
        )
        item.created_by = by
        item.save(update_fields=["created_by"])
        report.item = item
        report.save(update_fields=["item"])
        return item
    draft = report.item.draft()
    draft.title, draft.body = title_of(version.as_report()), body
    draft.formed_on = report.signed_on or draft.formed_on
    draft.attachments.set(attachments)
    save_draft(draft, by=None)
    return draft


def refuse_unplaceable(report: AnnualReport) -> None:
    """Raises: `DraftRefused` when the frozen report could not go anywhere; asked before files are written."""
    if report.item is None:
        _column(report.agency)
    elif report.item.is_withdrawn:
        raise DraftRefused(
            "ITEM-WITHDRAWN", "公布过的报告已经撤回，不能直接更正。", "请先在该信息的页面“转为草稿”，再定稿。"
        )


def writers_of(report: AnnualReport) -> set[int]:
    """Primary keys of everybody who wrote in the draft: none of them reviews it."""
    people: set[int] = set()
    for rows in (
        Narrative.objects.filter(report=report),
        report.manual_cells.all(),
        report.manual_figures.all(),
        report.explanations.all(),
        report.versions.all(),
    ):
        people.update(rows.exclude(by=None).values_list("by_id", flat=True))
    return people


def body_of(version: ReportVersion) -> str:
    """The page: the statutory text with its tables, the note of a correction, how to check the files."""
    fragment = render_fragment(version.as_report(), heading_level=1)
    _, _, body = fragment.partition("</h1>\n")  # the item's own title stands above it
    note = f"<p><strong>更正说明：</strong>{escape(version.note)}</p>\n" if version.number > 1 and version.note else ""
    proof = (
        f"<p>本页附件的校验凭证总摘要：<code>{version.sha256}</code>。"
        "下载校验凭证和附件后，可以用 gongkai verify 离线核对文件是否与公布时一致。</p>"
    )
    return f"{note}{body}<hr>{proof}"


def _attachments(version: ReportVersion) -> list[Attachment]:
    files = {file.format: file for file in version.files.select_related("document")}
    return [
        Attachment(
            document=files[kind].document,
            title=files[kind].document.title[:200],
            sha256=files[kind].sha256,
            sort_order=order,
        )
        for order, kind in enumerate(PUBLISHED_FORMATS)
    ]


def _column(agency: Agency) -> Column:
    column = Column.objects.filter(agency=agency, kind=ColumnKind.ANNUAL_REPORT.value).order_by("position").first()
    if column is None:
        raise DraftRefused(
            "NO-COLUMN", "本机构没有“政府信息公开年报”栏目。", "请机构管理员在“栏目”中采用法定专栏后重试。"
        )
    return column
