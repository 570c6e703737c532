"""`applications_retention --years 10`: erase applicants' data of cases closed longer ago than that."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai_web.applications.services.erasure import delete_strays, due_for_erasure, erase


class Command(BaseCommand):
    """How long to keep the data is the agency's decision (its archive rules), so there is no default."""

    help = "清除保存期限届满的申请人信息和材料；台账保留。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The period, and whether to look only."""
        parser.add_argument("--years", type=int, required=True, help="办结后保存的年数。")
        parser.add_argument("--dry-run", action="store_true", help="只列出受理编号，不清除。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase case by case; each leaves an event."""
        if options["years"] < 1:
            raise CommandError("保存年数至少为1。请核对本机关的档案保管期限。")
        before, count = _years_ago(timezone.localdate(), options["years"]), 0
        for case in due_for_erasure(before):
            count += 1
            if options["dry_run"]:
                self.stdout.write(case.number)
            else:
                erase(case, by=None, reason=f"办结后满{options['years']}年，保存期限届满")
        if options["dry_run"]:
            self.stdout.write(f"共{count}件到期，未清除。")
            return
        self.stdout.write(f"已清除{count}件申请的申请人信息，删除{delete_strays()}份无主文件。")


def _years_ago(today: date, years: int) -> date:
    """29 February becomes the 28th."""
    day = min(today.day, 28) if today.month == 2 else today.day
    return today.replace(year=today.year - years, day=day)
