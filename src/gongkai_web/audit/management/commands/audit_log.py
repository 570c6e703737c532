"""`audit_log seal` chains the new events; `audit_log verify` proves the log whole (exit 1 when it is not)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai_web.audit.services import seal, verify


class Command(BaseCommand):
    """Run `seal` daily and keep the digests it prints outside the installation."""

    help = "封存或核验审计记录。"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word."""
        parser.add_argument("action", choices=["seal", "verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal or verify."""
        if options["action"] == "seal":
            sealed = seal()
            text = f"已封存{sealed.count}条：{sealed.digest}" if sealed else "没有新的审计记录。"
            self.stdout.write(text)
            return
        problems = verify()
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise SystemExit(1)
        self.stdout.write("审计记录完整。")
