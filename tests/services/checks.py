"""`make check`: every check, two at a time, with the output of those that fail.

All of them run, so that one run shows every error.
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
class Check:
    name: str
    command: list[str | Path]


@dataclass(frozen=True)
class CheckResult:
    check: Check
    passed: bool
    output: str
    seconds: float


# The longest first.
CHECKS = [
    Check("types", [BIN / "mypy", "."]),
    Check("lint", [BIN / "ruff", "check", "--quiet", "."]),
    Check("format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
    Check("templates", [BIN / "djlint", "--lint", "--quiet", *TEMPLATES]),
    Check("CSS and JavaScript", [sys.executable, "-m", "tests.services.biome", "check"]),
    Check("import contracts", [BIN / "lint-imports"]),
    Check(
        "contracts cover every app",
        [sys.executable, "-m", "pytest", "-q", "--no-header", "tests/config/test_layers.py"],
    ),
    Check("structure", [sys.executable, "-m", "tests.structure"]),
    Check("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Check("case states", [*MANAGE, "case_states", "--check"]),
    Check("deploy checks", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"]),
    Check("translations", [*MANAGE, "catalogues", "--check"]),
    Check("static files", [*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"]),
]


def environment(folder: str) -> dict[str, str]:
    """As in production, with a data folder that is thrown away: a developer's own settings do not
    decide whether a check passes."""
    return os.environ | {
        "VAR_DIR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "CELERY_BROKER_URL": "memory://",
        "SECRET_KEY": "checks-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "RECEIPT_KEY": "checks-only-receipts",
        "SEALING_KEY": "checks-only-sealing",
        "SITE_URL": "https://kiemtin.example",
        "ALLOWED_HOSTS": "kiemtin.example",
        "DEBUG": "false",
        "NO_COLOR": "1",
    }


def run(check: Check) -> CheckResult:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kt-check-") as folder:
        done = subprocess.run(
            [str(part) for part in check.command],
            cwd=ROOT,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    output = done.stdout.decode(errors="replace").strip()
    return CheckResult(check, done.returncode == 0, output, time.monotonic() - started)


def head(output: str) -> str:
    """The first lines of a check's output: enough to begin with."""
    lines = output.splitlines()
    rest = len(lines) - SHOWN_LINES
    return "\n".join(lines[:SHOWN_LINES] + ([f"... and {rest} lines more"] if rest > 0 else []))


def run_all() -> list[CheckResult]:
    """Every check's result, printed as they end."""
    results = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for result in pool.map(run, CHECKS):
            results.append(result)
            label = "ok" if result.passed else "FAILED"
            print(f"{label:>6}  {result.check.name} ({result.seconds:.0f} s)", flush=True)
            if not result.passed:
                print(head(result.output), flush=True)
    return results


def main() -> None:
    failed = [result.check.name for result in run_all() if not result.passed]
    if failed:
        sys.exit(f"make check failed: {', '.join(failed)}")
    print("make check: every check passes.")


if __name__ == "__main__":
    main()
