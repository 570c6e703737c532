"""Choosing a row that has an index number, also in a browser that runs no scripts."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.snippets.widgets import AdminSnippetChooser

_NOBODY = "0"
"""A key that no row has: what was typed is not the number of anything."""


class NumberedChooser(AdminSnippetChooser):
    """Wagtail's chooser; without scripts a box for the 索引号 stands in its place and alone decides."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The key of the chosen row. The box is there only for browsers without scripts."""
        typed = data.get(_box(name))
        if typed is None:
            return super().value_from_datadict(data, files, name)
        if not typed.strip():
            return None
        found = self.model_class.objects.filter(index_number=typed.strip()).values_list("pk", flat=True).first()
        return found or _NOBODY

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        """With the number."""
        data: dict[str, Any] = super().get_value_data_from_instance(instance)
        return {**data, "index_number": instance.index_number}

    def render_html(self, name: str, value_data: dict[str, Any] | None, attrs: dict[str, Any]) -> SafeString:
        """With the box."""
        box = format_html(
            '<noscript><label>索引号 <input type="text" name="{}" value="{}" maxlength="60"></label></noscript>',
            _box(name),
            (value_data or {}).get("index_number", ""),
        )
        return format_html("{}{}", super().render_html(name, value_data, attrs), box)


def _box(name: str) -> str:
    return f"{name}-number"
