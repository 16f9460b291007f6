from pathlib import Path

import pytest

from config.settings import environment


@pytest.fixture(autouse=True)
def _data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(environment, "VAR_DIR", tmp_path)
    monkeypatch.delenv("SOME_KEY", raising=False)


def test_a_secret_of_the_environment_is_used_and_not_stored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOME_KEY", "of the environment")
    assert environment._secret("SOME_KEY") == "of the environment"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_created_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    secret = environment._secret("SOME_KEY")
    assert len(secret) >= 50
    assert environment._secret("SOME_KEY") == secret
    assert (tmp_path / "secrets" / "some_key").stat().st_mode & 0o777 == 0o600


def test_the_secret_of_a_process_that_started_at_the_same_time_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "some_key").write_text("of the other process\n")
    monkeypatch.setattr(Path, "exists", lambda path: False)  # not there yet when this one looked
    assert environment._secret("SOME_KEY") == "of the other process"
