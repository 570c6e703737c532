"""Writes docs/reference/*.md from the code; with `--check` says which pages are stale instead.

The pages are what scripts and lawyers look things up in, so they are made from the same objects the software runs on.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from reference_pages import checks_page, cli_page, formats_page, law_page

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"

PAGES: dict[str, Callable[[], str]] = {
    "checks.md": checks_page.page,
    "cli.md": cli_page.page,
    "formats.md": formats_page.page,
    "law.md": law_page.page,
}


def main() -> int:
    """Write every page, or with `--check` only compare; returns 1 if a page is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a page is stale")
    check_only: bool = parser.parse_args().check
    os.environ["COLUMNS"] = "100"  # argparse wraps its help to the terminal; the page must not depend on it
    stale = list(stale_pages())
    if not check_only:
        REFERENCE.mkdir(parents=True, exist_ok=True)
        for path, text in stale:
            path.write_text(text, encoding="utf-8")
        return 0
    for path, _ in stale:
        print(f"stale: docs/reference/{path.name} (run `make docs`)", file=sys.stderr)
    return 1 if stale else 0


def stale_pages() -> Iterable[tuple[Path, str]]:
    """The pages whose file differs from what the code says now, with the new text."""
    for name, page in PAGES.items():
        path, text = REFERENCE / name, page()
        if not path.exists() or path.read_text("utf-8") != text:
            yield path, text


if __name__ == "__main__":
    sys.exit(main())
