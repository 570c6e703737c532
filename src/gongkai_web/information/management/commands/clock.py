"""`clock`: runs beside the server. Publishes at the minute; does everything else of `daily` every five minutes."""

from __future__ import annotations

import io
import logging
import time
from contextlib import suppress
from typing import Any

from django.core.management import CommandParser, call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from gongkai_web.information.services.publication import publish_due

logger = logging.getLogger(__name__)
MINUTE = 60
DAILY_EVERY = 5
"""Minutes between two runs of `daily`."""


class Command(BaseCommand):
    """Ends with the process that started it; a failure is logged and tried again a minute later."""

    help = "到点发布定时信息，每五分钟办理其他到期事项。随服务器一起运行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """For tests and for timers of one's own."""
        parser.add_argument("--minutes", type=int, default=None, help="运行几分钟后结束，不填则一直运行")

    def handle(self, *args: Any, **options: Any) -> None:
        """One tick at once, then one at each full minute."""
        limit, number = options["minutes"], 0
        with suppress(KeyboardInterrupt):
            while True:
                self.tick(number)
                number += 1
                if limit is not None and number > limit:
                    return
                time.sleep(MINUTE - time.time() % MINUTE)
                close_old_connections()  # one that broke meanwhile would fail in every minute to come

    def tick(self, number: int) -> None:
        """What is due in the `number`-th minute."""
        try:
            if number % DAILY_EVERY == 0:
                call_command("daily", stdout=io.StringIO())
            else:
                _publish()
        except SystemExit:
            logger.warning("daily left something undone, as it has said")
        except Exception:
            logger.exception("clock")


def _publish() -> None:
    published, refused = publish_due()
    for item in published:
        logger.info("published at its time: %s", item.index_number)
    for item, error in refused:
        logger.error("not published: %s: %s", item.index_number, error.message)
