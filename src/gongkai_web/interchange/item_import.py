"""Importing items: check, then all rows in one transaction or none.

Imported items are drafts. Nothing here publishes: 保密法实施条例 §42 wants a confidentiality review for each item, so
each of them goes through the chain by itself, however long it has been public elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from gongkai_web.accounts.models import User
from gongkai_web.accounts.permissions import Capability
from gongkai_web.accounts.services import require
from gongkai_web.audit.services import record
from gongkai_web.information.models import AgencyDocument, InformationItem, ReviewCase
from gongkai_web.information.services.review import submit
from gongkai_web.interchange.bulk_drafting import NamedFile, prepared, store_drafts
from gongkai_web.interchange.claims import settle
from gongkai_web.interchange.item_checks import CheckedPackage, CheckedRow, Report, check_package, checked_file
from gongkai_web.interchange.item_fields import LABEL_OF
from gongkai_web.interchange.item_reading import ReadPackage, read_package
from gongkai_web.interchange.models import ImportedItem, Job
from gongkai_web.interchange.packed_files import address_of, moved_pictures
from gongkai_web.interchange.problems import has_errors
from gongkai_web.interchange.problems import report as as_report
from gongkai_web.interchange.uploads import CheckedFile

_PREVIEWED = 20
_BATCH = 200
SUBMITTED_AT_ONCE = 100
"""As many as a request can send in and a reviewer can look through; the next ones follow by the next click."""
_PREVIEW = ("index_number", "column", "title", "document_number", "formed_on", "published_on", "attribute")


class ImportStopped(Exception):  # noqa: N818  # names the event
    """What was fine when it was checked is not any more; `report` says what."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__("import stopped")
        self.report = report


def check(job: Job, report: Report) -> dict[str, Any]:
    """The report for the preview. Raises: `UploadRefused`, `NotAllowed`."""
    with job.source.open("rb") as file:
        checked = _checked(job, read_package(job.source_name, file), report)
    return {
        **as_report(checked.problems),
        "rows": len(checked.rows),
        "files": len(checked.files),
        "bytes": sum(checked.files.values()),
        "headers": [LABEL_OF[name] for name in _PREVIEW],
        "preview": [_preview(entry) for entry in checked.rows[:_PREVIEWED]],
    }


def run(job: Job, report: Report) -> dict[str, Any]:
    """Import. Raises: `ImportStopped` with the fresh problems; nothing is stored then."""
    with job.source.open("rb") as file, _files_go_with_the_transaction() as kept:
        package = read_package(job.source_name, file)
        checked = _checked(job, package, report)
        if has_errors(checked.problems):
            raise ImportStopped(as_report(checked.problems))
        items = [prepared(_item(entry, job), by=job.started_by) for entry in checked.rows]
        # One file at a time: an archive may hold more than fits into memory.
        documents = {name: _put_away(checked_file(package, name), job, kept) for name in checked.files}
        with transaction.atomic():
            for document in documents.values():
                document.save()
            addresses = {old: document.url for name, document in documents.items() if (old := address_of(name))}
            for item in items:
                item.body = moved_pictures(item.body, addresses)
            files = [_files_of(entry, documents) for entry in checked.rows]
            store_drafts(list(zip(items, files, strict=True)), by=job.started_by, report=report)
            ImportedItem.objects.bulk_create(map(partial(_origin, job), checked.rows, items), batch_size=_BATCH)
            details = {"items": len(items), "files": len(documents), "source": job.source_name}
            record("interchange.items_imported", obj=job, actor=job.started_by, agency=job.agency, details=details)
            settle(job)
    return {"items": len(items), "files": len(documents)}


def submit_next(job: Job, *, by: User) -> int:
    """Send the next drafts of the import that have no case yet into the chain, each with a case of its own.

    Returns how many. Raises: `NotAllowed`.
    """
    require(by, Capability.DRAFT, job.agency)
    waiting = list(unsubmitted(job)[:SUBMITTED_AT_ONCE])
    with transaction.atomic():
        for imported in waiting:
            submit(imported.item, by=by, note=imported.note)
    return len(waiting)


def unsubmitted(job: Job) -> QuerySet[ImportedItem]:
    """Imported drafts that were never sent into the chain, in the order of the table."""
    drafts = ImportedItem.objects.filter(job=job, item__live=False, item__first_published_at=None)
    sent = ReviewCase.objects.filter(subject_type=InformationItem.subject_type())
    return drafts.exclude(item__in=sent.values("subject_id")).select_related("item", "job").order_by("row")


def _checked(job: Job, package: ReadPackage, report: Report) -> CheckedPackage:
    require(job.started_by, Capability.DRAFT, job.agency)
    return check_package(package, agency=job.agency, report=report)


def _preview(entry: CheckedRow) -> dict[str, object]:
    values = {**entry.row.values, "column": str(entry.column)}
    values["attribute"] = InformationItem(attribute=values.get("attribute", "")).get_attribute_display()
    return {"row": entry.row.number, "cells": [str(values.get(name) or "") for name in _PREVIEW]}


def _item(entry: CheckedRow, job: Job) -> InformationItem:
    published = entry.row.values.get("published_on")
    return InformationItem(agency=job.agency, column=entry.column, published_on=published, **entry.fields)


def _origin(job: Job, entry: CheckedRow, item: InformationItem) -> ImportedItem:
    return ImportedItem(
        item=item, job=job, row=entry.row.number, published_elsewhere_on=entry.row.values.get("published_on")
    )


def _files_of(entry: CheckedRow, documents: Mapping[str, AgencyDocument]) -> list[NamedFile]:
    titles = entry.row.titles or ("",) * len(entry.row.files)
    return [NamedFile(documents[name], title) for name, title in zip(entry.row.files, titles, strict=True)]


def _put_away(file: CheckedFile, job: Job, kept: list[AgencyDocument]) -> AgencyDocument:
    """Write the file, which needs no transaction; its row follows inside of one."""
    document = AgencyDocument(
        title=PurePosixPath(file.name).stem,
        collection=job.agency.collection,
        uploaded_by_user=job.started_by,
        file_size=len(file.data),
    )
    document.file.save(file.name, ContentFile(file.data), save=False)
    kept.append(document)
    return document


@contextmanager
def _files_go_with_the_transaction() -> Iterator[list[AgencyDocument]]:
    """Files know no transaction: those of a failed import are removed here."""
    kept: list[AgencyDocument] = []
    try:
        yield kept
    except BaseException:
        for document in kept:
            document.file.storage.delete(document.file.name)
        raise
