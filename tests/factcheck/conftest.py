"""The named cast, and an embedder, for every test of the app."""

from collections.abc import Iterator

import pytest

from tests.factcheck.embedders import clear_caches, fake
from tests.factories import cast

__all__ = ["cast", "fake"]


@pytest.fixture(autouse=True)
def _empty_caches() -> Iterator[None]:
    clear_caches()
    yield
    clear_caches()
