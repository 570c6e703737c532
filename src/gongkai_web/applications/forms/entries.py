"""One form for each kind of legal event: what `gongkai.applications.details.DETAILS` says an entry has to say.

A form makes an `Entry`; whether the entry is lawful is for the ledger to say, not for the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.applications.details import (
    Asked,
    CorrectionAsked,
    Delayed,
    Details,
    Ended,
    Extended,
    FeeNotified,
    Opinion,
    ReanswerOrdered,
    RemedyAppealed,
    RemedyDecided,
    RemedyFiled,
    RemedyGroup,
    RemedyResult,
    Served,
)
from gongkai.applications.entry import Entry
from gongkai.applications.service import Channel, Service
from gongkai.applications.state import Application
from gongkai.law.deadlines import check_extension
from gongkai.law.errors import LawError
from gongkai.law.events import EventKind
from gongkai.law.fees import LARGEST, Fee, fee_for_items, fee_for_pages
from gongkai.law.outcomes import Finality, outcomes
from gongkai_web.applications.forms.fields import DayField, LongText, PlainForm

# What the day of an entry is the day of, where that is not the day of writing it down.
_DAYS: Mapping[EventKind, str] = {
    EventKind.CORRECTION_ASKED: "告知之日",
    EventKind.CORRECTED: "收到补正之日",
    EventKind.REASONS_GIVEN: "收到说明之日",
    EventKind.THIRD_PARTY_ASKED: "第三方收到征求意见书之日",
    EventKind.THIRD_PARTY_ANSWERED: "收到意见之日",
    EventKind.COAUTHOR_ASKED: "共同制作机关收到征求意见书之日",
    EventKind.COAUTHOR_ANSWERED: "收到意见之日",
    EventKind.EXTENDED: "决定并告知之日",
    EventKind.DELAYED: "确定并告知之日",
    EventKind.FEE_NOTIFIED: "申请人收到收费通知之日",
    EventKind.PAID: "缴清之日",
    EventKind.ENDED: "决定之日",
    EventKind.SERVED: "送出、交邮之日",
    EventKind.SERVED_AGAIN: "送出、交邮之日",
    EventKind.WITHDRAWN: "收到撤回之日",
    EventKind.REMEDY_FILED: "受理、立案或者提出之日",
    EventKind.REMEDY_DECIDED: "作出决定、判决之日",
    EventKind.REMEDY_APPEALED: "上诉之日",
    EventKind.REANSWER_ORDERED: "收到决定、判决之日",
}


class EntryForm(PlainForm):
    """The day is all that this kind says. Subclasses add what else there is in `details`."""

    on = DayField(label="日期")

    def __init__(
        self, data: Any = None, *, kind: EventKind, application: Application, today: date, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.kind, self.application, self.today = kind, application, today
        self.fields["on"].label = _DAYS.get(kind, "日期")
        self.fields["on"].initial = today
        self.prepare()

    def prepare(self) -> None:
        """Choices and initial values that depend on the case."""

    def clean_on(self) -> date:
        """Raises: `ValidationError` for a day that has not come: what has not happened is not recorded."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("日期晚于今天。台账只登记已经发生的事项，请核对日期。")
        return day

    def details(self) -> Details | None:
        """What the entry says besides its day."""
        return None

    def entry(self) -> Entry:
        """The entry of a valid form."""
        return Entry(self.kind, self.cleaned_data["on"], self.details())

    def _choose(self, name: str, pairs: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # the subclasses name choice fields only
        field.choices = list(pairs)


class CorrectionAskedForm(EntryForm):
    """告知补正."""

    missing = LongText(
        label="需要补正的事项", help_text="一次性写全。缺什么、怎样补，申请人看得懂。不写任何人的姓名和联系方式。"
    )
    until = DayField(label="补正期限（截止之日）", help_text="合理的补正期限，须晚于告知之日。")

    def details(self) -> Details:
        return CorrectionAsked(self.cleaned_data["missing"], self.cleaned_data["until"])


class AskedForm(EntryForm):
    """A letter to a third party or a co-author."""

    party = forms.CharField(label="征求的对象", max_length=100)

    def details(self) -> Details:
        return Asked(self.cleaned_data["party"].strip())


class OpinionForm(EntryForm):
    """The opinion of one of those who were asked."""

    party = forms.ChoiceField(label="提出意见的一方")
    opinion = forms.ChoiceField(
        label="意见",
        choices=[
            ("agrees", "同意公开"),
            ("reasonable", "不同意公开，且有合理理由"),
            ("groundless", "不同意公开，但没有合理理由"),
        ],
        widget=forms.RadioSelect,
    )

    def prepare(self) -> None:
        coauthor = self.kind is EventKind.COAUTHOR_ANSWERED
        asked = [one for one in self.application.consultations if one.coauthor is coauthor and one.answered_on is None]
        self._choose("party", ((one.party, f"{one.party}（意见期限到{one.due:%Y年%-m月%-d日}）") for one in asked))

    def details(self) -> Details:
        opinion = self.cleaned_data["opinion"]
        return Opinion(self.cleaned_data["party"], opinion == "agrees", opinion in {"reasonable", "agrees"})


class ExtendedForm(EntryForm):
    """延期, with the consent of the office's head."""

    days = forms.IntegerField(label="延长的工作日数", min_value=1)
    approved_by = forms.CharField(
        label="同意延期的工作机构负责人", max_length=40, help_text="政府信息公开工作机构负责人，须已经同意。"
    )

    def prepare(self) -> None:
        longest = check_extension(0, on=self.application.entries[0].on).days
        field = self.fields["days"]
        field.initial, field.max_value = longest, longest  # type: ignore[attr-defined]  # an integer field
        field.widget.attrs["max"] = longest
        field.help_text = f"最长{longest}个工作日。"

    def clean_days(self) -> int:
        """Raises: `ValidationError` for more than the law allows."""
        days: int = self.cleaned_data["days"]
        try:
            check_extension(days, on=self.application.entries[0].on)
        except LawError as error:
            raise forms.ValidationError(f"{error.message}{error.hint}") from None
        return days

    def details(self) -> Details:
        return Extended(self.cleaned_data["days"], self.cleaned_data["approved_by"].strip())


class DelayedForm(EntryForm):
    """延迟答复 of an excessive number of applications with good reasons."""

    until = DayField(label="延迟答复的期限（截止之日）", help_text="须晚于原答复期限，并告知申请人。")

    def details(self) -> Details:
        return Delayed(self.cleaned_data["until"])


class FeeForm(EntryForm):
    """收费通知: by items or by pages, never both; the amount is worked out here, nobody types it."""

    basis = forms.ChoiceField(
        label="计收方式",
        choices=[("items", "按件（同一申请人当月申请的件数）"), ("pages", "按量（本件提供的页数）")],
        widget=forms.RadioSelect,
        help_text="一件申请只能选一种方式。",
    )
    quantity = forms.IntegerField(
        label="本件的件数或者页数", min_value=1, max_value=LARGEST, help_text="A4及以下幅面，单面为一页。"
    )
    before = forms.IntegerField(
        label="同一申请人当月在本件之前的件数", min_value=0, max_value=LARGEST, required=False,
        help_text="按件计收时填写，按量计收时不用填。",
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["before"].initial = self.initial.get("before", 0)

    def fee(self) -> Fee:
        """The bands that the amount is added up from. Raises: LawError."""
        on, quantity = self.cleaned_data["on"], self.cleaned_data["quantity"]
        if self.cleaned_data["basis"] == "pages":
            return fee_for_pages(quantity, on=on)
        return fee_for_items(self._before + quantity, on=on)

    def details(self) -> Details:
        """Raises: LawError."""
        fee = self.fee()
        due = fee.total
        if self.cleaned_data["basis"] == "items":
            due -= fee_for_items(self._before, on=self.cleaned_data["on"]).total
        return FeeNotified(self.cleaned_data["basis"], self.cleaned_data["quantity"], due, self._before)

    @property
    def _before(self) -> int:
        """Pages are not added up over applications."""
        return (self.cleaned_data["before"] or 0) if self.cleaned_data["basis"] == "items" else 0


class EndedForm(EntryForm):
    """不再处理: the applicant has let a period run out."""

    outcome = forms.ChoiceField(label="不再处理的理由", widget=forms.RadioSelect)

    def prepare(self) -> None:
        ending = [
            (one.key, one.label)
            for one in outcomes(on=self.today)
            if one.finality is Finality.ENDED and one.key != "other_outcome.other"
        ]
        self._choose("outcome", ending)

    def details(self) -> Details:
        return Ended(self.cleaned_data["outcome"])


class ServedForm(EntryForm):
    """送达."""

    channel = forms.ChoiceField(
        label="送达方式", choices=[(one.value, one.label) for one in Channel], widget=forms.RadioSelect
    )
    received_on = DayField(
        label="申请人签收之日", required=False, help_text="邮寄的以签收之日起算复议、诉讼期限；尚未签收的先不填。"
    )
    postal = forms.BooleanField(
        label="邮寄的，由邮政企业寄递", required=False, initial=True, help_text="快递公司寄递的不能作为邮寄送达。"
    )

    def details(self) -> Details:
        channel = Channel(self.cleaned_data["channel"])
        postal = self.cleaned_data["postal"] or channel is not Channel.POST
        return Served(Service(channel, self.cleaned_data["on"], self.cleaned_data["received_on"], postal))


class RemedyFiledForm(EntryForm):
    """行政复议, 行政诉讼, 投诉举报."""

    group = forms.ChoiceField(
        label="种类", choices=[(one.value, one.label) for one in RemedyGroup], widget=forms.RadioSelect
    )
    number = forms.CharField(label="案号", max_length=60, help_text="尚无案号的，自编一个能辨认的编号。")
    body = forms.CharField(label="复议机关、法院或者受理机关", max_length=100)
    copy_on = DayField(
        label="本机关收到申请书、起诉状副本之日",
        required=False,
        help_text="答复、答辩的期限自此起算；尚未收到的先不填。",
    )
    simple = forms.BooleanField(label="行政复议适用简易程序", required=False)

    def details(self) -> Details:
        said = self.cleaned_data
        simple = said["simple"] and said["group"] == RemedyGroup.RECONSIDERATION.value
        return RemedyFiled(
            said["number"].strip(), RemedyGroup(said["group"]), said["body"].strip(), said["copy_on"], simple
        )


class _OfProceeding(EntryForm):
    """Something that happens in one of the proceedings on record."""

    number = forms.ChoiceField(label="案件")
    pending: bool | None = None

    def prepare(self) -> None:
        found = [one for one in self.application.proceedings if self.pending in (None, one.pending)]
        self._choose("number", ((one.number, f"{one.group.label}　{one.number}（{one.filed.body}）") for one in found))


class RemedyDecidedForm(_OfProceeding):
    """The result of a proceeding."""

    pending = True
    result = forms.ChoiceField(
        label="结果", choices=[(one.value, one.label) for one in RemedyResult], widget=forms.RadioSelect,
        help_text="撤销、变更、确认违法、责令履行的为结果纠正；终止、驳回、撤回的为其他结果。",
    )  # fmt: skip

    def details(self) -> Details:
        return RemedyDecided(self.cleaned_data["number"], RemedyResult(self.cleaned_data["result"]))


class RemedyAppealedForm(_OfProceeding):
    """提起上诉: the proceeding counts as pending again."""

    pending = False

    def details(self) -> Details:
        return RemedyAppealed(self.cleaned_data["number"])


class ReanswerOrderedForm(_OfProceeding):
    """责令重新答复."""

    pending = False
    until = DayField(
        label="决定、判决确定的期限（截止之日）", required=False, help_text="没有确定期限的不填，按答复期限计算。"
    )

    def details(self) -> Details:
        return ReanswerOrdered(self.cleaned_data["number"], self.cleaned_data["until"])


FORMS: Mapping[EventKind, type[EntryForm]] = {
    EventKind.CORRECTION_ASKED: CorrectionAskedForm,
    EventKind.CORRECTED: EntryForm,
    EventKind.REASONS_ASKED: EntryForm,
    EventKind.REASONS_GIVEN: EntryForm,
    EventKind.THIRD_PARTY_ASKED: AskedForm,
    EventKind.THIRD_PARTY_ANSWERED: OpinionForm,
    EventKind.COAUTHOR_ASKED: AskedForm,
    EventKind.COAUTHOR_ANSWERED: OpinionForm,
    EventKind.EXTENDED: ExtendedForm,
    EventKind.DELAYED: DelayedForm,
    EventKind.FEE_NOTIFIED: FeeForm,
    EventKind.PAID: EntryForm,
    EventKind.ENDED: EndedForm,
    EventKind.SERVED: ServedForm,
    EventKind.WITHDRAWN: EntryForm,
    EventKind.REMEDY_FILED: RemedyFiledForm,
    EventKind.REMEDY_DECIDED: RemedyDecidedForm,
    EventKind.REMEDY_APPEALED: RemedyAppealedForm,
    EventKind.REANSWER_ORDERED: ReanswerOrderedForm,
    EventKind.SERVED_AGAIN: ServedForm,
}
"""What is recorded by a form of its own kind. Answers, splitting, merging and transfer have their own screens."""
