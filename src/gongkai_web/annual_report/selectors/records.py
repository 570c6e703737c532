"""The records behind a report as lists with digests: what a receipt vouches for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps

from gongkai.annual_report.receipt import RecordsEntry, list_digest
from gongkai_web.annual_report.selectors.draft import Draft
from gongkai_web.annual_report.sources import Figure
from gongkai_web.information.models import InformationItem

PAGE = 2000


def records_entries(draft: Draft) -> tuple[RecordsEntry, ...]:
    """One entry for each list of records that the report counts, in a fixed order."""
    return tuple(
        RecordsEntry(key, name, *list_digest(lines))
        for key, name, lines in (
            ("cells", "各单元格的数值和件数", _cells(draft)),
            ("applications", "依申请公开台账", _cases(draft)),
            ("items", "主动公开的信息", _items(draft)),
            ("register", "规范性文件、处理决定和期间数据", _table2(draft)),
            ("figures", "手工填报的指标及依据", _by_hand(draft)),
        )
    )


def _cells(draft: Draft) -> Iterator[str]:
    for path, cell in draft.cells.items():
        yield f"{path}\t{cell.value}\t{cell.origin.value}\t{cell.count}"


def _cases(draft: Draft) -> Iterable[str]:
    """Number of the case and cell, once for each time it counts there."""
    if not apps.is_installed("gongkai_web.applications"):
        return ()
    from gongkai_web.applications import selectors  # noqa: PLC0415  # the app may be left out of an installation

    paths = [path for path, cell in draft.cells.items() if cell.opens and path.startswith(("applications", "remedies"))]
    return (
        f"{path}\t{number}"
        for path in paths
        if not path.endswith(".total")
        for number in selectors.cases_in(draft.agency, draft.year, path)
        .values_list("number", flat=True)
        .iterator(chunk_size=PAGE)
    )


def _items(draft: Draft) -> Iterable[str]:
    rows = InformationItem.objects.public().filter(agency=draft.agency, published_on__year=draft.year)
    numbered = rows.order_by("index_number").values_list("index_number", "signed_fingerprint")
    return (f"{number}\t{digest}" for number, digest in numbered.iterator(chunk_size=PAGE))


def _table2(draft: Draft) -> Iterator[str]:
    for path, cell in draft.cells.items():
        if path.startswith("proactive.") and cell.figure is not None:
            yield from (f"{path}\t{line}" for line in _lines(cell.figure))


def _lines(figure: Figure) -> Iterator[str]:
    if figure.records is None:
        return
    offset = 0
    while page := list(figure.records(offset, PAGE)):
        yield from (f"{record.label}\t{record.remark}" for record in page)
        offset += len(page)


def _by_hand(draft: Draft) -> Iterator[str]:
    for one in draft.offered:
        if one.manual is not None:
            yield f"{one.bound.key}\t{one.bound.value}\t{one.manual.evidence}"
    for path, cell in draft.cells.items():
        if cell.manual is not None:
            yield f"{path}\t{cell.value}\t{cell.manual.reason}"
