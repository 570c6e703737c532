"""Acts on a case as a whole: splitting, merging, transfer, making proactive, handing out, adding a file."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai_web.applications.forms.fields import DayField, LongText, PlainForm
from gongkai_web.applications.models import Case, FileKind
from gongkai_web.applications.services.cases import Part

MOST_PARTS = 30


class SplitForm(PlainForm):
    """一事一申请: each line is an application of its own."""

    on = DayField(label="拆分之日")
    parts = LongText(
        label="拆出的申请", rows=6,
        help_text="每行一件，写所需政府信息的名称。拆出的各件收到之日不变，本件继续办理其余内容。",
    )  # fmt: skip

    def clean_parts(self) -> list[Part]:
        """Raises: `ValidationError` for none, too many, or one named twice."""
        named = [line.strip()[:200] for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        if not named:
            raise forms.ValidationError("没有写明拆出的申请。请每行填写一件。")
        if len(named) > MOST_PARTS:
            raise forms.ValidationError(f"一次最多拆出{MOST_PARTS}件，现有{len(named)}件。请分次拆分。")
        if len(set(named)) < len(named):
            raise forms.ValidationError("有两行内容相同。每件申请的内容应当不同，请核对。")
        return [Part(text) for text in named]


class MergeForm(PlainForm):
    """Which case it goes into."""

    on = DayField(label="并案之日")
    into = forms.CharField(label="并入的受理编号", max_length=40, help_text="同一申请人的同一内容，且尚未办结的申请。")

    def __init__(self, data: Any = None, *, case: Case, **options: Any) -> None:
        super().__init__(data, **options)
        self.case = case

    def clean_into(self) -> Case:
        """Raises: `ValidationError` for a number that the agency does not have."""
        number = self.cleaned_data["into"].strip()
        found = Case.objects.filter(agency_id=self.case.agency_id, number=number).exclude(pk=self.case.pk).first()
        if found is None:
            raise forms.ValidationError(f"本机关没有受理编号为“{number}”的其他申请。请核对编号。")
        return found


class TransferForm(PlainForm):
    """Not ours, theirs."""

    on = DayField(label="移送之日")
    body = forms.CharField(label="接收机关的名称", max_length=100)
    contact = forms.CharField(label="接收机关的联系方式", max_length=200, help_text="地址、电话等，须告知申请人。")


class ProactiveForm(PlainForm):
    """What becomes public: without anything that tells who asked."""

    title = forms.CharField(label="标题", max_length=200, help_text="公开时显示的标题，不写申请人的任何信息。")
    body = LongText(
        label="公开的内容", rows=8, max_length=20_000, required=False,
        help_text="可以先留空，转为草稿后再编辑、添加附件，并提交签审。",
    )  # fmt: skip


class FileForm(PlainForm):
    """A document for the file of the case."""

    kind = forms.ChoiceField(label="用途", choices=FileKind.choices)
    file = forms.FileField(label="文件")
