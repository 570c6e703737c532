"""Reads, checks and writes the bundled example report: `python -m gongkai.cli.example [FOLDER]`, or `make example`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from gongkai.annual_report.examples import PAGE
from gongkai.cli.check import UNREADABLE
from gongkai.cli.main import main as gongkai

FOLDER = Path("build/example")
KINDS = ("docx", "pdf", "html", "xlsx")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the findings as a table, then the paths of the files written; 0 when all of it worked."""
    arguments = sys.argv[1:] if argv is None else argv
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    status = gongkai(["check", str(PAGE), "--format", "text"])
    if status == UNREADABLE:
        return status
    for kind in KINDS:
        target = folder / PAGE.with_suffix(f".{kind}").name
        if written := gongkai(["render", str(PAGE), "--to", kind, "-o", str(target)]):
            return written
        print(f"已写出 {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
