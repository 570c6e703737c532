"""What a reader has to know before applying: the time limits in force, read from the law's data."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.law.provisions import in_force
from gongkai_web.portal.selectors.register import Step


def time_limits(today: date | None = None) -> tuple[Step, ...]:
    """The way of an application with its periods, for the timeline. Source: 条例 §30–§33."""
    today = today or timezone.localdate()
    asked, answer, longer, third = (
        in_force(f"deadline.{name}", on=today)
        for name in ("correction_notice", "answer", "answer_extension", "third_party")
    )
    return (
        Step(None, "机关收到申请", "当面提交的为提交之日，邮寄的为签收之日，网络和传真的为双方确认之日。"),
        Step(None, f"{asked.days}个工作日内", f"内容不明确的，一次性告知补正（{asked.citation}）。"),
        Step(None, f"{answer.days}个工作日内", f"作出答复；补正的，从收到补正材料之日起计算（{answer.citation}）。"),
        Step(None, f"最长再延{longer.days}个工作日", f"经负责人同意并告知申请人（{longer.citation}）。", "to-come"),
        Step(
            None, "征求意见的时间不计入", f"第三方应在{third.days}个工作日内提出意见（{third.citation}）。", "to-come"
        ),
    )
