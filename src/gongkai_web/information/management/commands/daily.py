"""`daily`: publishes what is due, expires what has expired, seals the log once a day; harmless at any time."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management.base import BaseCommand

from gongkai_web.audit.services import seal_when_due
from gongkai_web.information import signals
from gongkai_web.information.services.normative import refresh_all
from gongkai_web.information.services.publication import publish_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Says what it did; exit 1 when something signed could not be published."""

    help = "发布到时的信息，更新规范性文件的有效性，每天封存一次审计记录。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish first: an expired document may still be due for publication."""
        published, refused = publish_due()
        changed = refresh_all()
        self.stdout.write(f"已发布{len(published)}件，更新有效性{changed}件。")
        if sealed := seal_when_due():
            self.stdout.write(f"已封存审计记录{sealed.count}条：{sealed.digest}")
        for item, error in refused:
            self.stderr.write(f"未发布：{item.index_number} {item.title}：{error.message}{error.hint}")
        failed = self._others()
        if refused or failed:
            raise SystemExit(1)

    def _others(self) -> bool:
        """What other apps have to do; a failure of one keeps none of the others from it."""
        answers = signals.daily.send_robust(sender=type(self))
        for _, answer in answers:
            if isinstance(answer, Exception):
                logger.error("daily failed", exc_info=answer)
            elif answer:
                self.stdout.write(str(answer))
        return any(isinstance(answer, Exception) for _, answer in answers)
