"""What an installation may set: in the settings module, or by environment variables.

| setting and variable | meaning | default |
|---|---|---|
| `GONGKAI_SEARCH_BACKEND` | `tantivy` (an index beside the data) or `postgresql` (a table of it) | `tantivy` |
| `GONGKAI_SEARCH_DIRECTORY` | where the index of tantivy lies: a disk of this machine | `VAR/search` |
| `GONGKAI_SEARCH_PER_MINUTE` | questions per minute and address, 0 for no limit | `120` |
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from gongkai_web.config import environment


def backend_name() -> str:
    """`tantivy` or `postgresql`."""
    return _value("GONGKAI_SEARCH_BACKEND", "tantivy")


def directory() -> Path:
    """Where the index lies."""
    return Path(_value("GONGKAI_SEARCH_DIRECTORY", str(settings.VAR / "search")))


def per_minute() -> int:
    """Questions per minute and address; 0 for no limit."""
    return int(_value("GONGKAI_SEARCH_PER_MINUTE", "120"))


def _value(name: str, default: str) -> str:
    return str(getattr(settings, name, "") or environment.text(name, default))
