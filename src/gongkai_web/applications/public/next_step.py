"""Who acts next, until when, and what happens if nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.applications import Application
from gongkai.applications.consultations import Position
from gongkai.law.events import Phase
from gongkai_web.applications.public.timeline import answer_clock, chinese


@dataclass(frozen=True)
class NextStep:
    """`who` acts next; `otherwise` is what follows from doing nothing; `serious` marks what the applicant loses."""

    who: str
    what: str
    otherwise: str = ""
    serious: bool = False


_SILENT = "机关逾期不答复的，您可以向其上级机关投诉举报，也可以依法申请行政复议或者提起行政诉讼（条例第五十一条）。"


def next_step(case: Application, *, today: date) -> NextStep:
    """The one thing the applicant has to know today."""
    clocks = {clock.key: clock.due for clock in case.clocks}
    phase = case.phase
    if phase is Phase.AWAITING_CORRECTION:
        return _yours(
            "请补正申请",
            clocks.get("correction"),
            "逾期不补正又没有正当理由的，视为放弃申请，机关不再处理（条例第三十条）。",
        )
    if phase is Phase.AWAITING_PAYMENT:
        return _yours("请缴纳信息处理费", clocks.get("fee_payment"), "逾期未缴的，视为放弃申请，机关不再处理。")
    if phase is Phase.RUNNING:
        return _running(case, today)
    if phase in (Phase.ANSWERED, Phase.ENDED, Phase.ANSWERED_AGAIN):
        return NextStep("机关", "已作出处理，正在按您选择的方式送达。", "长时间没有收到的，请联系机关。")
    if case.timeline.standing.reanswer_ordered:
        return _reanswer(case, today)
    return _CLOSED.get(phase, NextStep("", "申请已经办结。"))


def _yours(what: str, until: date | None, otherwise: str) -> NextStep:
    by = f"，最迟 {chinese(until)}" if until else ""
    return NextStep("您", f"{what}{by}。", otherwise, serious=True)


def _running(case: Application, today: date) -> NextStep:
    pending = [one for one in case.consultations if one.position is Position.PENDING]
    if pending:
        latest = max(one.due for one in pending)
        return NextStep(
            "、".join(one.party for one in pending),
            f"正在征求意见，最迟 {chinese(latest)} 提出；其间不计入答复期限。",
            "逾期没有意见的：第三方的，由机关决定是否公开；共同制作机关的，视为同意公开（条例第三十二条、第三十四条）。",
        )
    standing = case.timeline.standing
    if standing.reasons_asked and not standing.reasons_given:
        return NextStep("您", "请说明申请的理由。", "理由不合理的，机关告知不予处理（条例第三十五条）。", serious=True)
    return _agency(answer_clock(case).due, today, "答复")


def _reanswer(case: Application, today: date) -> NextStep:
    return _agency(answer_clock(case).due, today, "重新答复")


def _agency(due: date | None, today: date, what: str) -> NextStep:
    if due is None:
        return NextStep("机关", f"正在办理，将{what}。")
    if due < today:
        return NextStep("机关", f"应当在 {chinese(due)} 前{what}，期限已过。", _SILENT, serious=True)
    return NextStep("机关", f"正在办理，最迟 {chinese(due)} {what}。", _SILENT)


_CLOSED = {
    Phase.SERVED: NextStep("", "申请已经办结，答复已送达。", "不服的，可以在下面所列的期限内寻求救济。"),
    Phase.WITHDRAWN: NextStep("", "您已撤回申请，申请办结。", "需要时可以另行申请。"),
    Phase.TRANSFERRED: NextStep("", "申请已移送有权办理的机关，请与该机关联系。"),
    Phase.MERGED: NextStep("", "本件已并入您的另一件申请，请查询并入的申请。"),
}
