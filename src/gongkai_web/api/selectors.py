"""Reads of the API. Everything starts from what is live; drafts and withdrawn items are out of reach from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from gongkai.information.disclosure import DisclosureAttribute
from gongkai_web.accounts.models import Agency
from gongkai_web.api.paging import Slice, after, cut, item_cursor
from gongkai_web.information.models import Attachment, InformationItem, Interpretation
from gongkai_web.portal.selectors.rows import public_items
from gongkai_web.portal.selectors.structure import Structure
from gongkai_web.proactive.models import Column

_LISTED = (
    "index_number", "title", "summary", "document_number", "maker", "agency_id", "column_id", "formed_on",
    "published_on", "effective_on", "topic", "genre", "keywords", "attribute", "validity", "source", "source_url",
    "last_published_at", "first_published_at",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """The filters of the list of items; an empty one filters nothing."""

    agency: Agency | None = None
    column: str = ""
    validity: str = ""
    topic: str = ""
    genre: str = ""
    document_number: str = ""
    since: date | None = None
    until: date | None = None

    @cached_property
    def condition(self) -> Q:
        """All filters together."""
        condition = Q(agency=self.agency) if self.agency else Q()
        if self.column:
            condition &= Q(column__in=_columns(self.column, self.agency))
        plain = {name: getattr(self, name) for name in ("topic", "genre", "document_number", "validity")}
        days = {"published_on__gte": self.since, "published_on__lte": self.until}
        return condition & Q(**{name: value for name, value in (plain | days).items() if value})


def items(wanted: Wanted, *, limit: int, cursor: str = "") -> Slice[InformationItem]:
    """One page of public items, newest first."""
    found = public_items().filter(wanted.condition).only(*_LISTED)
    if cursor:
        found = found.filter(after(cursor))
    return cut(list(found[: limit + 1]), limit=limit, cursor_of=item_cursor)


def item(pk: int) -> InformationItem | None:
    """A public item with its body."""
    found: InformationItem | None = public_items().only(*_LISTED, "body").filter(pk=pk).first()
    return found


def withdrawn_item(pk: int) -> InformationItem | None:
    """What was public and is no longer: only that it is gone and why may be told."""
    gone = InformationItem.objects.tombstones().filter(first_published_at__isnull=False, live=False)
    found: InformationItem | None = gone.only("index_number", "withdrawal_reason").filter(pk=pk).first()
    return found


def files(pk: int) -> QuerySet[Attachment]:
    """The attachments of a public item."""
    found: QuerySet[Attachment] = Attachment.objects.filter(item_id=pk).select_related("document")
    return found


def interpretations(pk: int) -> tuple[list[Interpretation], list[Interpretation]]:
    """(what interprets the item, what the item interprets), public ones only."""
    links = Interpretation.objects.select_related("policy", "interpreting")
    explaining = links.filter(policy=pk, interpreting__live=True, interpreting__withdrawn_at=None)
    explained = links.filter(interpreting=pk, policy__live=True, policy__withdrawn_at=None)
    return list(explaining), list(explained)


def columns(agency: Agency | None, *, limit: int, after_pk: int = 0) -> Slice[Column]:
    """One page of the columns that the portal shows."""
    shown = Column.objects.shown().filter(pk__gt=after_pk).select_related("parent").order_by("pk")
    if agency is not None:
        shown = shown.filter(agency=agency)
    return cut(list(shown[: limit + 1]), limit=limit, cursor_of=lambda column: str(column.pk))


def agencies(structure: Structure, *, limit: int, after_path: str = "") -> Slice[Agency]:
    """One page of agencies, the government first."""
    rest = [agency for agency in structure.agencies if agency.path > after_path]
    return cut(rest[: limit + 1], limit=limit, cursor_of=lambda agency: agency.path)


def attribute_counts(agency: Agency | None) -> dict[DisclosureAttribute, int]:
    """Public items by disclosure attribute; only the two that can be public."""
    found = dict(_of(agency).values_list("attribute").annotate(Count("pk")).order_by())
    return {attribute: found.get(attribute.value, 0) for attribute in DisclosureAttribute if attribute.is_public}


def year_counts(agency: Agency | None) -> Mapping[int, int]:
    """Public items by year of publication, the newest first."""
    years = _of(agency).annotate(year=ExtractYear("published_on")).values_list("year").annotate(Count("pk"))
    return dict(years.order_by("-year"))


def column_counts(agency: Agency) -> Mapping[int, int]:
    """Primary key of the column → public items in it."""
    return dict(_of(agency).values_list("column").annotate(Count("pk")).order_by())


def _of(agency: Agency | None) -> QuerySet[InformationItem]:
    items = public_items().order_by()
    return items.filter(agency=agency) if agency else items


def _columns(slug: str, agency: Agency | None) -> list[int]:
    """The shown columns of that name with what stands below them."""
    shown = Column.objects.shown().filter(Q(slug=slug) | Q(parent__slug=slug, parent__is_shown=True))
    if agency is not None:
        shown = shown.filter(agency=agency)
    return list(shown.values_list("pk", flat=True))
