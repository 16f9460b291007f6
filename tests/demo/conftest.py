from tests.factcheck.conftest import _empty_caches, cast, fake

__all__ = ["_empty_caches", "cast", "fake"]
