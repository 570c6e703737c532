"""The process beside the server: what is signed goes out at its minute, and a failure ends nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from gongkai_web.information.management.commands import clock
from gongkai_web.information.models import InformationItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(
    make_item: Callable[..., InformationItem], sign_all: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> InformationItem:
    """A signed item whose time has just come."""
    item = make_item(publish_at=timezone.now() + timedelta(minutes=3))
    sign_all(item)
    later = timezone.now() + timedelta(minutes=4)
    monkeypatch.setattr(timezone, "now", lambda: later)
    return item


@pytest.mark.parametrize("minute", [0, 1, 4, 5])
def test_a_signed_item_goes_out_in_the_minute_that_was_set(due: InformationItem, minute: int) -> None:
    clock.Command().tick(minute)
    due.refresh_from_db()
    assert due.live


def test_a_failure_is_logged_and_the_clock_goes_on(
    due: InformationItem, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OSError("disk")

    with monkeypatch.context() as broken:
        broken.setattr(clock, "publish_due", fail)
        clock.Command().tick(1)
    assert "disk" in caplog.text
    clock.Command().tick(2)
    due.refresh_from_db()
    assert due.live


def test_the_command_ends_after_the_minutes_asked_for(due: InformationItem) -> None:
    call_command("clock", minutes=0)
    due.refresh_from_db()
    assert due.live
