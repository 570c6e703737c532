"""When the index hears of a change.

The change is noted inside its own transaction (`post_save`), so that a crash loses nothing, and brought into the
index right after the commit; of a column with many items its newest, and the others by `daily`. 有效性 is rewritten
past `save`; of that only `published` tells, after the commit.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_save

from gongkai_web.information import signals
from gongkai_web.information.models import InformationItem
from gongkai_web.proactive.models import Column
from gongkai_web.search import services

_NOTED = "_search_noted"
_RENAMED = "_search_renamed"


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    post_save.connect(item_saved, sender=InformationItem, dispatch_uid="search.item_saved")
    pre_save.connect(column_about_to_change, sender=Column, dispatch_uid="search.column_about_to_change")
    post_save.connect(column_saved, sender=Column, dispatch_uid="search.column_saved")
    signals.published.connect(item_announced, dispatch_uid="search.published")
    signals.withdrawn.connect(item_announced, dispatch_uid="search.withdrawn")
    signals.daily.connect(index_looked_after, dispatch_uid="search.daily")


def item_saved(instance: InformationItem, **_: Any) -> None:
    """Drafts that were never public are no concern of the index."""
    if instance.live or instance.first_published_at is not None:
        services.note(instance.pk)
        setattr(instance, _NOTED, True)
        transaction.on_commit(services.follow)


def column_about_to_change(instance: Column, **_: Any) -> None:
    """Items are found by the names of their columns: does what they are called by change?"""
    named = ("name", "parent_id", "is_shown")
    before = Column.objects.filter(pk=instance.pk).values(*named).first()
    setattr(instance, _RENAMED, bool(before) and any(before[name] != getattr(instance, name) for name in named))


def column_saved(instance: Column, **_: Any) -> None:
    """The items of a column renamed, moved or hidden are indexed anew."""
    if getattr(instance, _RENAMED, False):
        services.note_column(instance.pk)
        transaction.on_commit(services.follow)


def index_looked_after(**_: Any) -> str:
    """After an upgrade, or on a new machine, the index is made where nobody waits for it; so is what requests left."""
    return services.look_after()


def item_announced(instance: InformationItem, **_: Any) -> None:
    """After the commit of a publication, a withdrawal or a change of validity; only the last was not noted before."""
    if not getattr(instance, _NOTED, False):
        services.note(instance.pk)
        services.follow()
