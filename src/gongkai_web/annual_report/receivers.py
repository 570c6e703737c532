"""What happens elsewhere and concerns a report: its item is published or given back."""

from __future__ import annotations

from typing import Any

from gongkai_web.information import signals
from gongkai_web.information.models import InformationItem


def connect() -> None:
    """Listen for the life of the process."""
    signals.published.connect(_published, dispatch_uid="annual_report.published")


def _published(sender: type[InformationItem], instance: InformationItem, **_: Any) -> None:
    """Called after the commit that published the item."""
    from gongkai_web.annual_report.services.publication import note_published  # noqa: PLC0415  # models are loaded late

    note_published(instance)
