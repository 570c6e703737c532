"""`applications_cache` writes anew what cases repeat of their ledgers; `--check` only compares (exit 1: differs)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai_web.applications.models import Case
from gongkai_web.applications.services.upkeep import differences, rewrite_all


class Command(BaseCommand):
    """Due dates, states and cells of the tables are functions of the ledgers; here they are proved to be."""

    help = "核对或者重建公开申请的缓存列与表三、表四计数。"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check` and the agency."""
        parser.add_argument("--check", action="store_true", help="只核对，不改写；有差异时退出码为1。")
        parser.add_argument("--agency", default="", help="只处理一个机构（网址标识）。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, or rewrite."""
        cases = Case.objects.all()
        if options["agency"]:
            cases = cases.filter(agency__slug=options["agency"])
        if not options["check"]:
            self.stdout.write(f"已重建{rewrite_all(cases)}件申请的缓存。")
            return
        found = 0
        for one in differences(cases):
            found += 1
            self.stderr.write(f"{one.number} {one.column}：存储为“{one.stored}”，按台账应为“{one.derived}”。")
        if found:
            raise SystemExit(1)
        self.stdout.write(f"{cases.count()}件申请的缓存与台账一致。")
