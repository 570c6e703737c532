"""The API starts every test with an empty cache and an untouched throttle."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from gongkai_web.api.serving import answers


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    cache.clear()
    answers.clear()
