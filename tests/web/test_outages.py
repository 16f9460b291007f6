import errno

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError

from web.outages import is_outage


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database is locked"),
        OperationalError("database or disk is full"),
        InterfaceError("connection already closed"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
    ],
)
def test_database_and_disk_that_take_nothing_are_an_outage(error: Exception) -> None:
    assert is_outage(error)


@pytest.mark.parametrize(
    "error", [None, ValueError(), ProgrammingError(), FileNotFoundError(errno.ENOENT, "x")]
)
def test_other_errors_are_faults(error: Exception | None) -> None:
    assert not is_outage(error)
