"""What the portal's tests share: items that went the whole way, and pages as trees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from portal_pages import Publish, Read
from selectolax.lexbor import LexborHTMLParser

from gongkai_web.information.models import InformationItem, NormativeEvent, NormativeRecord, ReviewCase
from gongkai_web.information.services.normative import add_event as enter_event
from gongkai_web.information.services.normative import save_record


@pytest.fixture
def publish(make_item: Callable[..., InformationItem], sign_all: Callable[..., ReviewCase]) -> Publish:
    """`publish(title=…)`: an item that four people have signed."""

    def make(**fields: Any) -> InformationItem:
        item = make_item(**fields)
        sign_all(item)
        item.refresh_from_db()
        assert item.live
        return item

    return make


@pytest.fixture
def read(client: Client) -> Read:
    """`read(address, status=200)`: the page as a tree."""

    def get(address: str, *, status: int = 200) -> LexborHTMLParser:
        response = client.get(address)
        assert response.status_code == status, (address, response.status_code)
        return LexborHTMLParser(response.content)

    return get


@pytest.fixture
def register() -> Callable[..., NormativeRecord]:
    """`register(item, in_force_until=…)`: the item's entry in the register, in force from its day of forming."""

    def make(item: InformationItem, **fields: Any) -> NormativeRecord:
        values = {"issued_on": item.formed_on, "effective_on": item.formed_on, **fields}
        return save_record(NormativeRecord(agency=item.agency, item=item, title=item.title, **values), by=None)

    return make


@pytest.fixture
def add_event() -> Callable[..., NormativeEvent]:
    """`add_event(record, by=…, kind=…, effective_on=…, basis=…)`."""

    def make(record: NormativeRecord, *, by: Any, **fields: Any) -> NormativeEvent:
        return enter_event(NormativeEvent(record=record, **fields), by=by)

    return make
