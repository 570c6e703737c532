"""Chromium against a running server. Whatever a page asks of another host, or logs as an error, fails its test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from gongkai_web.accounts.models import User
from gongkai_web.audit import guards

PASSWORD = "quiet river stone"  # noqa: S105  # of people who exist only in tests
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
_OWN = ("data:", "blob:", "about:")


@pytest.fixture(scope="session", autouse=True)
def _flush_past_the_guards_on_any_connection(django_db_setup: None) -> Iterator[None]:
    """As its namesake above, for the connection that Django opens once Playwright's loop runs in this thread."""
    operations = type(connection.ops)
    original = operations.execute_sql_flush

    def flush(self: Any, sql_list: list[str]) -> None:
        guards.lift(self.connection)
        try:
            original(self, sql_list)
        finally:
            guards.restore(self.connection)

    operations.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    operations.execute_sql_flush = original  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    if CHROMIUM is None:
        pytest.skip("BROWSER TESTS SKIPPED: Chromium is not installed (apt install chromium)")
    # Playwright's loop runs in this thread, where Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def viewport(request: pytest.FixtureRequest) -> dict[str, int]:
    """The width of a desk and that of a phone."""
    size: dict[str, int] = request.param
    return size


@pytest.fixture
def own_index(settings: Any, tmp_path: Path) -> None:
    """A search index that no other test has written to; nobody is throttled."""
    settings.GONGKAI_SEARCH_DIRECTORY = str(tmp_path / "search")
    settings.GONGKAI_SEARCH_PER_MINUTE = 0
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def open_browser(
    own_index: None, transactional_db: None, live_server: Any, chromium: Browser, viewport: dict[str, int]
) -> Iterator[Callable[..., Page]]:
    """`open_browser()`: a page of a browser of its own, as another person would have it."""
    trouble: list[str] = []

    def listen(page: Page) -> None:
        page.on("request", lambda request: trouble.extend(_outside(request, live_server.url)))
        page.on("console", lambda message: trouble.extend(_errors(message)))
        page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))

    with ExitStack() as stack:

        def make(**options: Any) -> Page:
            context: BrowserContext = chromium.new_context(
                base_url=live_server.url, viewport=viewport, locale="zh-CN", timezone_id="Asia/Shanghai", **options
            )
            stack.callback(context.close)
            context.on("page", listen)
            return context.new_page()

        yield make
    assert trouble == []


@pytest.fixture
def enter(open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """`enter(user)`: a browser in which that person has signed in by the form; options are the context's."""

    def make(user: User, **options: Any) -> Page:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        page = open_browser(**options)
        page.goto("/accounts/login/")
        page.get_by_label("用户名或电子邮箱").fill(user.username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/admin/")
        return page

    return make


def _outside(request: Request, own: str) -> list[str]:
    return [] if request.url.startswith((own, *_OWN)) else [f"{request.frame.url} asked for {request.url}"]


def _errors(message: ConsoleMessage) -> list[str]:
    """What the browser reports as an error, refusals of the content policy included. A 404 page is meant to be one."""
    expected = message.type != "error" or "the server responded with a status of 4" in message.text
    return [] if expected else [f"{message.location.get('url')}: {message.text}"]
