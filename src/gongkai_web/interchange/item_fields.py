"""The columns of the table from which items are imported: what they are called, whether needed, how they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from gongkai.information.catalogue import GENRES, TOPICS
from gongkai.information.disclosure import DisclosureAttribute, ExemptionReason
from gongkai_web.interchange.sheets import label
from gongkai_web.interchange.values import as_choice, as_day

Parse = Callable[[str], object]


@dataclass(frozen=True)
class ItemField:
    """`name` is the field of the item, or one of the names that the import itself understands (`FOREIGN`)."""

    name: str
    label: str
    help: str
    example: str = ""
    required: bool = False
    parse: Parse = str
    aliases: tuple[str, ...] = ()
    width: int = 18


FOREIGN = frozenset({"column", "published_on", "attachments", "attachment_titles"})
_ATTRIBUTES = {attribute.label: attribute.value for attribute in DisclosureAttribute}
_REASONS = {reason.label: reason.value for reason in ExemptionReason}

ITEM_FIELDS: tuple[ItemField, ...] = (
    ItemField(
        "index_number",
        "索引号",
        "原有的索引号，原样保留；不填时按本机构规则编制。",
        "11341702486344515H/202110-00013",
        width=34,
    ),
    ItemField(
        "column",
        "栏目",
        "本机构的栏目名称或网址标识；有重名的写“一级栏目/二级栏目”。",
        "政策文件",
        required=True,
        aliases=("所属栏目",),
    ),
    ItemField(
        "title",
        "名称",
        "标题全文。",
        "关于做好夏季防疫工作的通知",
        required=True,
        aliases=("标题", "信息名称"),
        width=44,
    ),
    ItemField("summary", "内容概述", "一两句话。", aliases=("摘要",), width=30),
    ItemField(
        "document_number", "发文字号", "没有的不填。", "某卫发〔2021〕13号", aliases=("文号", "发文文号"), width=24
    ),
    ItemField("maker", "制作机关", "不填为本机构；联合发文写全部机关。", aliases=("发文机关", "发布机构")),
    ItemField("keeper", "保存机关", "从公民、法人和其他组织获取的信息才填。"),
    ItemField(
        "formed_on",
        "成文日期",
        "成文或形成的日期。",
        "2021-10-08",
        required=True,
        parse=as_day,
        aliases=("生成日期", "形成日期"),
    ),
    ItemField(
        "published_on",
        "原发布日期",
        "已在别处公开过的填首次发布日期，须同时填写来源网址；没有公开过的不填。",
        "2021-10-12",
        parse=as_day,
        aliases=("发布日期",),
    ),
    ItemField("effective_on", "施行日期", "没有的不填。", parse=as_day, aliases=("生效日期",)),
    ItemField(
        "topic",
        "主题分类",
        f"可选：{'、'.join(TOPICS)}。",
        parse=partial(as_choice, choices={name: name for name in TOPICS}),
    ),
    ItemField(
        "genre",
        "体裁分类",
        f"可选：{'、'.join(GENRES)}。",
        parse=partial(as_choice, choices={name: name for name in GENRES}),
        aliases=("体裁", "文种"),
    ),
    ItemField("keywords", "关键词", "用逗号分隔。", aliases=("主题词",)),
    ItemField("body", "正文", "纯文字（换行即分段）或 HTML。", "各区卫生健康部门：……", width=60),
    ItemField("source", "信息来源", "转载的写明来源；不填为本机构。", aliases=("来源",)),
    ItemField(
        "source_url", "来源网址", "原来公开的网址。", "https://example.cn/item/13", aliases=("原网址", "网址"), width=34
    ),
    ItemField(
        "attribute",
        "公开属性",
        f"可选：{'、'.join(_ATTRIBUTES)}。",
        "主动公开",
        required=True,
        parse=partial(as_choice, choices=_ATTRIBUTES),
        aliases=("公开方式",),
    ),
    ItemField(
        "exemption_reason",
        "不公开理由",
        f"不是主动公开的必填：{'、'.join(_REASONS)}。",
        parse=partial(as_choice, choices=_REASONS),
        aliases=("法定理由", "不主动公开的法定理由"),
    ),
    ItemField("attribute_explanation", "理由说明", "由机关裁量的理由须写明。"),
    ItemField("attribute_approval", "随文报批", "公开属性的批准人或审批单编号。"),
    ItemField(
        "attachments", "附件", "压缩包中的文件名，多个用分号隔开。", "附件/申请表.docx；附件/流程图.png", width=34
    ),
    ItemField(
        "attachment_titles",
        "附件名称",
        "公众看到的名称，与“附件”一一对应，用分号隔开；不填时用文件名。图片请写明图片内容。",
        "申请表；办理流程图",
        width=34,
    ),
)
BY_LABEL: dict[str, ItemField] = {label(text): field for field in ITEM_FIELDS for text in (field.label, *field.aliases)}
LABEL_OF = {field.name: field.label for field in ITEM_FIELDS}
