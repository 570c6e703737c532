"""The log as a table to take away."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.utils import timezone

from gongkai_web.audit.details import lines_of
from gongkai_web.audit.models import AuditEvent

MOST = 200_000
"""Rows of one file: what a spreadsheet opens without complaint, and a minute's work for the database."""
HEADERS = ("编号", "时间", "人员", "动作", "对象", "机构", "涉及个人信息", "来源地址", "请求编号", "详情")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """What the writer writes to: each row comes back instead of being kept."""

    def write(self, row: str) -> str:
        return row


def csv_lines(events: Iterable[AuditEvent]) -> Iterator[str]:
    """Lines of CSV with a byte order mark, because spreadsheets take the text for another encoding without it."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(HEADERS)
    for event in events:
        yield writer.writerow([_harmless(value) for value in _values(event)])


def _values(event: AuditEvent) -> tuple[str, ...]:
    return (
        str(event.pk),
        f"{timezone.localtime(event.at):%Y-%m-%d %H:%M:%S}",
        event.actor_name or "系统",
        event.action_label,
        event.object_label,
        event.agency.name if event.agency else "",
        "是" if event.personal_data else "否",
        event.address,
        event.request_id,
        "；".join(lines_of(event.details)),
    )


def _harmless(value: str) -> str:
    """A spreadsheet runs what looks like a formula: a name that somebody tried to sign in with could be one."""
    return f"'{value}" if value.startswith(_FORMULA) else value
