"""The sign-off sheet 签审单 as PDF."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.utils import timezone
from pylopdf_fonts_zh_cn import sans_path, serif_path

from gongkai.errors import GongkaiError
from gongkai_web.information.changes import as_text
from gongkai_web.information.models import InformationItem, ReviewCase
from gongkai_web.information.services.review import subject_of

_TEMPLATE = Path(__file__).with_name("sign_off_sheet.typ")
_COMPILING = Lock()  # one compiler is shared by all threads


class SheetFailed(GongkaiError):  # noqa: N818  # names the event
    """The PDF could not be set."""


def sign_off_sheet(case: ReviewCase) -> bytes:
    """PDF of one A4 page or more: what was signed, by whom, when, with what opinion, which points confirmed.

    Raises: `SheetFailed` when the Chinese fonts are missing, because the sheet would come out blank.
    """
    facts = json.dumps(sheet_facts(case), ensure_ascii=False)
    try:
        with _COMPILING:
            pdf, warnings = _compiler().compile_with_warnings(format="pdf", sys_inputs={"facts": facts})
    except typst.TypstError as error:
        raise SheetFailed("SHEET-SET", "签审单排版失败。", "请联系系统管理员查看日志。") from error
    if any("font" in str(warning.message) for warning in warnings):
        raise SheetFailed("SHEET-FONT", "生成签审单所需的中文字体缺失。", "请联系系统管理员重新安装字体。")
    return bytes(pdf)


@cache
def _compiler() -> Any:
    paths = [str(serif_path().parent), str(sans_path().parent)]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=list(dict.fromkeys(paths)))
    return typst.Compiler(_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)


def sheet_facts(case: ReviewCase) -> dict[str, Any]:
    """Everything that stands on the sheet, as text."""
    subject = subject_of(case)
    labels = {step["code"]: step["label"] for step in case.steps}
    acts = [
        {
            "step": labels.get(act.step, ""),
            "act": act.get_kind_display(),
            "name": act.by_name,
            "at": _moment(act.at),
            "opinion": act.opinion,
            "checked": act.checked,
        }
        for act in case.acts.order_by("id")
    ]
    snapshot = case.snapshot
    return {
        "agency": case.agency.name,
        "title": case.title,
        "number": str(case.number),
        "index_number": subject.index_number if isinstance(subject, InformationItem) else "",
        "document_number": str(snapshot.get("document_number") or ""),
        "attribute": _attribute(snapshot),
        "state": case.get_state_display(),
        "submitted": f"{case.opened_by}　{_moment(case.opened_at)}",
        "note": case.note,
        "attachments": [entry["title"] for entry in snapshot.get("attachments", [])],
        "fingerprint": case.fingerprint,
        "acts": acts,
        "printed": _moment(timezone.now()),
    }


def _attribute(snapshot: dict[str, Any]) -> str:
    """As it was signed, not as the item may stand by now."""
    attribute = as_text("attribute", snapshot.get("attribute"))
    reason = as_text("exemption_reason", snapshot.get("exemption_reason"))
    return f"{attribute}（{reason}）" if reason else attribute


def _moment(at: Any) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
