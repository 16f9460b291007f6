import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.db import transaction

from channels import dispatch
from channels.dispatch import enqueue


@pytest.fixture(autouse=True)
def _closed_circuit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CELERY_BROKER_URL")  # Celery lets it win over what an app is given
    monkeypatch.setattr(dispatch, "current_app", dispatch.current_app)
    dispatch.circuit.close()
    yield
    dispatch.circuit.close()


@pytest.fixture
def frozen_port() -> Iterator[int]:
    """A server that takes connections and never says a word, like a stopped Redis."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        yield server.getsockname()[1]


@pytest.fixture
def refused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def task_on(url: str, ran: list[Any] | None = None, **conf: Any) -> Any:
    app = Celery("tests", broker=url, set_as_current=False)
    app.conf.update(task_ignore_result=True, **conf)
    dispatch.current_app = app  # the fixture puts the product's own back

    @app.task(name="tests.note")
    def note(*args: Any) -> None:
        (ran if ran is not None else []).append(args)

    return note


def waiting(task: Any) -> list[Any]:
    """Arguments of the messages in the task's in-memory queue."""
    arguments = []
    with task.app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        with suppress(queue.Empty):
            while True:
                message = queue.get_nowait()
                arguments.append(message.payload[0])
                message.ack()
    return arguments


def timed(action: Callable[[], Any]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


@pytest.mark.django_db(transaction=True)
def test_enqueue_publishes_after_the_commit_only() -> None:
    task = task_on("memory://after-commit")
    with transaction.atomic():
        enqueue(task.name, 1)
        assert waiting(task) == []
    assert waiting(task) == [[1]]


@pytest.mark.django_db(transaction=True)
def test_enqueue_of_a_rolled_back_transaction_publishes_nothing() -> None:
    task = task_on("memory://rolled-back")

    @transaction.atomic
    def fail() -> None:
        enqueue(task.name, 1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert waiting(task) == []


@pytest.mark.django_db(transaction=True)
def test_muted_enqueue_publishes_nothing() -> None:
    task = task_on("memory://muted")
    with dispatch.muted(), transaction.atomic():
        enqueue(task.name, 1)
    assert waiting(task) == []
    enqueue(task.name, 2)
    assert waiting(task) == [[2]]


@pytest.mark.django_db(transaction=True)
def test_enqueue_eager_runs_the_task() -> None:
    ran: list[Any] = []
    enqueue(task_on("memory://", ran, task_always_eager=True).name, 7)
    assert ran == [(7,)]


@pytest.mark.django_db(transaction=True)
def test_enqueue_broker_that_raises_is_swallowed_and_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def fail(task: Any, args: Any) -> None:
        tried.append(args)
        raise OSError("broker gone")

    monkeypatch.setattr(dispatch, "_send", fail)
    task = task_on("memory://")
    for n in range(3):
        enqueue(task.name, n)
    assert tried == [(0,)]
    assert dispatch.circuit.is_open()


@pytest.mark.django_db(transaction=True)
def test_enqueue_tries_again_after_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    task = task_on("memory://after-rest")
    now = time.monotonic()
    dispatch.circuit.trip()
    monkeypatch.setattr(dispatch.time, "monotonic", lambda: now + dispatch.REST_SECONDS + 1)
    enqueue(task.name, 1)
    assert waiting(task) == [[1]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_enqueue_refused_broker_costs_little_once(scheme: str, refused_port: int) -> None:
    task = task_on(f"{scheme}://127.0.0.1:{refused_port}//")
    assert timed(lambda: enqueue(task.name, 1)) < 1.5
    assert dispatch.circuit.is_open()
    assert timed(lambda: enqueue(task.name, 2)) < 0.05


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_enqueue_frozen_broker_costs_about_a_second_once(scheme: str, frozen_port: int) -> None:
    task = task_on(f"{scheme}://127.0.0.1:{frozen_port}//")
    assert timed(lambda: enqueue(task.name, 1)) < 1.5
    assert dispatch.circuit.is_open()
    assert timed(lambda: enqueue(task.name, 2)) < 0.05


@pytest.mark.django_db(transaction=True)
def test_enqueue_frozen_broker_costs_each_thread_at_most_once(frozen_port: int) -> None:
    task = task_on(f"redis://127.0.0.1:{frozen_port}//")
    times: list[float] = []
    threads = [
        threading.Thread(
            target=lambda: times.append(timed(lambda: dispatch._publish(task.name, (1,))))
        )
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(times) < 3
    assert timed(lambda: dispatch._publish(task.name, (1,))) < 0.05


@pytest.mark.django_db(transaction=True)
def test_enqueue_filesystem_broker_receives_the_message(tmp_path: Path) -> None:
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    options = {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
    task = task_on("filesystem://", broker_transport_options=options)
    enqueue(task.name, 5)
    assert not dispatch.circuit.is_open()
    assert waiting(task) == [[5]]


@pytest.mark.pipeline
@pytest.mark.django_db(transaction=True)
def test_enqueue_real_redis_receives_the_message(redis_url: str) -> None:
    task = task_on(redis_url)
    enqueue(task.name, 5)
    assert not dispatch.circuit.is_open()
    assert waiting(task) == [[5]]


def test_only_dispatch_publishes_to_the_broker() -> None:
    root = Path(dispatch.__file__).parent.parent
    apps = ("accounts", "api", "audit", "channels", "config", "factcheck", "intake", "publishing")
    publishing_modules = {
        path.relative_to(root).as_posix()
        for app in apps
        for path in (root / app).rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in (".delay(", "apply_async("))
    }
    assert publishing_modules == {"channels/dispatch.py"}
