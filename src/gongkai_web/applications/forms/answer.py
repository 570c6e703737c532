"""The answer: one or several items, each with one of the outcomes and the facts that this outcome requires.

Which facts there are depends on the outcome chosen, so the form is shown again after choosing; no script is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from gongkai.applications.details import Answered, Decision
from gongkai.applications.entry import Entry
from gongkai.applications.outcomes import Fact, missing_facts, requirement
from gongkai.law.events import EventKind
from gongkai.law.outcomes import Finality, Outcome, outcome_keys, outcomes
from gongkai_web.applications.forms.fields import DayField, LongText, PlainForm

MOST_ITEMS = 30
_OTHER = "other_outcome.other"


def answering_outcomes(on: date) -> list[Outcome]:
    """The outcomes in which an application is answered, in the order of the form."""
    return [one for one in outcomes(on=on) if one.finality is Finality.ANSWERED or one.key == _OTHER]


def _grouped(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The outcomes under the headings of 表三; `予以公开` and `部分公开` stand under none."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in answering_outcomes(on):
        groups.setdefault(one.group or "公开", []).append((one.key, one.label))
    return list(groups.items())


class ItemForm(PlainForm):
    """One item of what was asked for."""

    item = forms.CharField(label="内容", max_length=200, help_text="申请的哪一项内容。只有一项的，可以写申请的名称。")
    outcome = forms.ChoiceField(label="办理结果")

    def __init__(self, data: Any = None, *, on: date, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "请选择"), *_grouped(on)]
        for fact in self._facts():
            self.fields[f"fact-{fact.key}"] = LongText(label=fact.label, rows=2, required=False)

    @property
    def chosen(self) -> str:
        """The outcome chosen so far; empty while there is none, or one that does not exist."""
        said = self.data.get(self.add_prefix("outcome")) if self.is_bound else self.initial.get("outcome")
        return said if said in outcome_keys() else ""

    @property
    def article(self) -> str:
        """The article of the outcome chosen."""
        found = next((one for one in outcomes(on=date.max) if one.key == self.chosen), None)
        return found.provision.citation if found else ""

    @property
    def alternatives(self) -> str:
        """What is said about facts of which one set is enough."""
        either = requirement(self.chosen).either if self.chosen else ()
        return "，或者".join("和".join(f"“{fact.label}”" for fact in facts) for facts in either)

    def clean(self) -> dict[str, Any]:
        """Every fact that the outcome requires is stated."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("outcome"):
            for lacking in missing_facts(self.decision()):
                self.add_error(None, f"缺少：{lacking}。")
        return data

    def decision(self) -> Decision:
        """What is decided on the item."""
        said = self.cleaned_data
        facts = {fact.key: said.get(f"fact-{fact.key}", "").strip() for fact in self._facts()}
        return Decision(said.get("item", ""), said["outcome"], {key: text for key, text in facts.items() if text})

    def _facts(self) -> list[Fact]:
        if not self.chosen:
            return []
        required = requirement(self.chosen)
        every = [*required.facts, *(fact for facts in required.either for fact in facts)]
        return list(dict.fromkeys(every))


class AnswerForm(PlainForm):
    """The day, the items, and what concerns the answer as a whole."""

    on = DayField(label="作出答复之日")
    counted_as = forms.ChoiceField(
        label="计入年度报告表三的办理结果", required=False,
        help_text="各项结果不同且均未公开时，表三只计一种，可以在此选定；不选的，按表三的先后取第一种。",
    )  # fmt: skip
    public_interest = LongText(
        label="公共利益的理由和告知第三方的情况", required=False,
        help_text="第三方不同意公开且有合理理由，仍然予以公开的，须填写（条例第三十二条）。",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, kind: EventKind, today: date, items: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        super().__init__(data, initial={"on": today})
        self.kind, self.today = kind, today
        field = self.fields["counted_as"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [("", "由系统确定"), *_grouped(today)]
        self.items = self._item_forms(items)

    def _item_forms(self, items: Sequence[Mapping[str, Any]]) -> list[ItemForm]:
        if not self.is_bound:
            return [
                ItemForm(on=self.today, prefix=f"item{n}", initial=dict(one)) for n, one in enumerate(items or [{}])
            ]
        said = str(self.data.get("items", "1"))
        number = min(max(int(said) if said.isascii() and said.isdigit() else 1, 1), MOST_ITEMS)
        return [ItemForm(self.data, on=self.today, prefix=f"item{n}") for n in range(number)]

    def clean_on(self) -> date:
        """Raises: `ValidationError` for a day that has not come."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("日期晚于今天。台账只登记已经发生的事项，请核对日期。")
        return day

    def is_valid(self) -> bool:
        """The whole with all its items."""
        # Each is asked, so that each shows what is wrong with it.
        return all([super().is_valid(), *(item.is_valid() for item in self.items)])

    def answered(self) -> Answered:
        """What the entry says, of a valid form."""
        decisions = tuple(item.decision() for item in self.items)
        return Answered(decisions, self.cleaned_data["counted_as"], self.cleaned_data["public_interest"].strip())

    def entry(self) -> Entry:
        """The entry of a valid form."""
        return Entry(self.kind, self.cleaned_data["on"], self.answered())
