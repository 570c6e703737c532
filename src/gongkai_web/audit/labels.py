"""What the actions of the log are called on the screen. Each app registers its own."""

from __future__ import annotations

from collections.abc import Mapping

_LABELS: dict[str, str] = {}


def register(labels: Mapping[str, str]) -> None:
    """Add the Chinese names of an app's actions."""
    _LABELS.update(labels)


def label_of(action: str) -> str:
    """The Chinese name; the code itself when nobody registered one."""
    return _LABELS.get(action, action)


def known_labels() -> list[str]:
    """Every Chinese name once, in order."""
    return sorted(set(_LABELS.values()))


def matching(text: str) -> list[str]:
    """The codes whose Chinese name contains the text."""
    return [action for action, label in _LABELS.items() if text in label]


register(
    {
        "audit.read": "查阅审计记录",
        "audit.exported": "导出审计记录",
        "accounts.agency_created": "建立机构",
        "accounts.agency_changed": "修改机构信息",
        "accounts.agency_closed": "撤销机构",
        "accounts.agency_moved": "移动机构",
        "accounts.office_saved": "维护内设机构",
        "accounts.user_created": "建立账号",
        "accounts.person_saved": "维护账号",
        "accounts.role_granted": "授予角色",
        "accounts.role_revoked": "收回角色",
        "accounts.membership_saved": "维护任职",
        "accounts.signed_in": "登录",
        "accounts.signed_out": "退出",
        "accounts.sign_in_failed": "登录失败",
        "accounts.password_changed": "修改密码",
        "accounts.second_factor_changed": "更改两步验证",
        "accounts.second_factor_failed": "两步验证失败",
        "accounts.second_factor_removed": "取消他人两步验证",
        "accounts.recovery_code_used": "使用恢复代码登录",
        "accounts.lockout_lifted": "解除登录锁定",
        "proactive.column_set_taken": "建立标准栏目集",
        "proactive.column_saved": "保存栏目",
        "information.item_drafted": "起草信息",
        "information.item_changed": "修改草稿",
        "information.read": "查看未公开信息",
        "information.file_read": "打开未公开文件",
        "information.interpretation_saved": "关联政策解读",
        "information.submitted": "提交签审",
        "information.review": "签审",
        "information.review_read": "查看送审内容",
        "information.published": "发布",
        "information.withdrawn": "撤回",
        "information.kept_closed": "定期评估：仍不公开",
        "information.redrafted": "撤回后转为草稿",
        "information.post_saved": "保存新媒体稿件",
        "information.post_sent": "登记新媒体发布",
        "information.register_saved": "保存规范性文件登记",
        "information.validity_changed": "有效性自动变更",
        "information.register_event": "登记规范性文件变动",
        "information.register_event_revoked": "更正规范性文件变动",
    }
)
