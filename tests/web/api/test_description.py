"""Every answer fits the published description, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode

PATHS = ("/items", "/items/{item_id}", "/agencies", "/agencies/{slug}", "/columns", "/counts")


@pytest.fixture
def _connection_stays_open() -> Iterator[None]:
    """The application closes its connection after a request; within a test it is the test's, with its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def description(_connection_stays_open: None, live_item: Any, make_item: Any, settings: Any) -> Any:
    """The description as the running application gives it; one item is public, one is a draft."""
    settings.GONGKAI_API_PER_MINUTE = 0
    make_item(title="没有签审的草稿")
    config = schemathesis.Config.from_dict({"base-url": "http://localhost"})
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["valid", "invalid"])
@pytest.mark.parametrize("path", PATHS)
def test_answers_fit_the_description_for_valid_and_invalid_questions(description: Any, path: str, mode: Any) -> None:
    operation = description[f"/api/v1{path}"]["GET"]
    if mode is GenerationMode.NEGATIVE and not any(operation.iter_parameters()):
        pytest.skip("this address takes no parameters, so none can be wrong")

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        # An empty list has no form on the wire: the request would lack the parameter, which is right and not wrong.
        assume(not any(value in ([], {}) for value in (case.query or {}).values()))
        response = case.call_and_validate()
        assert "没有签审的草稿" not in response.text

    ask()


def test_the_description_names_every_address_in_chinese(description: Any) -> None:
    raw = description.raw_schema
    assert sorted(raw["paths"]) == sorted(f"/api/v1{path}" for path in PATHS)
    assert raw["info"]["title"] == "政府信息公开开放数据接口"
    assert (
        raw["paths"]["/api/v1/items"]["get"]["responses"]["429"]["description"]
        == "请求过于频繁，请按 Retry-After 等待。"
    )
