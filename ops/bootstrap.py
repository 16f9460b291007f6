#!/usr/bin/env python3
"""From a fresh clone to a running process: `python3 ops/bootstrap.py run` is `make run`.

Standard library only, and written so that any Python 3 can parse it: on an old one it must be able
to print that. Every error ends in one sentence that says what to do; pip's output goes to
var/setup.log.
"""

import sys

if sys.version_info < (3, 11):  # before anything an older Python would not understand
    import os
    import shutil

    for _name in ("python3.13", "python3.12", "python3.11"):
        _python = shutil.which(_name)
        if _python:
            os.execv(_python, [_python] + sys.argv)
    sys.exit(
        "Kiểm Tin needs Python 3.11 or newer, and this is Python %d.%d: install a newer one and "
        "run `make run PYTHON=/path/to/python3.11`." % sys.version_info[:2]
    )

import hashlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
MARKER = VENV / "installed.json"  # written last: an interrupted installation is repeated
LOG = ROOT / "var" / "setup.log"
LOCKS = {kind: ROOT / "requirements" / (kind + ".txt") for kind in ("base", "semantic", "dev")}
# The environments that contain all that an environment of this kind needs.
SUFFICIENT = {"base": ("base", "semantic", "dev"), "semantic": ("semantic", "dev"), "dev": ("dev",)}

# What pip prints → what a person can do. First match wins.
ADVICE = (
    (
        ("do not match the hashes",),
        "A downloaded package is not the one this version was tested with (its hash differs), so "
        "nothing was installed: try again on another network.",
    ),
    (
        ("no space left on device", "disk quota exceeded"),
        "The disk is full: free about 1 GB and run the same command again.",
    ),
    (
        (
            *("temporary failure in name resolution", "failed to establish a new connection"),
            *("connection refused", "connection reset", "network is unreachable", "timed out"),
            *("proxyerror", "error sending request"),
            *("from versions: none", "no matching distribution found"),
        ),
        "The Python packages could not be downloaded: check the network (or the proxy and index "
        "settings of pip) and run the same command again.",
    ),
    (
        (
            *("unable to execute 'gcc'", "unable to execute 'cc'"),
            *("command 'gcc' failed", "command 'cc' failed"),
            *("failed building wheel", "failed-wheel-build", "python.h: no such file"),
            *("microsoft visual c++", "can't find rust compiler"),
        ),
        "A package has no ready-made build for this machine and no compiler was found: install one "
        "(on Debian: apt-get install build-essential python3-dev) and run the same command again.",
    ),
)


class SetupError(Exception):
    """Ends the set-up with one sentence for the person at the terminal."""


def digest(lock: Path) -> str:
    """Digest of the lock and of the interpreter: a new Python needs them reinstalled."""
    version = "{}.{}.{}".format(*sys.version_info[:3])
    return hashlib.sha256(lock.read_bytes() + version.encode()).hexdigest()


def advice_for(output: str) -> str:
    """One sentence for what an installer printed."""
    lower_case = output.lower()
    for phrases, sentence in ADVICE:
        if any(phrase in lower_case for phrase in phrases):
            return sentence
    return "The Python packages could not be installed: var/setup.log has the installer's output."


def run_installer(command: "list[str]") -> None:
    """Run an installer, its output into the log; SetupError with the advice when it fails."""
    LOG.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # reports will be stored beside it
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = done.stdout.decode(errors="replace")
    with LOG.open("a", encoding="utf-8") as log:
        log.write("$ " + " ".join(command) + "\n" + output + "\n")
    if done.returncode:
        raise SetupError(advice_for(output))


def create_venv(uv: "str | None") -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if uv:
        run_installer([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)])
        return
    # Debian packages the interpreter without the modules that create environments.
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupError(
            "This Python cannot create virtual environments: install its venv module (on Debian: "
            "apt-get install python3-venv) and run the same command again."
        )
    run_installer([sys.executable, "-m", "venv", str(VENV)])


def is_usable(python: Path) -> bool:
    """False for no environment, and for one whose interpreter was moved, removed or replaced."""
    if not python.exists():
        return False
    try:
        answer = subprocess.run(
            [str(python), "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return answer.stdout.decode().strip() == "{}.{}.{}".format(*sys.version_info[:3])


def ensure_env(kind: str) -> None:
    """Install into .venv what the lock lists; does nothing, quickly, when it is there already."""
    digests = {digest(LOCKS[sufficient]) for sufficient in SUFFICIENT[kind]}
    try:
        installed = json.loads(MARKER.read_text())["lock"]
    except (OSError, ValueError, KeyError):
        installed = None
    if installed in digests and is_usable(VENV_PYTHON):
        return
    print("Setting up the Python environment in .venv (once; about a minute) ...", flush=True)
    uv = shutil.which("uv")
    try:
        install(kind, uv)
    except SetupError:
        if not uv:
            raise
        install(kind, None)  # uv has its own network and certificate settings; pip's may work
    MARKER.write_text(json.dumps({"lock": digest(LOCKS[kind]), "kind": kind}))


def install(kind: str, uv: "str | None") -> None:
    has_pip = any(VENV.glob("[Ll]ib/**/site-packages/pip"))
    if not is_usable(VENV_PYTHON) or not (uv or has_pip):  # uv creates environments without pip
        create_venv(uv)
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    program = [uv, "pip", "install", "--python", str(VENV_PYTHON)] if uv else pip
    run_installer([*program, "--quiet", "--require-hashes", "-r", str(LOCKS[kind])])


def check_port(host: str, text: str) -> int:
    """The port, when it is one and is free; SetupError otherwise."""
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SetupError("PORT must be a number from 1 to 65535, not {!r}.".format(text))
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the web server does
        try:
            probe.bind((host, port))
        except PermissionError:
            raise SetupError(
                "Port {} needs an administrator: choose one above 1023, for example "
                "`make run PORT=8000`.".format(port)
            ) from None
        except OSError as error:
            if isinstance(error, socket.gaierror):
                raise SetupError(
                    "HOST={} is not an address of this machine.".format(host)
                ) from None
            raise SetupError(
                "Port {} is already in use: stop the other program, or choose another port with "
                "`make run PORT={}`.".format(port, port + 1 if port < 65535 else 8001)
            ) from None
    return port


def setting(name: str) -> "str | None":
    """Value in the environment, or else in .env; None when it is in neither."""
    if name in os.environ:
        return os.environ[name]
    file = ROOT / ".env"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for line in map(str.strip, lines):
        if line.startswith((name + "=", "export " + name + "=")):
            return line.partition("=")[2].strip().strip("\"'")
    return None


def set_default(name: str, value: str) -> None:
    """Set an environment variable unless it or .env has a value."""
    if setting(name) is None:
        os.environ[name] = value


def run() -> None:
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    port = check_port(host, text)  # before the minute of installing
    ensure_env("base" if setting("EMBEDDER") in (None, "", "off") else "semantic")
    # Defaults of a first try; the environment and .env have precedence.
    set_default("DEMO", "1")
    set_default("SITE_URL", "http://127.0.0.1:{}".format(port))  # links must carry the real port
    start = [str(VENV_PYTHON), str(ROOT / "manage.py"), "start"]
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(start[0], [*start, "--host", host, "--port", str(port)])


def main(arguments: "list[str]") -> None:
    tasks = {"run": run, "env": lambda: ensure_env("base"), "env-dev": lambda: ensure_env("dev")}
    if len(arguments) != 1 or arguments[0] not in tasks:
        raise SetupError("Usage: python3 ops/bootstrap.py run | env | env-dev")
    try:
        tasks[arguments[0]]()
    except KeyboardInterrupt:
        raise SetupError("Stopped; run the same command again to continue.") from None
    except PermissionError as error:
        raise SetupError("No permission to write {}.".format(error.filename)) from None


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SetupError as error:
        sys.exit(str(error))
