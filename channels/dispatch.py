"""Dispatch: the only module that publishes tasks to the broker.

Rows are the record of work (ADR 0002), and sweeps find what was lost. So a broker that is down or
frozen costs a request at most about a second, once; then the circuit stays open and nothing is
tried for half a minute.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

import structlog
from celery import Task, current_app
from django.conf import settings
from django.db import transaction

log = structlog.get_logger("dispatch")

REST_SECONDS = 30.0


class Circuit:
    """Open (no attempts) for a while after a failure; shared by the threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open_until = 0.0

    def is_open(self) -> bool:
        with self._lock:
            return time.monotonic() < self._open_until

    def trip(self) -> None:
        with self._lock:
            self._open_until = time.monotonic() + REST_SECONDS

    def close(self) -> None:
        with self._lock:
            self._open_until = 0.0


circuit = Circuit()
_is_muted = ContextVar("_is_muted", default=False)


@contextmanager
def muted() -> Iterator[None]:
    """Publish nothing inside the block: for a caller that does the work of the tasks itself."""
    token = _is_muted.set(True)
    try:
        yield
    finally:
        _is_muted.reset(token)


def enqueue(name: str, *args: Any) -> None:
    """Run the task of this name in the background once the current transaction is committed
    (at once outside of one).

    Never raises for the broker: a sweep finds the task's work anyway.
    """
    transaction.on_commit(partial(_publish, name, args))


def _publish(name: str, args: tuple[Any, ...]) -> None:
    task: Task[Any, Any] = current_app.tasks[name]
    if task.app.conf.task_always_eager:
        task.apply_async(args)
        return
    if circuit.is_open() or _is_muted.get():
        return
    try:
        _send(task, args)
    except Exception as error:  # whatever a transport raises: a sweep does the work
        circuit.trip()
        log.warning("broker unreachable", task=task.name, error=type(error).__name__)


def _send(task: "Task[Any, Any]", args: tuple[Any, ...]) -> None:
    """Publish on a connection of its own with short timeouts: a worker's connection waits for
    messages and must not be cut off like that."""
    options = {**task.app.conf.broker_transport_options, **settings.BROKER_PUBLISH_OPTIONS}
    with task.app.connection_for_write(transport_options=options) as connection:
        producer = task.app.amqp.Producer(connection, auto_declare=False)
        task.apply_async(args, producer=producer, retry=False)
