"""Fields that several forms of the back office have in common."""

from __future__ import annotations

from typing import Any

from django import forms


class DayField(forms.DateField):
    """A day, entered by the browser's own chooser or typed as 2025-03-21 where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("error_messages", {})
        kwargs["error_messages"].setdefault("invalid", "日期无法识别，请写成“2025-03-21”的样子。")
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"], **kwargs)


class LongText(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class PlainForm(forms.Form):
    """Labels without a colon: what is Chinese ends with none of half width."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
