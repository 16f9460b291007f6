"""Failures of what the site stands on: the database is busy or gone, or the disk is full. Nothing
was stored, and the same request may succeed a little later."""

import errno

from django.db import InterfaceError, OperationalError

RETRY_SECONDS = 120
_DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})


def is_outage(error: BaseException | None) -> bool:
    """Whether the error is one of these, rather than a fault of the program."""
    if isinstance(error, OSError):
        return error.errno in _DISK_ERRORS
    return isinstance(error, OperationalError | InterfaceError)
