"""`make test`: the checks, then every test on SQLite, again on PostgreSQL with Redis those that use
a database, then the tests in a browser. The last line counts them all; what this machine could not
run is named above it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.services import checks, postgres, redis, required_programs

ROOT = Path(__file__).resolve().parent.parent.parent
RUN_SECONDS = 1200  # a run that hangs ends here
WORKERS = ["-n", "auto", "--dist", "loadgroup"]  # one worker per core
# Tests that never use the suite's database: once is enough.
ONCE = ["--ignore=tests/matching", "--ignore=tests/benchmarks"]


@dataclass
class Totals:
    """Tests over all runs; `errors` are failures that belong to no single test."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    not_run: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, report: Path) -> int:
        """Add a JUnit report's counts; returns how many tests it contains."""
        root = ET.parse(report).getroot()
        count = 0
        for suite in root.iter("testsuite"):
            tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            self.passed += max(tests - failed - skipped, 0)
            self.failed += failed
            self.skipped += skipped
            count += tests
        return count


def pytest_process(report: Path, arguments: list[str], variables: dict[str, str]) -> int | None:
    """Exit code of one pytest run that writes a JUnit report; None when it did not end in time."""
    options = ["-q", "--no-header", f"--junitxml={report}", *arguments]
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *options],
        cwd=ROOT,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=RUN_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:  # timed out, or we were ended
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
                time.sleep(2)  # its workers stop what they had started
                os.killpg(process.pid, signal.SIGKILL)


def run_pytest(totals: Totals, title: str, arguments: list[str], variables: dict[str, str]) -> None:
    print(f"\n== {title}", flush=True)
    started = time.monotonic()
    failed_before = totals.failed
    with tempfile.TemporaryDirectory(prefix="kt-report-") as folder:
        report = Path(folder) / "junit.xml"
        code = pytest_process(report, arguments, variables)
        count = totals.add(report) if report.exists() else 0
    print(f"({time.monotonic() - started:.0f} s)", flush=True)
    if code is None:
        totals.errors.append(f"{title}: not finished after {RUN_SECONDS} s")
    if code == pytest.ExitCode.NO_TESTS_COLLECTED or not count:
        totals.errors.append(f"{title}: no test was run")
    elif code and code > 0 and totals.failed == failed_before:
        totals.errors.append(f"{title}: pytest ended with exit code {code}")


def run_checks(totals: Totals) -> None:
    print("== Checks", flush=True)
    for result in checks.run_all():
        if not result.passed:
            totals.errors.append(f"make check: {result.check.name}")


def run_on_postgres(totals: Totals, absent: list[required_programs.Need], stack: ExitStack) -> None:
    """The tests that use a database, and with Redis the pipeline tests."""
    cluster = stack.enter_context(postgres.running())
    variables = {
        "TEST_DATABASE_URL": cluster.url,
        "TEST_DATABASE_ADMIN_URL": cluster.admin_url,
    }
    selection = "not e2e"
    if required_programs.REDIS in absent:
        totals.not_run.append("the pipeline tests: no Redis")
        selection += " and not pipeline"
    else:
        variables["TEST_REDIS_URL"] = stack.enter_context(redis.running())
    run_pytest(totals, "Tests on PostgreSQL", [*WORKERS, *ONCE, "-m", selection], variables)


def run_everything(totals: Totals, absent: list[required_programs.Need]) -> None:
    run_checks(totals)
    selection = "not e2e and not pipeline and not postgres"
    without = {"TEST_DATABASE_URL": ""}
    run_pytest(totals, "Tests on SQLite", [*WORKERS, "-m", selection], without)
    if required_programs.TESSERACT in absent:
        totals.not_run.append("reading pictures: no Tesseract with Vietnamese")
    with ExitStack() as stack:
        if required_programs.POSTGRES in absent:
            totals.not_run.append("the suite on PostgreSQL and the pipeline tests: no PostgreSQL")
        else:
            run_on_postgres(totals, absent, stack)
        if required_programs.CHROMIUM in absent:
            totals.not_run.append("tests/e2e: no Chromium")
        else:
            run_pytest(totals, "Tests in a browser", ["tests/e2e"], without)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an ended run stops its servers too
    in_ci = bool(os.environ.get("CI"))
    totals = Totals()
    started = time.monotonic()
    run_everything(totals, required_programs.install())
    print(f"\n== Result after {time.monotonic() - started:.0f} s")
    for line in totals.not_run:
        print(f"Not run: {line}")
    for line in totals.errors:
        print(f"Failed: {line}")
    failed = totals.failed + len(totals.errors)
    if in_ci and (totals.skipped or totals.not_run):
        print("In CI nothing may be skipped or left out.")
        failed += totals.skipped + len(totals.not_run)
        totals.skipped = 0
    print(f"{totals.passed} passed, {failed} failed, {totals.skipped} skipped", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
