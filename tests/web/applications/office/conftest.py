"""The officer at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongkai_web.accounts.models import User


@pytest.fixture
def desk(officer: User, sign_in: Callable[[User], Client]) -> Client:
    """The officer's browser."""
    return sign_in(officer)
