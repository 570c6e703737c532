"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1] / ".." / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published reports beside the repository; the test is skipped, saying so, where it is absent."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the folder of published reports (../shared) is not here")
    return SHARED.resolve()
