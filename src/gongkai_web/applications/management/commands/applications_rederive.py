"""`applications_rederive --known-on 2025-11-03`: which running clocks the holiday notices since that day have moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.law.calendar import calendar_for
from gongkai_web.applications.models import Case
from gongkai_web.applications.services.upkeep import apply_moved, moved


class Command(BaseCommand):
    """Run it after an update that brought a new or amended holiday notice."""

    help = "节假日通知修订后，列出未办结申请中变动的期限。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The day whose knowledge is compared with that of today."""
        parser.add_argument("--known-on", required=True, help="与这一天已知的节假日安排比较，例如 2025-11-03。")
        parser.add_argument("--write", action="store_true", help="同时改写列表中的期限，并留下记录。")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per clock that moved."""
        try:
            before = calendar_for(known_on=date.fromisoformat(options["known_on"]))
        except ValueError:
            raise CommandError("--known-on 不是日期，请写成 2025-11-03 的形式。") from None
        count = 0
        for case, found in moved(Case.objects.filter(due_on__isnull=False), before=before):
            for one in found:
                count += 1
                notices = "、".join(one.notices) or "无"
                self.stdout.write(f"{case.number} {one.label}：{one.was} → {one.now}（依据：{notices}）")
            if options["write"]:
                apply_moved(case, found)
        self.stdout.write(f"共{count}项期限变动。" if count else "没有期限变动。")
