from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import OperationalError

from ops.management.commands import start


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> start.Command:
    """The command, listening on an address that answers."""
    monkeypatch.setattr(start, "is_ready", lambda *_: True)
    made = start.Command(stdout=StringIO())
    made.host, made.port = "127.0.0.1", 8000
    return made


def output_of(command: start.Command) -> str:
    return str(command.stdout.getvalue())  # type: ignore[attr-defined]


def test_nothing_is_announced_before_the_site_answers(
    command: start.Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "is_ready", lambda *_: False)
    assert not command.announce_when_ready()
    assert output_of(command) == ""


def test_the_address_is_announced_without_accounts_where_there_is_no_demo(
    command: start.Command, settings: Any
) -> None:
    settings.DEMO, settings.SITE_URL = False, "http://127.0.0.1:8000"
    assert command.announce_when_ready()
    assert "running at http://127.0.0.1:8000/ (Ctrl-C stops it)" in output_of(command)
    assert "account" not in output_of(command)


def test_accounts_that_cannot_be_listed_do_not_stop_the_site(
    command: start.Command, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    settings.DEMO = True
    monkeypatch.setattr(start, "call_command", locked)
    assert command.announce_when_ready()
    assert "could not be listed (OperationalError)" in output_of(command)


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_an_empty_installation_begins_with_demo_data_or_an_administrator(
    command: start.Command, settings: Any, monkeypatch: pytest.MonkeyPatch, demo: bool
) -> None:
    calls: list[tuple[str, ...]] = []
    settings.DEMO = demo
    monkeypatch.setattr(start, "call_command", lambda *names, **_: calls.append(names))
    monkeypatch.setattr(start.Supervisor, "run", lambda self, announce: 0)
    command.handle(host="127.0.0.1", port=8000)
    begin: list[tuple[str, ...]] = [("seed_demo", "--if-empty")]
    if not demo:
        begin = [("create_admin",), ("name_sources", "--if-unnamed")]
    assert calls == [("prepare",), *begin]


def test_ctrl_c_while_preparing_is_one_sentence(
    command: start.Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "call_command", interrupted)
    with pytest.raises(CommandError, match="Stopped before it was ready"):
        command.handle(host="127.0.0.1", port=8000)
