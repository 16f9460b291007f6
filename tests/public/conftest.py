"""The public pages are tested with the fixtures of intake."""

from tests.intake.conftest import _no_notices, notice, strict_client, unit

__all__ = ["_no_notices", "notice", "strict_client", "unit"]
