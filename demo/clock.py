"""The clock of the demo: steps run in the past, since rows that never change must be created with
their time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo

from django.utils import timezone


class _AcceptsDatetime(type):
    """An ordinary datetime still counts as an instance of the shifted class."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Inside, ``django.utils.timezone.now`` starts at ``moment`` and runs on.

    It replaces the class that ``now`` uses, not ``now`` itself: model fields refer to the function.
    For a command that has the process to itself; other threads would see the same time.
    """
    started = time.perf_counter()

    class ShiftedDatetime(datetime, metaclass=_AcceptsDatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return (moment + timedelta(seconds=time.perf_counter() - started)).astimezone(tz)

    original = timezone.datetime  # type: ignore[attr-defined]
    timezone.datetime = ShiftedDatetime  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = original  # type: ignore[attr-defined]
