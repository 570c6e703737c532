"""Pictures of the main screens for the manual and the README, taken from the demonstration city.

Run: .venv/bin/python scripts/screenshots.py VAR [NAME …], where VAR (as in GONGKAI_VAR) is a folder that `gongkai demo`
has filled. A server is started on that folder, the accounts of the demonstration sign in, and docs/pictures/*.png are
written: all of them, or those that are named.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).parents[1] / "docs" / "pictures"
SUPERVISION = "/admin/annual-reports/supervision/"
NEWEST_REPORT = "the newest report of the account's agency"  # its number differs from database to database
TABLE = "#part-applications"
SIZE: ViewportSize = {"width": 1280, "height": 800}
SECONDS = 90  # for the server to come up
PICTURES = (
    # name, account (empty: the public), address
    ("portal", "", "/"),
    ("statistics", "", "/statistics/?year=2024"),
    ("report", "luoyang-officer", NEWEST_REPORT),
    ("roster", "city-supervisor", f"{SUPERVISION}?year=2025"),
    ("imports", "city-supervisor", f"{SUPERVISION}imports/1/"),
    ("imported", "city-supervisor", f"{SUPERVISION}imported/1/"),
    ("summary", "city-supervisor", f"{SUPERVISION}summary/?year=2024"),
    ("compare", "city-supervisor", f"{SUPERVISION}compare/?year=2024&body=2"),
)


def main() -> None:
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    var = Path(sys.argv[1]).resolve()
    password = _password(var)
    TARGET.mkdir(exist_ok=True)
    with _server(var) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        for account in dict.fromkeys(account for name, account, _ in PICTURES if _wanted(name)):
            _take(browser, base, account, password)


def _wanted(name: str) -> bool:
    """All of them, or those that were named."""
    return name in (sys.argv[2:] or [name])


def _take(browser: Browser, base: str, account: str, password: str) -> None:
    context = browser.new_context(base_url=base, viewport=SIZE, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    if account:
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(account)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/admin/")
    for name, whose, address in PICTURES:
        if whose == account and _wanted(name):
            page.goto(_address(page, address), wait_until="networkidle")
            _save(page.screenshot(), name)
    context.close()


def _address(page: Page, address: str) -> str:
    if address != NEWEST_REPORT:
        return address
    page.goto("/admin/annual-reports/")
    first = page.locator("td a[href^='/admin/annual-reports/']").first
    return (first.get_attribute("href") or "/admin/annual-reports/") + TABLE


def _save(png: bytes, name: str) -> None:
    """128 colours are enough for a screen and take a third of the bytes."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    picture.save(TARGET / f"{name}.png", optimize=True)
    print(TARGET / f"{name}.png")


@contextmanager
def _server(var: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "GONGKAI_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "gongkai_web.config.settings.development",
    }
    command = [sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(address: str) -> None:
    for _ in range(SECONDS):
        try:
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310  # this machine's own server
        except (urllib.error.URLError, OSError):
            time.sleep(1)
        else:
            return
    raise SystemExit(f"no answer from {address}")


def _password(var: Path) -> str:
    try:
        listing = (var / "demo-accounts.txt").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SystemExit(f"{var} holds no demonstration; fill it with GONGKAI_VAR={var} gongkai demo") from None
    found = re.search(r"口令\s+(\S+)\n", listing)
    if found is None:
        raise SystemExit(f"{var}/demo-accounts.txt names no password")
    return found[1]


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("Chromium is not installed (apt install chromium)")
    return found


if __name__ == "__main__":
    main()
