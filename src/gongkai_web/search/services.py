"""Writes of the index: noting changes, following them, building it anew. None of these asks who is acting: they
only ever copy what is public already."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from gongkai_web.information.models import InformationItem
from gongkai_web.search.backend import Rebuild, RebuildRunning, SearchBackend, SearchUnavailable
from gongkai_web.search.engine import engine
from gongkai_web.search.entries import all_entries, count_public, entries_of, public_stamps
from gongkai_web.search.models import IndexChange

SMALL = 2000
"""Up to so many public items a missing index is made on the spot, within a request."""
WITHIN_A_REQUEST = 200
"""So many items a request takes up at most, the latest noted first: a third of a second. `daily` does the rest."""
_AT_ONCE = 1000
_KEPT = timedelta(days=1)
_PATIENCE = timedelta(seconds=5)
_MARGIN = timedelta(minutes=5)

log = logging.getLogger(__name__)
_postponed: ContextVar[bool] = ContextVar("search_postponed", default=False)


def note(item_id: int) -> None:
    """Write down that the item has changed. Call it inside the transaction of the change."""
    IndexChange.objects.create(item_id=item_id)


def note_column(column_id: int) -> None:
    """Write down that the public items of the column, and of those below it, have changed. As `note`.

    The newest items are written down last, for what was noted last is taken up first.
    """
    of_column = Q(column=column_id) | Q(column__parent=column_id)
    items = InformationItem.objects.public().filter(of_column).order_by("published_on", "pk")
    changes = [IndexChange(item_id=number) for number in items.values_list("pk", flat=True)]
    IndexChange.objects.bulk_create(changes, batch_size=_AT_ONCE)


def is_behind() -> bool:
    """Does any change wait for the index?"""
    return IndexChange.objects.filter(applied_at=None).exists()


def catch_up() -> None:
    """Take up what a crash left behind, if anything waits for longer than a commit takes; at most twice a minute."""
    overdue = IndexChange.objects.filter(applied_at=None, noted_at__lt=timezone.now() - _PATIENCE)
    if overdue.exists() and cache.add("search:catching-up", True, 30):  # noqa: FBT003  # the value says nothing
        follow()


def follow(*, everything: bool = False) -> None:
    """Bring the latest changes into the index after a commit, or all of them. Never raises: the publication has
    happened, the note stays."""
    if _postponed.get():
        return
    try:
        update(at_most=None if everything else WITHIN_A_REQUEST)
    except Exception:  # whatever it is, the next update takes it up
        log.exception("the search index could not follow; the change stays noted")


@contextmanager
def postponed() -> Iterator[None]:
    """For imports and demo data: within this block nothing follows at once; at its end everything does."""
    token = _postponed.set(True)
    try:
        yield
    finally:
        _postponed.reset(token)
        follow(everything=True)


def update(*, at_most: int | None = None) -> int:
    """Bring waiting changes into the index, all or `at_most` of them; how many. Makes a missing index if that is quick.

    What was noted last comes first: whoever publishes while many changes wait is not kept waiting for those. Between
    two portions others may write.

    Raises: `SearchUnavailable` when there is no index and making it would take long.
    """
    if not is_behind():
        return 0
    backend = engine()
    ensure(backend)
    done = 0
    while portion := WITHIN_A_REQUEST if at_most is None else min(WITHIN_A_REQUEST, at_most - done):
        brought = _bring_waiting(backend, portion)
        if not brought:
            break
        done += brought
    return done


def _bring_waiting(backend: SearchBackend, at_most: int) -> int:
    """One portion of the waiting changes; how many."""
    with backend.exclusive():
        waiting = _waiting(at_most)
        if waiting:
            _bring(backend, {change.item_id for change in waiting})
            _mark_applied(waiting)
    return len(waiting)


def ensure(backend: SearchBackend | None = None) -> None:
    """Make a missing index where there is little to take up. Raises: `SearchUnavailable` where there is much."""
    backend = backend or engine()
    if backend.exists():
        return
    if count_public() > SMALL:
        raise SearchUnavailable(
            "SEARCH-NO-INDEX", "检索索引尚未建立。", "请运行 python -m gongkai_web search_rebuild 建立索引。"
        )
    try:
        rebuild()
    except RebuildRunning as error:
        raise SearchUnavailable("SEARCH-REBUILDING", "检索索引正在建立。", "请稍后再试。") from error


def rebuild(progress: Callable[[int], None] = lambda number: None) -> int:
    """Build the index anew beside the one in use, then switch; how many items it has.

    `progress` is called with the number of items taken up so far. What changes meanwhile is brought in at the switch.

    Raises: `RebuildRunning`.
    """
    backend, started, done = engine(), timezone.now(), 0
    with backend.rebuild() as building:
        for entries in all_entries():
            building.add(entries)
            done += len(entries)
            progress(done)
        building.complete()
        with backend.exclusive():
            waiting = _waiting()
            _bring(building, _changed_since(started - _MARGIN))
            building.switch()
            _mark_applied(waiting)
    _forget_old()
    return done


def look_after() -> str:
    """Make an index that is missing, or else take up what waits; a Chinese sentence of what was done, or nothing."""
    if (made := rebuild_if_missing()) is not None:
        return f"建立检索索引，共{made}件。"
    number = update()
    return f"补入检索变动{number}条。" if number else ""


def rebuild_if_missing() -> int | None:
    """Build the index if this version of the program has none; how many items it has then, `None` if it had one."""
    if engine().exists():
        return None
    try:
        return rebuild()
    except RebuildRunning:
        return None


@dataclass(frozen=True)
class Differences:
    """Numbers of items: public and not in the index, in the index and not public, in the index with old content."""

    missing: set[int]
    surplus: set[int]
    stale: set[int]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.stale)


def repair() -> Differences:
    """Compare the index with what is public, item by item, and mend it; what was mended. Raises: as `update`."""
    update()
    backend = engine()
    ensure(backend)
    with backend.exclusive():
        indexed, public = backend.stamps(), public_stamps()
        stale = {number for number in public.keys() & indexed.keys() if public[number] != indexed[number]}
        found = Differences(public.keys() - indexed.keys(), indexed.keys() - public.keys(), stale)
        if found:
            _bring(backend, found.missing | found.surplus | found.stale)
    return found


def _bring(target: SearchBackend | Rebuild, ids: Collection[int]) -> None:
    """What is public of these is taken up, the rest is forgotten."""
    for some in _portions(sorted(ids)):
        entries = entries_of(some)
        target.update(entries, remove=set(some) - {entry.id for entry in entries})


def _waiting(at_most: int | None = None) -> list[IndexChange]:
    """The changes that wait, those noted last first."""
    return list(IndexChange.objects.filter(applied_at=None).order_by("-id")[:at_most])


def _changed_since(moment: datetime) -> set[int]:
    """Items whose change was applied since then, or waits. By the time of applying: numbers may commit out of order."""
    changes = IndexChange.objects.exclude(applied_at__lt=moment)
    return set(changes.values_list("item_id", flat=True))


def _mark_applied(changes: Collection[IndexChange]) -> None:
    for some in _portions([change.pk for change in changes]):
        IndexChange.objects.filter(pk__in=some).update(applied_at=timezone.now())


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """A statement takes only so many values."""
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


def _forget_old() -> None:
    """Applied notes serve only a rebuild that runs at the same time."""
    try:
        IndexChange.objects.filter(applied_at__lt=timezone.now() - _KEPT).delete()
    except DatabaseError:
        log.warning("old notes of the search index could not be removed", exc_info=True)
