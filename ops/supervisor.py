"""Child processes of one machine's `manage.py start`: their output in one stream, restarted when
they die, stopped together."""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

GRACE_SECONDS = 20  # a running task may end; after this it is killed and a sweep repeats it
DEATH_WINDOW_SECONDS = 60
MAX_DEATHS = 5  # this often within the window: something is wrong that a restart does not repair
PR_SET_PDEATHSIG = 1  # prctl(2)


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux: a child gets SIGTERM when this process is killed outright, so the port is freed."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program, with the name its output lines carry."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    pending: bytes = b""  # output after the last whole line
    deaths: list[float] = field(default_factory=list)  # time.monotonic() of each
    restart_at: float | None = None

    def start(self) -> None:
        # Its own session: Ctrl-C reaches only this process, which stops the children in order.
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(),  # safe here: this process has one thread
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        self.restart_at = None

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs children until a signal comes or one keeps dying.

    Args:
        children: what to run.
        write: where a line goes (already prefixed, without its newline).
    """

    def __init__(self, children: Sequence[Child], write: Callable[[str], None]) -> None:
        self.children = children
        self.write = write
        self.signals = 0  # stop signals received
        self.failed = False
        self._selector = selectors.DefaultSelector()
        self._width = max(len(child.name) for child in children)

    def request_stop(self, *_: object) -> None:
        self.signals += 1

    def run(self, when_started: Callable[[], bool]) -> int:
        """Start, then watch. `when_started` is called twice a second until it returns True (it
        announces the address). Returns the exit code: 0 if asked to stop, 1 if one kept dying."""
        previous = {
            number: signal.signal(number, self.request_stop)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            for child in self.children:
                self._start(child)
            announced = False
            while not self.signals and not self.failed:
                self._relay(timeout=0.5)
                self._restart_dead_children()
                announced = announced or when_started()
            self._stop()
        finally:
            for child in self.children:  # also after an unexpected error: leave nothing behind
                if child.process is not None:
                    self._signal(child, signal.SIGKILL)
            for number, handler in previous.items():
                signal.signal(number, handler)
        return 1 if self.failed else 0

    def _start(self, child: Child) -> None:
        child.start()
        assert child.process is not None
        assert child.process.stdout is not None
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def _relay(self, timeout: float) -> None:
        """Write out every whole line the children have printed."""
        for key, _mask in self._selector.select(timeout):
            child: Child = key.data
            chunk = os.read(key.fd, 65536)
            if not chunk:
                self._selector.unregister(key.fileobj)
            *lines, child.pending = (child.pending + chunk).split(b"\n")
            if not chunk and child.pending:
                lines, child.pending = [*lines, child.pending], b""
            for line in lines:
                text = line.decode(errors="replace").rstrip()
                self.write(f"{child.name:<{self._width}} | {text}")

    def _restart_dead_children(self) -> None:
        """Restart what died, a little later each time; give up when it keeps dying."""
        now = time.monotonic()
        for child in self.children:
            if child.running:
                continue
            if child.restart_at is None:
                assert child.process is not None
                self._signal(child, signal.SIGKILL)  # its own children would run on without it
                recent = [death for death in child.deaths if now - death < DEATH_WINDOW_SECONDS]
                child.deaths = [*recent, now]
                if len(child.deaths) >= MAX_DEATHS:
                    self.write(f"{child.name} stopped {MAX_DEATHS} times in a minute: giving up.")
                    self.failed = True
                    return
                wait = 2 ** (len(child.deaths) - 1)
                child.restart_at = now + wait
                reason = _exit_reason(child.process.returncode)
                self.write(
                    f"{child.name} stopped unexpectedly ({reason}); starting it again in {wait} s."
                )
            elif now >= child.restart_at:
                self._start(child)
                self.write(f"{child.name} started again.")

    def _stop(self) -> None:
        """Send SIGTERM to the children and wait; a second Ctrl-C ends the wait."""
        signals = self.signals
        for child in self.children:
            if child.running:
                self._signal(child, signal.SIGTERM, group=False)  # it ends its own children
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.running for child in self.children):
            if time.monotonic() > deadline or self.signals > max(signals, 1):
                break
            self._relay(timeout=0.1)
        self._relay(timeout=0)

    @staticmethod
    def _signal(child: Child, number: int, *, group: bool = True) -> None:
        assert child.process is not None
        try:
            if group:
                os.killpg(child.process.pid, number)
            else:
                os.kill(child.process.pid, number)
        except ProcessLookupError:
            pass


def _exit_reason(returncode: int | None) -> str:
    """Signal or exit code of a process that ended."""
    if returncode is not None and returncode < 0:
        return f"signal {signal.Signals(-returncode).name}"
    return f"exit code {returncode}"
