"""`check --database default` tells when a guard is missing, for instance after a restore from a partial dump."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.utils import OperationalError

from gongkai_web.audit import guards


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """An error for every database that lacks a guard."""
    messages: list[CheckMessage] = []
    for alias in databases or ():
        try:
            absent = guards.missing(connections[alias])
        except OperationalError:
            continue
        if absent and "django_migrations" in connections[alias].introspection.table_names():
            messages.append(
                Error(
                    f"数据库缺少防护触发器：{'、'.join(absent)}。", hint="请运行 migrate 重新建立。", id="gongkai.E001"
                )
            )
    return messages
