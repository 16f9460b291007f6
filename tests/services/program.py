"""A program under test: started, waited for, stopped; its output is shown when something fails."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = ROOT / ".venv" / "bin"


class Program:
    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process, self.log = process, log

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        """Return when the condition holds.

        Raises:
            AssertionError: the program ended first, or time was up; with its output.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if condition():
                return
            ended = self.process.poll()
            assert ended is None, f"ended with exit code {ended}:\n{self.output[-4000:]}"
            time.sleep(0.1)
        raise AssertionError(f"not so after {seconds} s:\n{self.output[-4000:]}")


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Only the variables given, as in a container, and this environment's programs on PATH."""
    base = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**base, "PATH": f"{BIN}:{os.environ['PATH']}", **variables}


@contextmanager
def running(
    command: Sequence[str], variables: Mapping[str, str], *, stop_seconds: float = 30
) -> Iterator[Program]:
    """The program, in the project's folder; SIGTERM at the end, and it must stop in time."""
    with tempfile.TemporaryDirectory(prefix="kt-program-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(variables),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        program = Program(process, log)
        try:
            yield program
            if process.poll() not in (None, 0):  # shown beside the tests that failed for it
                print(f"{command[0]} ended with {process.returncode}:\n{program.output[-4000:]}")
            process.terminate()
            process.wait(timeout=stop_seconds)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
