"""The workbench app."""

from __future__ import annotations

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Start page, look and language of the back office."""

    name = "gongkai_web.workbench"
    label = "workbench"
    verbose_name = "工作台"
