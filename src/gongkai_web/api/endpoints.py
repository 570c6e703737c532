"""The addresses of the API. Descriptions are Chinese because they are the published documentation."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from gongkai_web.accounts.models import Agency
from gongkai_web.api import selectors
from gongkai_web.api.errors import WITHDRAWN, ApiError, not_found
from gongkai_web.api.paging import USUAL, next_address
from gongkai_web.api.parameters import (
    AgencyFilter,
    ItemNumber,
    ItemQuery,
    Limit,
    NumberCursor,
    PathCursor,
    SlugPath,
)
from gongkai_web.api.schemas import (
    AgencyOut,
    AgencyPage,
    ColumnPage,
    CountOut,
    CountsOut,
    ErrorOut,
    ItemDetailOut,
    ItemPage,
)
from gongkai_web.api.writing import Writer
from gongkai_web.portal.selectors.structure import Structure
from gongkai_web.portal.views.requests import structure_of

router = Router()
_REFUSALS = {404: ErrorOut, 422: ErrorOut, 429: ErrorOut}
_SEE_AGENCIES = "机关的网址标识见 /api/v1/agencies。"


@router.get(
    "/items",
    response={200: ItemPage, **_REFUSALS},
    tags=["政府信息"],
    summary="政府信息列表",
    description="已公开的政府信息，发布日期由近及远。列表不含正文，正文按编号读取。",
    operation_id="list_items",
)
def list_items(request: HttpRequest, query: Query[ItemQuery]) -> ItemPage:
    """One page of public items."""
    structure = structure_of(request)
    since, until = query.days()
    wanted = selectors.Wanted(
        agency=_agency(structure, query.agency),
        column=query.column or "",
        validity=query.validity or "",
        topic=query.topic or "",
        genre=query.genre or "",
        document_number=query.document_number or "",
        since=since,
        until=until,
    )
    found = selectors.items(wanted, limit=query.limit, cursor=query.cursor or "")
    write = Writer(request, structure)
    return ItemPage(next=next_address(request, found.cursor), results=[write.item(item) for item in found.rows])


@router.get(
    "/items/{item_id}",
    response={200: ItemDetailOut, 410: ErrorOut, **_REFUSALS},
    tags=["政府信息"],
    summary="一件政府信息",
    description="一件已公开政府信息的目录信息、正文、附件和解读。已撤回的返回 410，并写明理由；转载方应随之删除。",
    operation_id="get_item",
)
def get_item(request: HttpRequest, item_id: ItemNumber) -> ItemDetailOut:
    """One public item, or its tombstone as an error."""
    item = selectors.item(item_id)
    if item is None:
        raise _gone(item_id)
    explaining, explained = selectors.interpretations(item_id)
    return Writer(request, structure_of(request)).whole_item(
        item,
        files=list(selectors.files(item_id)),
        explaining=[(link.interpreting, link.get_kind_display()) for link in explaining],
        explained=[(link.policy, link.get_kind_display()) for link in explained],
    )


@router.get(
    "/agencies",
    response={200: AgencyPage, **_REFUSALS},
    tags=["机关和栏目"],
    summary="机关列表",
    description="平台上的机关，按机构层级排列。",
    operation_id="list_agencies",
)
def list_agencies(request: HttpRequest, limit: Limit = USUAL, cursor: PathCursor = None) -> AgencyPage:
    """One page of agencies."""
    structure = structure_of(request)
    found = selectors.agencies(structure, limit=limit, after_path=cursor or "")
    write = Writer(request, structure)
    return AgencyPage(next=next_address(request, found.cursor), results=[write.agency(row) for row in found.rows])


@router.get(
    "/agencies/{slug}",
    response={200: AgencyOut, **_REFUSALS},
    tags=["机关和栏目"],
    summary="一个机关",
    description="一个机关的基本信息。",
    operation_id="get_agency",
)
def get_agency(request: HttpRequest, slug: SlugPath) -> AgencyOut:
    """One agency."""
    structure = structure_of(request)
    agency = structure.by_slug.get(slug)
    if agency is None:
        raise not_found("没有这个机关。", _SEE_AGENCIES)
    return Writer(request, structure).agency(agency)


@router.get(
    "/columns",
    response={200: ColumnPage, **_REFUSALS},
    tags=["机关和栏目"],
    summary="栏目列表",
    description="门户显示的栏目，两级，按编号排列。",
    operation_id="list_columns",
)
def list_columns(
    request: HttpRequest, agency: AgencyFilter = None, limit: Limit = USUAL, cursor: NumberCursor = None
) -> ColumnPage:
    """One page of columns."""
    structure = structure_of(request)
    found = selectors.columns(_agency(structure, agency), limit=limit, after_pk=cursor or 0)
    write = Writer(request, structure)
    return ColumnPage(next=next_address(request, found.cursor), results=[write.column(row) for row in found.rows])


@router.get(
    "/counts",
    response={200: CountsOut, **_REFUSALS},
    tags=["统计"],
    summary="已公开信息的件数",
    description="全平台或一个机关已公开信息的件数，按公开属性、栏目、发布年份分列。由现有记录当场统计。",
    operation_id="get_counts",
)
def get_counts(request: HttpRequest, agency: AgencyFilter = None) -> CountsOut:
    """Counts of public items."""
    structure = structure_of(request)
    of = _agency(structure, agency)
    attributes = selectors.attribute_counts(of)
    years = selectors.year_counts(of)
    return CountsOut(
        agency=of.slug if of else None,
        total=sum(attributes.values()),
        by_attribute=[CountOut(key=a.value, label=a.label, count=number) for a, number in attributes.items()],
        by_column=_column_counts(structure, of) if of else [],
        by_year=[CountOut(key=str(year), label=f"{year}年", count=number) for year, number in years.items()],
    )


def _column_counts(structure: Structure, agency: Agency) -> list[CountOut]:
    numbers = selectors.column_counts(agency)
    shown = structure.columns(agency)
    return [CountOut(key=column.slug, label=column.name, count=numbers.get(column.pk, 0)) for column in shown]


def _agency(structure: Structure, slug: str | None) -> Agency | None:
    if slug is None:
        return None
    if slug not in structure.by_slug:
        raise not_found(f"没有网址标识为“{slug}”的机关。", _SEE_AGENCIES)
    return structure.by_slug[slug]


def _gone(item_id: int) -> ApiError:
    tombstone = selectors.withdrawn_item(item_id)
    if tombstone is None:
        return not_found("没有这件信息。", "请核对编号；编号见 /api/v1/items。")
    error = ErrorOut(
        code=WITHDRAWN,
        message=f"索引号为{tombstone.index_number}的信息已撤回。理由：{tombstone.withdrawal_reason}",
        hint="转载的请一并删除。",
    )
    return ApiError(410, error)
