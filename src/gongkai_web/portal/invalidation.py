"""What makes pages out of date. Every receiver runs inside the transaction of the change it reports."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from gongkai_web.accounts.models import Agency
from gongkai_web.information import signals
from gongkai_web.information.models import (
    AgencyDocument,
    InformationItem,
    Interpretation,
    NormativeEvent,
    NormativeRecord,
)
from gongkai_web.portal import versions
from gongkai_web.proactive.models import Column

_CONTENT = (AgencyDocument, Interpretation, NormativeEvent, NormativeRecord)
_STRUCTURE = (Agency, Column)


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    for content in _CONTENT:
        _listen(content, content_changed)
    for structure in _STRUCTURE:
        _listen(structure, structure_changed)
    post_save.connect(item_saved, sender=InformationItem, dispatch_uid="portal.item_saved")
    # Validity is rewritten by a statement past `save`; only these signals tell of it.
    signals.published.connect(content_changed, dispatch_uid="portal.published")
    signals.withdrawn.connect(content_changed, dispatch_uid="portal.withdrawn")


def item_saved(instance: InformationItem, **_: Any) -> None:
    """Drafts that were never public touch no page: importing ten thousand of them bumps nothing."""
    if instance.live or instance.first_published_at is not None:
        versions.bump(versions.CONTENT)


def content_changed(**_: Any) -> None:
    """An item, a file, a link or an entry of the register."""
    versions.bump(versions.CONTENT)


def structure_changed(**_: Any) -> None:
    """An agency or a column."""
    versions.bump(versions.STRUCTURE)


def _listen(model: type[Model], receiver: Any) -> None:
    for signal in (post_save, post_delete):
        signal.connect(receiver, sender=model, dispatch_uid=f"portal.{model.__name__}.{id(signal)}")
