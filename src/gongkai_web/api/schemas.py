"""What the API answers. Every field is described, for the description is the documentation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

AttributeCode = Literal["proactive", "partly_open"]
"""The two members of `DisclosureAttribute` that can be public."""
ValidityCode = Literal["not_yet", "in_force", "amended", "repealed", "expired"]
"""The members of `Validity`."""


class Named(Schema):
    """一个机关或栏目的标识和名称。"""

    slug: Annotated[str, Field(description="网址标识，可用作筛选参数。")]
    name: Annotated[str, Field(description="名称。")]


class AgencyOut(Schema):
    """一个机关。"""

    slug: Annotated[str, Field(description="网址标识，可用作 agency 参数。")]
    name: Annotated[str, Field(description="机构全称。")]
    short_name: Annotated[str, Field(description="机构简称。")]
    kind: Annotated[str, Field(description="机构类别代码。")]
    kind_label: Annotated[str, Field(description="机构类别，例如“政府部门”。")]
    parent: Annotated[str | None, Field(description="上级机构的网址标识；没有上级时为 null。")]
    social_credit_code: Annotated[str, Field(description="统一社会信用代码；未填写时为空。")]
    site_code: Annotated[str, Field(description="网站标识码；未填写时为空。")]
    active: Annotated[bool, Field(description="机构今天是否存续。")]
    url: Annotated[str, Field(description="机构的信息公开专栏。")]


class ColumnOut(Schema):
    """一个栏目。"""

    id: Annotated[int, Field(description="栏目编号。")]
    agency: Annotated[str, Field(description="机构的网址标识。")]
    slug: Annotated[str, Field(description="栏目的网址标识，可用作 column 参数。")]
    name: Annotated[str, Field(description="栏目名称。")]
    parent: Annotated[str | None, Field(description="上级栏目的网址标识；一级栏目为 null。")]
    kind: Annotated[str, Field(description="栏目类别代码。")]
    code: Annotated[str, Field(description="标准栏目代码，各机构相同；自建栏目为空。")]
    description: Annotated[str, Field(description="栏目说明。")]
    basis: Annotated[str, Field(description="公开依据。")]
    url: Annotated[str, Field(description="栏目页面。")]


class ItemOut(Schema):
    """一件已公开政府信息的目录信息。"""

    id: Annotated[int, Field(description="编号，网址的一部分，不会改变。")]
    index_number: Annotated[str, Field(description="索引号。")]
    title: Annotated[str, Field(description="名称。")]
    summary: Annotated[str, Field(description="内容概述；未填写时为空。")]
    document_number: Annotated[str, Field(description="发文字号；没有时为空。")]
    maker: Annotated[str, Field(description="制作机关。")]
    agency: Annotated[Named, Field(description="公开的机关。")]
    column: Annotated[Named | None, Field(description="所在栏目；栏目不在门户显示时为 null。")]
    formed_on: Annotated[date, Field(description="成文（形成）日期。")]
    published_on: Annotated[date, Field(description="发布日期。")]
    effective_on: Annotated[date | None, Field(description="施行日期；没有时为 null。")]
    topic: Annotated[str, Field(description="主题分类；未填写时为空。")]
    genre: Annotated[str, Field(description="体裁分类；未填写时为空。")]
    keywords: Annotated[list[str], Field(description="关键词。")]
    attribute: Annotated[AttributeCode, Field(description="公开属性：proactive 主动公开，partly_open 删减后公开。")]
    validity: Annotated[
        ValidityCode | None,
        Field(
            description="有效性：not_yet 尚未施行，in_force 现行有效，amended 已修改，repealed 废止，expired 失效；"
            "只有登记在册的规范性文件和规章才有，其他为 null。"
        ),
    ]
    source: Annotated[str, Field(description="信息来源。")]
    source_url: Annotated[str, Field(description="来源网址；没有时为空。")]
    updated_at: Annotated[datetime, Field(description="现有内容的发布时间，含时区。")]
    url: Annotated[str, Field(description="正文页面。")]


class FileOut(Schema):
    """一个附件。"""

    title: Annotated[str, Field(description="名称。")]
    kind: Annotated[str, Field(description="用途：file 下载，image 正文图片，video 视频，audio 音频。")]
    url: Annotated[str, Field(description="下载地址。")]
    size: Annotated[int | None, Field(description="大小，单位字节；不详时为 null。")]
    sha256: Annotated[str, Field(description="文件内容的 SHA-256，十六进制。")]


class LinkOut(Schema):
    """有解读关系的另一件信息。"""

    id: Annotated[int, Field(description="那件信息的编号。")]
    title: Annotated[str, Field(description="名称。")]
    kind: Annotated[str, Field(description="解读形式，例如“图解”。")]
    url: Annotated[str, Field(description="正文页面。")]


class ItemDetailOut(ItemOut):
    """一件已公开政府信息的全部内容。"""

    body_html: Annotated[str, Field(description="正文，HTML 片段，不含脚本，不引用外部资源。")]
    attachments: Annotated[list[FileOut], Field(description="附件。")]
    interpretations: Annotated[list[LinkOut], Field(description="解读这件信息的材料。")]
    interprets: Annotated[list[LinkOut], Field(description="这件信息所解读的文件。")]


class Page(Schema):
    """一页结果。"""

    next: Annotated[str | None, Field(description="下一页的完整地址；已是最后一页时为 null。")]


class AgencyPage(Page):
    """一页机关，按机构层级排列。"""

    results: Annotated[list[AgencyOut], Field(description="本页的机关。")]


class ColumnPage(Page):
    """一页栏目，按编号排列。"""

    results: Annotated[list[ColumnOut], Field(description="本页的栏目。")]


class ItemPage(Page):
    """一页政府信息，发布日期由近及远。"""

    results: Annotated[list[ItemOut], Field(description="本页的信息。")]


class CountOut(Schema):
    """一类的件数。"""

    key: Annotated[str, Field(description="代码：公开属性代码、栏目网址标识或年份。")]
    label: Annotated[str, Field(description="名称。")]
    count: Annotated[int, Field(description="已公开的件数。")]


class CountsOut(Schema):
    """已公开信息的件数。"""

    agency: Annotated[str | None, Field(description="所统计机关的网址标识；全平台为 null。")]
    total: Annotated[int, Field(description="合计件数。")]
    by_attribute: Annotated[list[CountOut], Field(description="按公开属性。")]
    by_column: Annotated[list[CountOut], Field(description="按栏目；只在指定机关时给出，全平台为空。")]
    by_year: Annotated[list[CountOut], Field(description="按发布年份，由近及远。")]


class Where(Schema):
    """出错的参数。"""

    parameter: Annotated[str, Field(description="参数名称。")]
    message: Annotated[str, Field(description="错在哪里、怎样改。")]


class ErrorOut(Schema):
    """错误。"""

    code: Annotated[str, Field(description="供程序识别的代码，含义不变。")]
    message: Annotated[str, Field(description="出了什么错。")]
    hint: Annotated[str, Field(description="下一步怎么办。")] = ""
    details: Annotated[list[Where], Field(description="逐个参数的说明。")] = []
