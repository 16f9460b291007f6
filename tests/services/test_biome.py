from pathlib import Path

import pytest

from tests.services import biome


@pytest.fixture(autouse=True)
def _nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(biome, "MARKER", tmp_path / "marker")


def run(monkeypatch: pytest.MonkeyPatch, npm: Path | None) -> object:
    """What the check exits with, on a machine with that npm."""
    monkeypatch.setattr(biome.shutil, "which", lambda name: str(npm) if npm else None)
    with pytest.raises(SystemExit) as ended:
        biome.main(["check"])
    return ended.value.code


def test_check_without_npm_fails_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    message = run(monkeypatch, None)
    assert "apt-get install nodejs npm" in str(message)


def test_check_fails_when_npm_cannot_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    assert "npm could not install Biome" in str(run(monkeypatch, npm))
    assert not biome.MARKER.exists()


def test_lock_names_no_registry() -> None:
    assert '"resolved"' not in biome.LOCK.read_text()
