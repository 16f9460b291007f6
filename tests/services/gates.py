"""`make check`: every gate, two at a time, with the output of those that fail.

All of them run, so that one hand-in shows everything there is to mend.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
SHOWN_LINES = 60
TEMPLATES = ["templates"]


@dataclass(frozen=True)
class Gate:
    name: str
    command: list[str | Path]


@dataclass(frozen=True)
class Outcome:
    gate: Gate
    passed: bool
    output: str
    seconds: float


# The longest first.
GATES = [
    Gate("types", [BIN / "mypy", "."]),
    Gate("lint", [BIN / "ruff", "check", "--quiet", "."]),
    Gate("format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
    Gate("templates", [BIN / "djlint", "--lint", "--quiet", *TEMPLATES]),
    Gate("order of rooms", [BIN / "lint-imports"]),
    Gate(
        "no room unlisted",
        [sys.executable, "-m", "pytest", "-q", "--no-header", "tests/config/test_layers.py"],
    ),
    Gate("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Gate("case states", [*MANAGE, "case_states", "--check"]),
    Gate("deploy checks", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]),
    Gate("translations", [*MANAGE, "catalogues", "--check"]),
    Gate("static files", [*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"]),
]


def environment(folder: str) -> dict[str, str]:
    """As in production, with a data folder that is thrown away: a developer's own settings do not
    decide whether a gate opens."""
    return os.environ | {
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "CELERY_BROKER_URL": "memory://",
        "SECRET_KEY": "gates-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "RECEIPT_KEY": "gates-only-receipts",
        "SEALING_KEY": "gates-only-sealing",
        "SITE_URL": "https://kiemtin.example",
        "ALLOWED_HOSTS": "kiemtin.example",
        "DEBUG": "false",
        "NO_COLOR": "1",
    }


def run(gate: Gate) -> Outcome:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kt-gate-") as folder:
        done = subprocess.run(
            [str(part) for part in gate.command],
            cwd=ROOT,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    output = done.stdout.decode(errors="replace").strip()
    return Outcome(gate, done.returncode == 0, output, time.monotonic() - started)


def head(output: str) -> str:
    """The first lines of what a gate said: enough to begin with."""
    lines = output.splitlines()
    rest = len(lines) - SHOWN_LINES
    return "\n".join(lines[:SHOWN_LINES] + ([f"... and {rest} lines more"] if rest > 0 else []))


def run_all() -> list[Outcome]:
    """Every gate's outcome, printed as they end."""
    outcomes = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for outcome in pool.map(run, GATES):
            outcomes.append(outcome)
            word = "ok" if outcome.passed else "FAILED"
            print(f"{word:>6}  {outcome.gate.name} ({outcome.seconds:.0f} s)", flush=True)
            if not outcome.passed:
                print(head(outcome.output), flush=True)
    return outcomes


def main() -> None:
    failed = [outcome.gate.name for outcome in run_all() if not outcome.passed]
    if failed:
        sys.exit(f"make check failed: {', '.join(failed)}")
    print("make check: everything holds.")


if __name__ == "__main__":
    main()
