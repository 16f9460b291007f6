"""The named cast, for every test of the room."""

from tests.factories import cast

__all__ = ["cast"]
