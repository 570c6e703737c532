"""The verbs that other installed packages add by entry points of the group `gongkai.commands`.

`gongkai --help` names them all, so that nothing is imported to find them: `importlib.metadata` alone takes longer to
import than the rest of the command, and the modules bring servers and databases. The metadata of installed packages
are read as the files that they are, and the line `SUMMARY = "…"` from the source of each module.

Source: Python Packaging User Guide, "Entry points specification", "Recording installed projects".
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

GROUP = "gongkai.commands"

_SECTION = re.compile(rf"^\[{re.escape(GROUP)}\]\s*$(.*?)(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^\s*([\w.-]+)\s*=\s*([\w.]+)\s*(?:#.*)?$", re.MULTILINE)
_SUMMARY = re.compile(r'^SUMMARY = "([^"\\]*)"\s*$', re.MULTILINE)


def verbs() -> dict[str, str]:
    """Verb → module. Of two packages that add the same verb, the one found first on `sys.path` does."""
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        for text in _entry_points(Path(folder or ".")):
            for section in _SECTION.findall(text):
                for verb, module in _ENTRY.findall(section):
                    found.setdefault(verb, module)
    return found


def summary(module: str) -> str:
    """What the help says of a verb; the module is imported only where its source does not stand in a file."""
    relative = Path(*module.split(".")).with_suffix(".py")
    for folder in sys.path:
        try:
            stated = _SUMMARY.search((Path(folder or ".") / relative).read_text(encoding="utf-8"))
        except OSError:
            continue
        if stated:
            return stated[1]
    return str(importlib.import_module(module).SUMMARY)


def _entry_points(folder: Path) -> Iterator[str]:
    """The entry points that the packages installed in `folder` state."""
    try:
        names = [path for path in folder.iterdir() if path.suffix in {".dist-info", ".egg-info"}]
    except OSError:
        return
    for path in names:
        try:
            yield (path / "entry_points.txt").read_text(encoding="utf-8")
        except (OSError, UnicodeError):
            continue
