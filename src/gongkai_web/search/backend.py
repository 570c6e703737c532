"""The interface of the search: what goes in, what is asked, what comes back. Two implementations keep it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Protocol

from gongkai.errors import GongkaiError
from gongkai_web.search.text import folded


class SearchUnavailable(GongkaiError):  # noqa: N818  # names the state
    """There is no index to ask; it has to be built."""


class RebuildRunning(GongkaiError):  # noqa: N818  # names the state
    """Somebody else is building the index."""


@dataclass(frozen=True)
class Entry:
    """One public item as the index knows it. `title` and `text` are tidied; `keys` are its 文号 and 索引号.

    `columns` names its column and the one above, where readers see them; `stamp` tells two contents of an item apart.
    """

    id: int
    title: str
    text: str
    keys: tuple[str, ...]
    agency: int
    columns: tuple[str, ...]
    published_on: date
    validity: str = ""
    stamp: int = 0

    @cached_property
    def display(self) -> str:
        """Everything that is searched, the title on the first line."""
        return f"{self.title}\n{self.text}"

    @cached_property
    def folded(self) -> str:
        """`display` as it is compared."""
        return folded(self.display)

    @property
    def recency(self) -> int:
        """Orders by day of publication, then by number; days take 20 bits, numbers 40."""
        return self.published_on.toordinal() << 40 | self.id


@dataclass(frozen=True)
class Query:
    """A question. `terms` are folded and all required; `key` is the whole of them as a 文号, empty if it is none.

    `agencies` are primary keys, `column` the name of a column in whatever agency; `None` does not filter. Without terms
    everything matches, newest first.
    """

    terms: tuple[str, ...] = ()
    key: str = ""
    agencies: Collection[int] | None = None
    column: str | None = None
    year: int | None = None
    validity: str | None = None
    newest_first: bool = False
    title_only: bool = False
    with_facets: bool = True
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Hit:
    """An item found, with the text as indexed; `title_length` tells where the title ends in it,
    `keys` are its 文号 and 索引号, `stamp` tells whether the text is still the one in public."""

    id: int
    display: str
    title_length: int
    keys: tuple[str, ...] = ()
    stamp: int = 0


@dataclass(frozen=True)
class Facets:
    """How many of the items found there are per agency, name of column, year of publication and validity."""

    agencies: Mapping[int, int] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[int, int] = field(default_factory=dict)
    validities: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many items were counted: every item has one year of publication."""
        return sum(self.years.values())


@dataclass(frozen=True)
class Results:
    """The hits of one page. `exact` is False where `total` and `facets` may count a little too much."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool = True
    facets: Facets = field(default_factory=Facets)


class Rebuild(Protocol):
    """A new index beside the one in use."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Take these up; none of them is in the new index yet."""

    def complete(self) -> None:
        """All is added: what takes long is done here, while others may still write. Else `switch` does it."""

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`: what has changed while the new index was made."""

    def switch(self) -> None:
        """From now on this one is in use, for every process."""


class SearchBackend(Protocol):
    """What an implementation offers. `update`, and `switch` of a rebuild, are called within `exclusive()` only."""

    def exists(self) -> bool:
        """Is there an index that this version of the program can read?"""

    def exclusive(self) -> AbstractContextManager[None]:
        """Waits until nobody else writes, in whatever process."""

    def update(self, entries: Iterable[Entry], *, remove: Collection[int]) -> None:
        """Forget `remove`, then take up `entries`, at once for every reader. Raises: `SearchUnavailable`."""

    def rebuild(self) -> AbstractContextManager[Rebuild]:
        """A new index; thrown away unless it was switched to. Raises: `RebuildRunning`."""

    def query(self, query: Query) -> Results:
        """The answer. Raises: `SearchUnavailable`."""

    def stamps(self) -> dict[int, int]:
        """Number → stamp of all items in the index, to compare with what is public. Raises: `SearchUnavailable`."""
