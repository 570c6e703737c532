"""Freezing a report: proof in every format, receipt, files, the item that goes through the review chain."""

from __future__ import annotations

import json

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.annual_report.model import Report
from gongkai.annual_report.proof import FormatProof, prove
from gongkai.annual_report.receipt import FileEntry, Receipt, report_digest
from gongkai.annual_report.serialisation import to_json
from gongkai.annual_report.writing import WRITERS
from gongkai_web.accounts.models import User
from gongkai_web.annual_report.models import AnnualReport, EventKind, ReportVersion, VersionFile
from gongkai_web.annual_report.selectors.cells import Origin
from gongkai_web.annual_report.selectors.draft import Draft, draft_of
from gongkai_web.annual_report.selectors.judgement import Judgement, judge
from gongkai_web.annual_report.selectors.records import records_entries
from gongkai_web.annual_report.services.draft import DraftRefused, locked_draft
from gongkai_web.annual_report.services.events import happen
from gongkai_web.annual_report.services.item import PUBLISHED_FORMATS, put_into_item, refuse_unplaceable
from gongkai_web.information.models import AgencyDocument

RECEIPT = "receipt"
_LABELS = {
    "docx": "Word 文档",
    "pdf": "PDF 文档",
    "html": "网页",
    "xlsx": "Excel 表格",
    "md": "Markdown 文本",
    "json": "JSON 数据",
    RECEIPT: "校验凭证",
}
PROOF_FORMATS = tuple(WRITERS)


@transaction.atomic
def freeze(report: AnnualReport, *, by: User | None, note: str = "", seen: int | None = None) -> ReportVersion:
    """Freeze the draft as the next version. Nothing is stored unless every format gives the report back.

    A correction of a published report needs a note. A report without a date is signed today.

    Raises: `NotAllowed`; `DraftRefused` with what has to be done first.
    """
    locked = locked_draft(report, by=by, seen=seen)
    if locked.published_version_id and not note.strip():
        raise DraftRefused(
            "FREEZE-NOTE", "更正已公布的报告须写明更正说明。", "说明会公布在报告页面上，请写明更正了什么。"
        )
    draft = draft_of(locked)
    judgement = judge(draft)
    refuse_unready(judgement)
    refuse_unplaceable(locked)
    if locked.signed_on is None:  # after the checks: what was explained about an undated report holds
        locked.signed_on = timezone.localdate()
        locked.save(update_fields=["signed_on"])
        draft = draft_of(locked)
    proofs = _proven(draft.report)
    version = _store(draft, judgement, proofs, by=by, note=note)
    put_into_item(version, by=by)
    _fix_carry(draft, by=by)
    happen(locked, EventKind.FROZEN, by=by, version=version, comment=note, details={"sha256": version.sha256})
    report.refresh_from_db()
    return version


def refuse_unready(judgement: Judgement) -> None:
    """Raises: `DraftRefused` for a draft that may not be frozen yet, naming the first reason."""
    draft = judgement.draft
    if draft.provisional:
        raise DraftRefused(
            "FREEZE-YEAR",
            f"{draft.year}年还没有结束，数据到12月31日才确定。",
            f"请在{draft.year + 1}年1月1日以后定稿。",
        )
    if draft.binding_problems:
        _, problem = draft.binding_problems[0]
        raise DraftRefused("FREEZE-TEXT", f"正文中的指标不能代入：{problem.message}", problem.hint)
    if judgement.unwritten:
        raise DraftRefused("FREEZE-UNWRITTEN", judgement.unwritten[0], "请填写后再定稿。")
    blocking = judgement.blocking
    if blocking:
        first = blocking[0]
        raise DraftRefused(
            "FREEZE-FINDINGS",
            f"还有{len(blocking)}个问题没有处理，第一个：{first.where}：{first.finding.message}",
            "错误须改正，警告须改正或者说明并签名。",
        )


def _fix_carry(draft: Draft, *, by: User | None) -> None:
    """The cases carried over the turn of the year are kept by number, so that next year's report is proved by them."""
    if draft.cells["applications.carried_out.total"].origin is not Origin.RECORDS:
        return
    from gongkai_web.applications.services.figures import freeze_carry  # noqa: PLC0415  # the app may be left out

    freeze_carry(draft.agency, draft.year, by=by)


def _proven(report: Report) -> list[FormatProof]:
    proofs = prove(report, to=PROOF_FORMATS)
    for proof in proofs:
        if not proof.holds:
            first = proof.differences[0]
            raise DraftRefused(
                "FREEZE-PROOF",
                f"写成 {proof.format.upper()} 再读回后有{len(proof.differences)}处不同，"
                f"第一处：{first.place}（报告中“{first.report}”，文件中“{first.file}”）。",
                "请检查该处的文字有无特殊符号或与编号标题混淆的段落，修改后重试。",
            )
    return proofs


def _store(
    draft: Draft, judgement: Judgement, proofs: list[FormatProof], *, by: User | None, note: str
) -> ReportVersion:
    row, at = draft.row, timezone.now()
    number = (row.versions.aggregate(newest=Max("number"))["newest"] or 0) + 1
    before = row.versions.filter(number=number - 1).first()
    stored = [(proof.format, _document(row, number, proof.format, proof.data, by=by)) for proof in proofs]
    records = records_entries(draft)
    receipt = Receipt(
        agency=draft.agency.name,
        year=draft.year,
        version=number,
        frozen_at=timezone.localtime(at).isoformat(timespec="seconds"),
        report_sha256=report_digest(draft.report),
        files=tuple(
            FileEntry(file.filename, one, file.file.size, file.sha256)
            for one, file in stored
            if one in PUBLISHED_FORMATS  # what nobody can download would be missing for whoever verifies
        ),
        records=records,
        note=note.strip(),
        previous=before.sha256 if before else None,
    ).sealed()
    version: ReportVersion = ReportVersion.objects.create(
        report=row,
        number=number,
        note=note.strip(),
        document=to_json(draft.report),
        records=receipt.to_json()["records"],
        proofs=[proof.to_json() for proof in proofs],
        findings=[
            {**one.finding.to_json(), "explanation": one.explanation.text if one.explanation else ""}
            for one in judgement.judged
        ],
        receipt=receipt.to_json(),
        sha256=receipt.root,
        by=by,
        at=at,
    )
    stored.append((RECEIPT, _document(row, number, RECEIPT, _pretty(receipt), by=by)))
    for one, file in stored:
        VersionFile.objects.create(
            version=version, format=one, name=file.filename, document=file, sha256=file.sha256, size=file.file.size
        )
    return version


def _document(row: AnnualReport, number: int, kind: str, data: bytes, *, by: User | None) -> AgencyDocument:
    extension = "json" if kind == RECEIPT else kind
    stem = f"{row.agency.slug[:40]}-{row.year}-v{number}{'-receipt' if kind == RECEIPT else ''}"
    title = f"{row}（{_LABELS[kind]}）"[:255]
    document = AgencyDocument(title=title, collection=row.agency.collection, uploaded_by_user=by)
    document.file.save(f"{stem}.{extension}", ContentFile(data), save=False)
    document.save()
    return document


def _pretty(receipt: Receipt) -> bytes:
    return json.dumps(receipt.to_json(), ensure_ascii=False, indent=1).encode()
