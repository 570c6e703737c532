"""The parameters of the API: what they may hold, and how they are described."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Path, Query, Schema

from gongkai_web.api.paging import MOST, USUAL
from gongkai_web.api.schemas import ValidityCode

_SLUG = r"^[-A-Za-z0-9_]+$"
_PLAIN = r"^[^\x00-\x1f\x7f]+$"

SlugPath = Annotated[str, Path(max_length=60, pattern=_SLUG, description="机关的网址标识。")]
ItemNumber = Annotated[int, Path(ge=1, le=2**63 - 1, description="信息的编号。")]
AgencyFilter = Annotated[
    str | None, Query(max_length=60, pattern=_SLUG, description="只要这个机关的；填机关的网址标识。")
]
Limit = Annotated[int, Query(ge=1, le=MOST, description=f"每页几条，最多{MOST}条。")]
NumberCursor = Annotated[
    int | None, Query(ge=1, le=2**63 - 1, description="从哪里接着读；取自上一页的 next，不要自己编写。")
]
PathCursor = Annotated[
    str | None,
    Query(max_length=120, pattern=r"^[0-9]+$", description="从哪里接着读；取自上一页的 next，不要自己编写。"),
]


class ItemQuery(Schema):
    """筛选政府信息；各条件同时满足。"""

    agency: Annotated[
        str | None, Field(max_length=60, pattern=_SLUG, description="只要这个机关的；填机关的网址标识。")
    ] = None
    column: Annotated[
        str | None,
        Field(max_length=60, pattern=_SLUG, description="只要这个栏目及其下级栏目的；不指定机关时指各机关的同名栏目。"),
    ] = None
    year: Annotated[int | None, Field(ge=1949, le=2100, description="发布年份。")] = None
    published_from: Annotated[date | None, Field(description="发布日期不早于，例如 2024-03-05。")] = None
    published_to: Annotated[date | None, Field(description="发布日期不晚于，例如 2024-12-31。")] = None
    validity: Annotated[ValidityCode | None, Field(description="有效性，代码的含义见返回的字段。")] = None
    topic: Annotated[str | None, Field(max_length=40, pattern=_PLAIN, description="主题分类，与目录完全一致。")] = None
    genre: Annotated[str | None, Field(max_length=20, pattern=_PLAIN, description="体裁分类，与目录完全一致。")] = None
    document_number: Annotated[
        str | None, Field(max_length=80, pattern=_PLAIN, description="发文字号，须完全一致，例如“某政发〔2024〕3号”。")
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST, description=f"每页几条，最多{MOST}条。")] = USUAL
    cursor: Annotated[
        str | None,
        Field(
            pattern=r"^[1-9][0-9]{0,5}-[1-9][0-9]{0,17}$", description="从哪里接着读；取自上一页的 next，不要自己编写。"
        ),
    ] = None

    def days(self) -> tuple[date | None, date | None]:
        """First and last day of publication, the year's bounds included."""
        first = [self.published_from, date(self.year, 1, 1) if self.year else None]
        last = [self.published_to, date(self.year, 12, 31) if self.year else None]
        return (
            max((day for day in first if day), default=None),
            min((day for day in last if day), default=None),
        )
