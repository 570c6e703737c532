"""`python -m gongkai_web <command>`: Django's management commands for the portal and the back office."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command with the settings named by the environment (development unless told otherwise)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai_web.config.settings.development")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # settings must be named first

    execute_from_command_line(["python -m gongkai_web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
