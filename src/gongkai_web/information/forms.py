"""Forms of the item's screens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.information.review import Step, check_chain
from gongkai_web.accounts.models import Agency
from gongkai_web.accounts.permissions import Capability, can
from gongkai_web.information.models import ClosureOutcome
from gongkai_web.information.models.closure import DEFAULT_MONTHS, MOST_MONTHS
from gongkai_web.information.models.review import SUBJECT_TYPES
from gongkai_web.information.services.drafting import attribute_problems
from gongkai_web.information.services.html import clean_body, undescribed_picture
from gongkai_web.workbench.scoping import AgencyScopedForm


class RichText(forms.Textarea):
    """A text area with HTML that a script turns into an editor; without scripts it stays a text area."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 16, "data-rich-text": ""})

    class Media:
        js = ["information/rich_text.js"]
        css = {"all": ["information/rich_text.css"]}


class ItemForm(AgencyScopedForm):
    """What a drafter fills in. The service checks the same once more."""

    capability = Capability.DRAFT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        column, agency = self.fields.get("column"), self.fields.get("agency")
        if column is None or agency is None:
            return
        column.queryset = column.queryset.for_items().filter(agency__in=agency.queryset)
        column.queryset = column.queryset.select_related("parent", "agency")
        if agency.queryset.count() > 1:  # two agencies have columns of the same name
            column.label_from_instance = lambda row: f"{row.agency.short_name}：{row}"

    def clean_body(self) -> str:
        """Only what is safe and loads nothing from elsewhere stays; every picture says what it shows."""
        body = clean_body(self.cleaned_data.get("body") or "")
        if number := undescribed_picture(body):
            raise ValidationError(f"第{number}张图片没有文字说明，请填写图片的替代文字（alt），写明图片的内容。")
        return body

    def clean(self) -> dict[str, Any]:
        """The column is the agency's; the disclosure attribute has its reason."""
        data: dict[str, Any] = super().clean()
        column, agency = data.get("column"), data.get("agency")
        if column and agency and column.agency_id != agency.pk:
            self.add_error("column", "所选栏目不属于这个机构，请重新选择。")
        if column and column.kind == "application":
            self.add_error("column", "“依申请公开”栏目是申请入口，不放信息，请另选栏目。")
        moment, before = data.get("publish_at"), self.initial.get("publish_at")
        kept = before is not None and before.replace(second=0, microsecond=0) == moment  # the form shows minutes
        if moment and not kept and moment < timezone.now():
            self.add_error("publish_at", "定时发布的时间已经过去，请核对；签审完成即发布的，不填。")
        return data

    def _post_clean(self) -> None:
        super()._post_clean()
        for problem in attribute_problems(self.instance) if self.instance.attribute else []:
            field = {"ATTR-EXPLAIN": "attribute_explanation"}.get(problem.code, "exemption_reason")
            if field in self.fields:
                self.add_error(field, problem.message)


class PostForm(AgencyScopedForm):
    """A new-media post."""

    capability = Capability.DRAFT


class RegisterForm(AgencyScopedForm):
    """An entry of the register."""

    capability = Capability.MANAGE_REGISTER


class InterpretationForm(AgencyScopedForm):
    """A link between a policy and its interpretation."""

    def clean(self) -> dict[str, Any]:
        """The interpreting item has to be one that the person may draft."""
        data: dict[str, Any] = super().clean()
        interpreting = data.get("interpreting")
        if interpreting and self.for_user and not _may_draft(self.for_user, interpreting):
            self.add_error("interpreting", "解读材料须是您可以起草的机构的信息（谁起草谁解读）。")
        return data


class ChainForm(AgencyScopedForm):
    """A review chain and its steps."""

    capability = Capability.ADMINISTER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An empty choice means everything here, not that somebody forgot to choose.
        self.fields["subject_type"].choices = SUBJECT_TYPES

    def clean(self) -> dict[str, Any]:
        """The chain has steps, no code twice, and a confidentiality review."""
        data: dict[str, Any] = super().clean()
        rows = [form.cleaned_data for form in self.formsets["steps"].forms if form.is_valid() and form.cleaned_data]
        kept = [row for row in rows if not row.get("DELETE")]
        problems = check_chain([_as_step(place, row) for place, row in enumerate(kept)])
        if problems:
            raise ValidationError([f"{problem.message}{problem.hint}" for problem in problems])
        return data


class PlainForm(forms.Form):
    """A form of the product's own screens: no colon after its labels, and what is missing is named."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                verb = "请选择" if isinstance(field, forms.ChoiceField) else "请填写"
                field.error_messages["required"] = f"{verb}“{field.label}”。"


class EventForm(PlainForm):
    """修改, 废止, 延长 or 失效 of a document in the register."""

    kind = forms.ChoiceField(label="事项")
    effective_on = forms.DateField(label="生效日期", widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="延长至", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    basis = forms.CharField(label="依据文件", max_length=300, help_text="作出决定的文件名称和文号。")
    basis_item = forms.CharField(
        label="依据文件的索引号",
        required=False,
        max_length=60,
        help_text="依据文件已在本平台的，填写后门户上可以点开。",
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # it is a ChoiceField

    def clean_basis_item(self) -> Any:
        """The item of that number among those that the person may read. Raises: `ValidationError`."""
        number = self.cleaned_data["basis_item"].strip()
        found = self.items.filter(index_number=number).first() if number else None
        if number and found is None:
            raise ValidationError(f"没有找到索引号为“{number}”的信息，请核对；依据文件不在本平台的，此项不填。")
        return found


class ReasonForm(PlainForm):
    """A reason that somebody will read."""

    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000)


class ClosureReviewForm(PlainForm):
    """What the look at a closed item found."""

    outcome = forms.ChoiceField(label="评估结果", choices=ClosureOutcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)


class IntervalForm(PlainForm):
    """Every how many months an agency looks at what it keeps closed."""

    agency = forms.ChoiceField(label="机构")
    months = forms.IntegerField(label="评估周期（月）", min_value=1, max_value=MOST_MONTHS, initial=DEFAULT_MONTHS)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(agency.pk), agency.name) for agency in agencies]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField


class DeterminationForm(PlainForm):
    """The answer to a referral."""

    outcome = forms.ChoiceField(
        label="确定结果",
        choices=[("open", "可以公开，继续签审"), ("closed", "不得公开，退回承办人")],
        widget=forms.RadioSelect,
    )
    opinion = forms.CharField(label="作出确定的机关和文号", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


def _may_draft(user: Any, item: Any) -> bool:
    return can(user, Capability.DRAFT, item)


def _as_step(place: int, row: dict[str, Any]) -> Step:
    """A row of the form as the rules know it; the code is the service's to give."""
    return Step(f"step-{place}", row["label"], row["role"])
