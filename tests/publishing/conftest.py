"""The named cast, for what is published through the real workflow."""

from tests.factories import cast

__all__ = ["cast"]
