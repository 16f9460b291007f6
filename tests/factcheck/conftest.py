"""The named cast, and an embedder, for every test of the app."""

from collections.abc import Iterator

import pytest

from tests.factcheck.embedders import fake, forget_everything
from tests.factories import cast

__all__ = ["cast", "fake"]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    forget_everything()
    yield
    forget_everything()
