from tests.factcheck.conftest import _nothing_remembered, cast, fake

__all__ = ["_nothing_remembered", "cast", "fake"]
