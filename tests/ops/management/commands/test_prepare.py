from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from ops.management.commands import prepare


def test_static_files_are_collected_again_only_when_one_changed(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path
    calls: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: calls.append(name))
    prepare.collect_static()
    prepare.collect_static()
    assert calls == ["collectstatic"]
    monkeypatch.setattr(prepare, "static_fingerprint", lambda: "another")
    prepare.collect_static()
    assert calls == ["collectstatic"] * 2


def test_an_interrupted_collection_is_repeated(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    settings.STATIC_ROOT = tmp_path
    (tmp_path / ".collected").write_text("of an earlier version")
    monkeypatch.setattr(prepare, "call_command", interrupted)
    with pytest.raises(KeyboardInterrupt):
        prepare.collect_static()
    assert not (tmp_path / ".collected").exists()


def test_a_database_that_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(prepare.connection, "ensure_connection", refuse)
    with pytest.raises(CommandError, match=r"\(connection refused\): check DATABASE_URL"):
        call_command("prepare")
