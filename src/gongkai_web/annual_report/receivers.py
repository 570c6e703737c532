"""What happens elsewhere and concerns a report: its item is published, withdrawn, or given back."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from gongkai_web.annual_report.models import ImportedCorrection, ImportedReport
from gongkai_web.information import signals
from gongkai_web.information.models import InformationItem, ReviewCase
from gongkai_web.portal import versions

_ITEM = InformationItem.subject_type()


def connect() -> None:
    """Listen for the life of the process."""
    signals.published.connect(_published, dispatch_uid="annual_report.published")
    signals.withdrawn.connect(_withdrawn, dispatch_uid="annual_report.withdrawn")
    post_save.connect(_case_saved, sender=ReviewCase, dispatch_uid="annual_report.case_saved")
    for imported in (ImportedReport, ImportedCorrection):
        post_save.connect(_import_saved, sender=imported, dispatch_uid=f"annual_report.{imported.__name__}")


def _published(sender: type[InformationItem], instance: InformationItem, **_: Any) -> None:
    """Called after the commit that published the item."""
    from gongkai_web.annual_report.services.publication import note_published  # noqa: PLC0415  # models are loaded late

    note_published(instance)


def _withdrawn(sender: type[InformationItem], instance: InformationItem, **_: Any) -> None:
    """Called after the commit that took the item back."""
    from gongkai_web.annual_report.services.publication import note_withdrawn  # noqa: PLC0415  # models are loaded late

    note_withdrawn(instance)


def _import_saved(**_: Any) -> None:
    """The public statistics are made of imports too: no page of before may be shown again."""
    versions.bump(versions.CONTENT)


def _case_saved(sender: type[ReviewCase], instance: ReviewCase, created: bool, **_: Any) -> None:  # noqa: FBT001
    """Called within the transaction of the reviewer's act."""
    from gongkai_web.annual_report.services.submission import (  # noqa: PLC0415  # models are loaded late
        GIVEN_BACK_STATES,
        note_given_back,
    )

    if not created and instance.subject_type == _ITEM and instance.state in GIVEN_BACK_STATES:
        note_given_back(instance)
