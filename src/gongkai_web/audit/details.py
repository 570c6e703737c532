"""The details of an event in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_KEYS = {
    "reason": "理由", "case": "案件或签审", "number": "编号", "index_number": "索引号", "role": "角色",
    "from": "原来", "to": "改为", "name": "登录名", "sort": "方式", "act": "动作", "kind": "事项", "year": "年度",
    "set": "栏目集", "created": "新建", "url": "网址", "rows": "行数", "files": "文件数", "items": "件数",
    "cases": "件数", "bytes": "字节", "source": "来源文件", "sha256": "文件摘要", "digest": "摘要", "step": "环节",
    "assignee": "承办人", "office": "内设机构", "who": "人员", "action": "动作", "object": "对象", "agency": "机构",
    "since": "自", "until": "至", "personal": "只看个人信息", "body": "内容", "party": "对方", "channel": "方式",
    "cell": "单元格", "cells": "单元格数", "code": "代码", "format": "格式", "into": "并入",
    "received_on": "收到日期", "title": "标题", "what": "内容", "people": "人数", "moved": "变动", "before": "原值",
    "named": "含个人信息", "joint_once": "联合发文计一次", "after": "内容", "document_number": "文号",
    "subject": "事项", "decided_on": "决定日期", "is_open": "公开", "closed_basis": "不公开依据",
    "published_on": "公开日期", "decisions": "决定数量", "amount": "金额", "basis": "依据", "events": "条数",
    "policy": "政策文件", "interpreting": "解读材料", "document": "文件", "page": "页码", "attribute": "公开属性",
}  # fmt: skip
_ORDER = {name: number for number, name in enumerate(_KEYS)}
_VALUES = {
    "role": {
        "drafter": "承办人", "reviewer_1": "一审一校", "reviewer_2": "二审二校", "reviewer_3": "三审三校",
        "confidentiality": "保密审查", "officer": "依申请公开经办人", "supervisor": "主管部门监督员",
        "administrator": "机构管理员",
    },
    "act": {
        "signed": "签审同意", "returned": "退回", "referred": "报请确定", "determined": "登记确定结果",
        "determined_open": "确定可以公开", "determined_closed": "确定不得公开", "changed": "内容变更",
        "reopened": "重新签审", "withdrawn": "撤回", "added": "启用", "removed": "取消", "reset": "重新生成",
    },
    "kind": {
        "permits": "行政许可", "penalties": "行政处罚", "coercive_measures": "行政强制", "fees": "行政事业性收费",
        "amended": "修改", "repealed": "废止", "extended": "延长有效期", "declared_expired": "宣布失效",
    },
}  # fmt: skip


def register(keys: Mapping[str, str] | None = None, values: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """Add an app's names of details and of their values."""
    _KEYS.update(keys or {})
    for name, words in (values or {}).items():
        _VALUES.setdefault(name, {}).update(words)


def lines_of(details: Mapping[str, Any]) -> list[str]:
    """One line per detail: "理由：…"; a changed field as "电话：旧 → 新", or its name where values are not kept.

    >>> lines_of({"reason": "机构改革", "机构简称": ["甲局", "乙局"], "密码": []})
    ['理由：机构改革', '机构简称：甲局 → 乙局', '密码：已更改']
    """
    stated = {name: value for name, value in details.items() if value not in (None, "")}
    return [_line(name, stated[name]) for name in sorted(stated, key=_place)]


def _place(name: str) -> int:
    """The order of `_KEYS`, because a database need not keep the order in which details were written."""
    return _ORDER.get(name, len(_ORDER))


def _line(name: str, value: Any) -> str:
    label = _KEYS.get(name, name)
    if value == []:
        return f"{label}：已更改"
    if isinstance(value, list) and len(value) == 2 and name not in _KEYS:  # a field before and after
        before, after = (str(part) if part not in (None, "") else "空" for part in value)
        return f"{label}：{before} → {after}"
    return f"{label}：{_words(name)(value)}"


def _words(name: str) -> Callable[[Any], str]:
    known = _VALUES.get(name, {})

    def words(value: Any) -> str:
        if isinstance(value, Mapping):
            return "，".join(_line(key, inner) for key, inner in value.items() if inner not in (None, ""))
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, list):
            return "、".join(map(str, value))
        return known.get(str(value), str(value))

    return words
