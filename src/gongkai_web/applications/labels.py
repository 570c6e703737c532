"""What the log calls the events of this app."""

from __future__ import annotations

from gongkai_web.audit import labels


def register() -> None:
    """Once, when the app is ready."""
    labels.register(
        {
            "applications.submitted": "网上收到公开申请",
            "applications.registered": "登记公开申请",
            "applications.recorded": "登记办理事项",
            "applications.struck": "作废办理记录",
            "applications.corrected": "更正办理记录",
            "applications.type_changed": "更正申请人类别",
            "applications.assigned": "分办",
            "applications.split": "拆分申请",
            "applications.merged": "并案",
            "applications.transferred": "移送其他机关",
            "applications.made_proactive": "转为主动公开",
            "applications.party_named": "登记征求意见对象",
            "applications.case_read": "查看申请内容",
            "applications.register_printed": "打印申请台账",
            "applications.register_exported": "导出申请台账",
            "applications.applicant_read": "查看申请人信息",
            "applications.applicant_changed": "修改申请人信息",
            "applications.file_added": "添加办理材料",
            "applications.file_read": "查看办理材料",
            "applications.opened_by_secret": "申请人凭查询码查询",
            "applications.receipt_shown": "出示接收回执",
            "applications.letter_fetched": "申请人下载文书",
            "applications.secret_refused": "查询码不符",
            "applications.secret_shown": "显示查询码",
            "applications.rederived": "按修订的节假日重新计算期限",
            "applications.erased": "清除申请人信息",
            "applications.rekeyed": "更换数据密钥",
            "applications.letter_drafted": "起草文书",
            "applications.letter_changed": "修改文书",
            "applications.letter_submitted": "文书送审",
            "applications.letter_returned": "退回文书",
            "applications.letter_signed": "签发文书",
            "applications.letter_issued": "文书定稿",
            "applications.letter_served": "送达文书",
            "applications.letter_received": "登记文书签收",
            "applications.letter_voided": "作废文书",
            "applications.letter_discarded": "删除文书草稿",
            "applications.letter_read": "查看文书",
            "applications.letter_downloaded": "下载文书",
            "applications.letter_settings_changed": "修改文书设置",
            "applications.carry_frozen": "确定结转下年度的申请",
        }
    )
