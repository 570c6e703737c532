"""`search_update`: brings into the index what a crash left behind; `--compare` also compares it with the database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai_web.search import services
from gongkai_web.search.backend import SearchUnavailable


class Command(BaseCommand):
    """Says what it did; harmless at any time."""

    help = "将尚未入索引的变动补入检索索引。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One switch."""
        parser.add_argument("--compare", action="store_true", help="逐件核对索引与已公开信息，并改正不一致之处。")

    def handle(self, *args: Any, **options: Any) -> None:
        """Waiting changes first, then the comparison."""
        try:
            number = services.update()
            self.stdout.write(f"补入变动{number}条。")
            if options["compare"]:
                found = services.repair()
                self.stdout.write(
                    f"核对完毕：缺少{len(found.missing)}件，多出{len(found.surplus)}件，"
                    f"内容过时{len(found.stale)}件{'，均已改正' if found else ''}。"
                )
        except SearchUnavailable as error:
            raise CommandError(f"{error.message}{error.hint}") from error
