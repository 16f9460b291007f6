import ast
import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ops import bootstrap

SOURCE = Path(bootstrap.__file__)


def call(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SOURCE), *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_old_python_can_parse_the_file_and_print_that_it_is_old() -> None:
    ast.parse(SOURCE.read_text(), feature_version=(3, 6))


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(SOURCE.read_text())
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_old_python_is_named_in_one_sentence(tmp_path: Path) -> None:
    # the same file, told that this Python is 3.9 and that no other is installed
    script = tmp_path / "bootstrap.py"
    fake = "import sys\nsys.version_info = (3, 9, 2)\n"
    script.write_text(SOURCE.read_text().replace("import sys\n", fake, 1))
    done = subprocess.run(
        [sys.executable, str(script), "run"], env={"PATH": ""}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.9" in done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_a_busy_port_is_named_before_anything_is_installed() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = call("run", PORT=str(port), HOST="127.0.0.1")
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"Port {port} is already in use" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert done.stderr.strip().count("\n") == 0


@pytest.mark.parametrize("port", ["", "0", "65536", "http", "-1", "80 80"])
def test_an_invalid_port_is_refused(port: str) -> None:
    with pytest.raises(bootstrap.SetupError, match="PORT must be a number"):
        bootstrap.check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(bootstrap.SetupError):
        bootstrap.check_port("192.0.2.1", "8000")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "its hash"),
        ("Temporary failure in name resolution", "could not be downloaded"),
        ("ERROR: No matching distribution found for django==5.2.19", "could not be downloaded"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: command 'gcc' failed: No such file or directory", "no compiler was found"),
        ("ERROR: Failed building wheel for rapidfuzz", "no compiler was found"),
        ("something new", "var/setup.log"),
    ],
)
def test_an_installers_failure_becomes_one_sentence(output: str, sentence: str) -> None:
    advice = bootstrap.advice_for(output)
    assert sentence in advice
    assert "\n" not in advice


@pytest.fixture
def installer_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The bootstrap in an empty folder, its installers replaced by a list of what was calls."""
    calls: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", Path(sys.executable))
    monkeypatch.setattr(bootstrap, "MARKER", tmp_path / "installed.json")
    monkeypatch.setattr(bootstrap, "run_installer", calls.append)
    return calls


def test_a_second_start_installs_nothing(installer_calls: list[list[str]]) -> None:
    bootstrap.ensure_env("base")
    first = len(installer_calls)
    bootstrap.ensure_env("base")
    assert first > 0
    assert len(installer_calls) == first


def test_the_environment_for_tests_is_sufficient_for_a_start(
    installer_calls: list[list[str]],
) -> None:
    bootstrap.ensure_env("dev")
    installer_calls.clear()
    bootstrap.ensure_env("base")
    assert installer_calls == []


def test_the_environment_for_a_start_is_not_sufficient_for_tests(
    installer_calls: list[list[str]],
) -> None:
    bootstrap.ensure_env("base")
    installer_calls.clear()
    bootstrap.ensure_env("dev")
    assert any("dev.txt" in part for command in installer_calls for part in command)


def test_the_environment_with_the_model_is_sufficient_for_a_start_without(
    installer_calls: list[list[str]],
) -> None:
    bootstrap.ensure_env("semantic")
    assert any("semantic.txt" in part for command in installer_calls for part in command)
    installer_calls.clear()
    bootstrap.ensure_env("base")
    assert installer_calls == []
    bootstrap.ensure_env("dev")
    assert installer_calls != []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", "base"),
        ("EMBEDDER=", "base"),
        ("EMBEDDER=off", "base"),
        ("#EMBEDDER=bundled", "base"),
        ("EMBEDDER=bundled", "semantic"),
        ('export EMBEDDER="https://vectors.example/v1"', "semantic"),
    ],
)
def test_a_start_installs_the_model_when_configured(
    line: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds: list[str] = []
    (tmp_path / ".env").write_text(line + "\n")
    monkeypatch.delenv("EMBEDDER", raising=False)
    monkeypatch.setenv("DEMO", "0")
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:8000")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "check_port", lambda host, text: 8000)
    monkeypatch.setattr(bootstrap, "ensure_env", kinds.append)
    monkeypatch.setattr(bootstrap.os, "chdir", lambda path: None)
    monkeypatch.setattr(bootstrap.os, "execv", lambda path, arguments: None)
    bootstrap.run()
    assert kinds == [kind]


def test_a_changed_lock_is_installed(installer_calls: list[list[str]]) -> None:
    bootstrap.ensure_env("base")
    bootstrap.MARKER.write_text(json.dumps({"lock": "of last week", "kind": "base"}))
    installer_calls.clear()
    bootstrap.ensure_env("base")
    assert any("--require-hashes" in command for command in installer_calls)


def test_an_interrupted_installation_is_repeated(
    installer_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(command: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "run_installer", interrupted)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.ensure_env("base")
    assert not bootstrap.MARKER.exists()


def test_a_python_without_venv_is_named(
    installer_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(bootstrap.SetupError, match="python3-venv"):
        bootstrap.create_venv(None)


def test_an_environment_of_a_removed_python_is_not_usable(tmp_path: Path) -> None:
    gone = tmp_path / "python"
    gone.symlink_to(tmp_path / "removed")
    assert not bootstrap.is_usable(gone)


def test_an_unknown_task_prints_the_usage() -> None:
    done = call("fly")
    assert done.returncode == 1
    assert done.stderr.startswith("Usage:")


def test_the_environment_and_the_env_file_override_a_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / ".env").write_text("# DEMO=1\nFROM_FILE=0\n")
    for name in ("FROM_FILE", "FROM_NOWHERE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FROM_SHELL", "0")
    for name in ("FROM_FILE", "FROM_SHELL", "FROM_NOWHERE"):
        bootstrap.set_default(name, "1")
    assert "FROM_FILE" not in os.environ
    assert os.environ["FROM_SHELL"] == "0"
    assert os.environ.pop("FROM_NOWHERE") == "1"


def test_where_uv_fails_pip_is_tried(
    installer_calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/opt/uv")

    def logged(command: list[str]) -> None:
        installer_calls.append(command)
        if command[0] == "/opt/uv":
            raise bootstrap.SetupError("no certificate")

    monkeypatch.setattr(bootstrap, "run_installer", logged)
    bootstrap.ensure_env("base")
    assert "-r" in installer_calls[-1]
    assert installer_calls[-1][1:3] == ["-m", "pip"]
    assert bootstrap.MARKER.exists()
