"""`applications_rekey` seals everything with the first key of `GONGKAI_DATA_KEYS`; afterwards the others can go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai_web.applications.services import sealed
from gongkai_web.audit.services import record


class Command(BaseCommand):
    """May be broken off and run again; the site stays open meanwhile."""

    help = "用第一个数据密钥重新加密全部申请人信息和材料。"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--new` for a key to put first."""
        parser.add_argument("--new", action="store_true", help="只生成一个新密钥并显示，不改动数据。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rows, indexes, files."""
        if options["new"]:
            self.stdout.write(sealed.new_key())
            self.stderr.write("请将它写在 GONGKAI_DATA_KEYS（或者 data-keys 文件）的最前面，重启后再运行本命令。")
            return
        rows = sealed.reseal_rows() + sealed.reseal_binaries()
        files = sealed.reseal_files()
        sealed.reindex()
        record("applications.rekeyed", details={"rows": rows, "files": files})
        self.stdout.write(f"已重新加密{rows}条记录、{files}份材料。确认备份后可以删去旧密钥。")
