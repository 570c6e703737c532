"""Rows of the database as the API's answers."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest

from gongkai_web.accounts.models import Agency
from gongkai_web.api.schemas import AgencyOut, ColumnOut, FileOut, ItemDetailOut, ItemOut, LinkOut, Named
from gongkai_web.information.models import Attachment, InformationItem
from gongkai_web.portal.selectors.rows import item_url
from gongkai_web.portal.selectors.structure import Structure, agency_url, column_url
from gongkai_web.proactive.models import Column

_BETWEEN = re.compile(r"[,，;；、\s]+")


class Writer:
    """Writes answers with absolute addresses of the host that was asked."""

    def __init__(self, request: HttpRequest, structure: Structure) -> None:
        self._host = f"{request.scheme}://{request.get_host()}"
        self._structure = structure

    def agency(self, agency: Agency) -> AgencyOut:
        """An agency."""
        parent = self._structure.by_pk.get(agency.parent_id or 0)
        return AgencyOut(
            slug=agency.slug,
            name=agency.name,
            short_name=agency.short_name,
            kind=agency.kind,
            kind_label=agency.get_kind_display(),
            parent=parent.slug if parent else None,
            social_credit_code=agency.social_credit_code,
            site_code=agency.site_code,
            active=agency.is_active(),
            url=self._host + agency_url(agency),
        )

    def column(self, column: Column) -> ColumnOut:
        """A column."""
        agency = self._structure.by_pk[column.agency_id]
        return ColumnOut(
            id=column.pk,
            agency=agency.slug,
            slug=column.slug,
            name=column.name,
            parent=column.parent.slug if column.parent else None,
            kind=column.kind,
            code=column.code,
            description=column.description,
            basis=column.basis,
            url=self._host + column_url(agency, column),
        )

    def item(self, item: InformationItem) -> ItemOut:
        """An item's entry in the catalogue."""
        return ItemOut(**self._entry(item))

    def whole_item(
        self,
        item: InformationItem,
        *,
        files: list[Attachment],
        explaining: list[tuple[InformationItem, str]],
        explained: list[tuple[InformationItem, str]],
    ) -> ItemDetailOut:
        """An item with its body, files and interpretations; each of those with the Chinese name of its form."""
        return ItemDetailOut(
            **self._entry(item),
            body_html=item.body,
            attachments=[self._file(file) for file in files],
            interpretations=[self._link(other, kind) for other, kind in explaining],
            interprets=[self._link(other, kind) for other, kind in explained],
        )

    def _entry(self, item: InformationItem) -> dict[str, Any]:
        agency = self._structure.by_pk[item.agency_id]
        column = self._structure.columns(agency).by_pk.get(item.column_id)
        return {
            "id": item.pk,
            **{name: getattr(item, name) for name in _SAME},
            "maker": item.maker or agency.name,
            "source": item.source or agency.name,
            "agency": Named(slug=agency.slug, name=agency.name),
            "column": Named(slug=column.slug, name=column.name) if column else None,
            "keywords": [word for word in _BETWEEN.split(item.keywords) if word],
            "attribute": item.attribute,
            "validity": item.validity or None,
            "updated_at": item.last_published_at or item.first_published_at,
            "url": self._host + item_url(item.pk),
        }

    def _file(self, file: Attachment) -> FileOut:
        document = file.document
        return FileOut(
            title=file.label,
            kind=file.kind,
            url=self._host + document.url,
            size=document.file_size,
            sha256=file.sha256,
        )

    def _link(self, other: InformationItem, kind: str) -> LinkOut:
        return LinkOut(id=other.pk, title=other.title, kind=kind, url=self._host + item_url(other.pk))


_SAME = (
    "index_number", "title", "summary", "document_number", "formed_on", "published_on", "effective_on", "topic",
    "genre", "source_url",
)  # fmt: skip
