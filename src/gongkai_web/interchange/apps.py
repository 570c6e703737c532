"""The interchange app."""

from __future__ import annotations

from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    """Bulk import and export as background jobs."""

    name = "gongkai_web.interchange"
    label = "interchange"
    verbose_name = "导入导出"

    def ready(self) -> None:
        """The audit log shows its actions in Chinese."""
        from gongkai_web.audit import labels  # noqa: PLC0415  # apps must be loaded first

        labels.register(
            {
                "interchange.import_uploaded": "上传导入文件",
                "interchange.import_confirmed": "确认导入",
                "interchange.import_dropped": "放弃导入",
                "interchange.restarted": "重新开始",
                "interchange.items_imported": "导入存量信息",
                "interchange.submitted": "存量信息逐件提交签审",
                "interchange.export_started": "开始导出全部数据",
                "interchange.exported": "导出全部数据",
                "interchange.downloaded": "下载导出文件",
                "proactive.figure_saved": "保存表二数据",
                "proactive.decision_saved": "保存处理决定",
                "proactive.figure_deleted": "删除表二数据或处理决定",
            }
        )
