import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ops import supervisor as supervisor_module
from ops.supervisor import Child, Supervisor

FOREVER = "import time\nprint('up', flush=True)\ntime.sleep(60)"


def child(name: str, code: str) -> Child:
    return Child(name, [sys.executable, "-c", code])


def stop_when(condition: Callable[[], bool], seconds: float = 15) -> None:
    """SIGTERM to this process once the condition holds (or time is up)."""

    def wait() -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not condition():
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def test_output_lines_are_prefixed_and_both_children_stop() -> None:
    lines: list[str] = []
    supervisor = Supervisor([child("web", FOREVER), child("worker", FOREVER)], lines.append)
    stop_when(lambda: len(lines) >= 2)
    assert supervisor.run(lambda: True) == 0
    assert sorted(lines) == ["web    | up", "worker | up"]
    assert not any(c.running for c in supervisor.children)


def test_a_child_that_dies_is_started_again_and_named() -> None:
    lines: list[str] = []
    supervisor = Supervisor([child("worker", FOREVER)], lines.append)

    def kill_once() -> bool:
        if lines.count("worker | up") == 1:
            process = supervisor.children[0].process
            assert process is not None
            process.kill()
            return True
        return False

    stop_when(lambda: lines.count("worker | up") == 2)
    assert supervisor.run(kill_once) == 0
    assert "worker stopped unexpectedly (signal SIGKILL); starting it again in 1 s." in lines
    assert "worker started again." in lines


def test_a_child_that_keeps_dying_ends_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "MAX_DEATHS", 2)
    lines: list[str] = []
    supervisor = Supervisor(
        [child("web", FOREVER), child("worker", "raise SystemExit('no broker')")], lines.append
    )
    assert supervisor.run(lambda: True) == 1
    assert "worker | no broker" in lines
    assert "worker stopped 2 times in a minute: giving up." in lines
    assert not any(c.running for c in supervisor.children)


def test_a_child_that_does_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "GRACE_SECONDS", 0.5)
    lines: list[str] = []
    deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + FOREVER
    supervisor = Supervisor([child("web", deaf)], lines.append)
    stop_when(lambda: "web | up" in lines)
    assert supervisor.run(lambda: True) == 0
    process = supervisor.children[0].process
    assert process is not None
    assert process.wait(timeout=5) == -signal.SIGKILL


def test_the_announcement_is_tried_until_it_is_made() -> None:
    tries: list[int] = []

    def announce() -> bool:
        tries.append(1)
        return len(tries) == 3

    supervisor = Supervisor([child("web", FOREVER)], lambda line: None)
    stop_when(lambda: len(tries) >= 3)
    supervisor.run(announce)
    assert len(tries) == 3


def test_a_last_line_without_newline_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor_module, "MAX_DEATHS", 1)
    lines: list[str] = []
    code = "import sys; sys.stdout.write('half a line')"
    Supervisor([child("web", code)], lines.append).run(lambda: True)
    assert "web | half a line" in lines


def test_processes_of_a_dead_child_are_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import os, pathlib, subprocess, sys\n"
        f"other = subprocess.Popen([sys.executable, '-c', {FOREVER!r}])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(other.pid))\n"
        "os.kill(os.getpid(), 9)"
    )
    supervisor = Supervisor([child("worker", code)], lambda line: None)
    stop_when(lambda: bool(supervisor.children[0].deaths))
    supervisor.run(lambda: True)
    status = Path(f"/proc/{note.read_text()}/stat")
    if status.exists():  # gone, or a zombie that its new parent has not yet buried
        assert status.read_text().rsplit(")", 1)[1].split()[0] == "Z"
