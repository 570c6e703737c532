"""What an applicant may do in his case: correct, give reasons, show that he has paid, withdraw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.applications import Application, Entry
from gongkai.law.events import EventKind, Phase
from gongkai_web.applications.files import NewFile, add_file
from gongkai_web.applications.models import Case, CaseFile, FileKind, LedgerRecord
from gongkai_web.applications.services.events import record

_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Act:
    """`kind` is what the ledger will say, None for what only the agency can record. `words`: what has to be written.

    `effect` is told before it is done, `done` afterwards.
    """

    name: str
    title: str
    button: str
    effect: str
    done: str
    kind: EventKind | None
    words: str = ""
    words_help: str = ""
    files: FileKind | None = None
    grave: bool = False


_CORRECT = Act(
    "correct", "补正申请", "提交补正",
    "提交后，机关的答复期限从今天的次日起重新计算（条例第三十条）。",
    "补正已经提交，机关的答复期限从次日起重新计算。",
    EventKind.CORRECTED, "补正的内容", "请针对机关要求补正的事项，写清名称、文号、时间或者其他特征。", FileKind.REQUEST,
)  # fmt: skip
_REASONS = Act(
    "reasons", "说明理由", "提交理由",
    "机关将根据您说明的理由决定如何处理；答复期限不因此停止计算（条例第三十五条）。",
    "理由已经提交。",
    EventKind.REASONS_GIVEN, "申请的理由", "说明为什么需要这么多信息、这么频繁地申请。", FileKind.REQUEST,
)  # fmt: skip
_PAYMENT = Act(
    "payment", "提交缴费凭证", "提交凭证",
    "机关核实到账后登记，答复期限从缴清的次日起重新计算。",
    "缴费凭证已经提交，机关核实后会登记。",
    None, "缴费的说明", "例如：缴款的日期、金额、缴款书编号。", FileKind.OTHER,
)  # fmt: skip
_WITHDRAW = Act(
    "withdraw", "撤回申请", "确认撤回",
    "撤回后申请办结，机关不再答复，这件申请不能恢复；需要时可以重新申请。",
    "申请已经撤回。",
    EventKind.WITHDRAWN, grave=True,
)  # fmt: skip
ACTS: Mapping[str, Act] = {act.name: act for act in (_CORRECT, _REASONS, _PAYMENT, _WITHDRAW)}


def open_acts(case: Application) -> list[Act]:
    """What he may do now, by the order of events that the law knows."""
    allowed = {one.kind for one in case.next}
    return [
        act
        for act in ACTS.values()
        if act.kind in allowed or (act is _PAYMENT and case.phase is Phase.AWAITING_PAYMENT)
    ]


@transaction.atomic
def perform(case: Case, act: Act, *, key: str, words: str = "", files: Iterable[NewFile] = ()) -> None:
    """Do it once: a second time with the same `key` changes nothing. What he wrote is kept as a file of the case.

    Raises: CaseRefused, EventOrderError, LedgerError.
    """
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if is_done(case, key=key):
        return
    today = timezone.localdate()
    if act.kind is not None:
        record(case, Entry(act.kind, today), by=None, key=key)
    kept = list(files)
    if words and act.files is not None:
        kept.insert(0, NewFile(f"{act.words}（{today.isoformat()}）.txt", words.encode(), _TEXT, act.files))
    for file in kept:
        _add_once(case, file)


def is_done(case: Case, *, key: str) -> bool:
    """Has the form with that key been acted on?"""
    return LedgerRecord.objects.filter(case=case, key=key).exists()


def _add_once(case: Case, file: NewFile) -> None:
    """The same content is kept once: what leaves no record has no key that tells a second press."""
    if not CaseFile.objects.filter(case=case, sha256=hashlib.sha256(file.content).hexdigest()).exists():
        add_file(case, file, by=None)
