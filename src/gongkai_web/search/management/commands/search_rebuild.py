"""`search_rebuild`: the index anew, beside the one in use; searching goes on meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from gongkai_web.search import services
from gongkai_web.search.backend import RebuildRunning
from gongkai_web.search.entries import count_public


class Command(BaseCommand):
    """Shows a bar on a terminal and one line at the end; exit 1 when somebody else is rebuilding."""

    help = "重建检索索引；重建期间检索照常。"

    def handle(self, *args: Any, **options: Any) -> None:
        """The bar goes to stderr, the result to stdout."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        terminal = Console(stderr=True)
        with Progress(*columns, console=terminal, disable=not terminal.is_terminal) as bar:
            task = bar.add_task("重建索引", total=count_public())
            try:
                done = services.rebuild(lambda number: bar.update(task, completed=number))
            except RebuildRunning as error:
                raise CommandError(f"{error.message}{error.hint}") from error
        self.stdout.write(f"索引已重建，共{done}件。")
