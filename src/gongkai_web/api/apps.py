"""The API app."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Open data, read-only."""

    name = "gongkai_web.api"
    label = "api"
    verbose_name = "开放数据接口"
