"""A ledger of every receipt that clients are shown while the server is being killed.

Like a patient person, a client that gets no receipt sends the same form again, with the same key,
until it gets one; now and then it sends a form again although it has its receipt.
"""

import json
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tests.pipeline.reporter import NoReceipt
from tests.services import program

GIVE_UP_SECONDS = 90.0  # then a form counts as never answered
PAUSE_SECONDS = 0.05
RESEND_EVERY = 4  # one form in so many is sent again after its receipt


class Sender(Protocol):
    """Opens a form and returns its key; sends it and returns the receipt shown. Both raise
    ``NoReceipt`` when the server does not answer."""

    def open(self) -> str: ...

    def send(self, text: str, *, key: str = "") -> str: ...


@dataclass
class Ledger:
    shown: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unanswered: list[str] = field(default_factory=list)  # form keys
    seconds: list[float] = field(default_factory=list)  # from the first sending to the receipt
    retries: int = 0

    def add(self, other: "Ledger") -> None:
        self.shown.update(other.shown)
        self.unanswered += other.unanswered
        self.seconds += other.seconds
        self.retries += other.retries


def record(senders: Sequence[Sender], disturb: Callable[[], None]) -> Ledger:
    """Let every sender send one form after another until ``disturb`` returns; each finishes the
    form it has begun."""
    stop, ledgers = threading.Event(), [Ledger() for _sender in senders]
    threads = [
        threading.Thread(target=_send_forms, args=(sender, ledger, stop))
        for sender, ledger in zip(senders, ledgers, strict=True)
    ]
    for thread in threads:
        thread.start()
    try:
        disturb()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    total = Ledger()
    for ledger in ledgers:
        total.add(ledger)
    return total


def _send_forms(sender: Sender, ledger: Ledger, stop: threading.Event) -> None:
    count = 0
    while not stop.is_set():
        if not (key := _opened(sender, ledger)):
            continue
        text = f"Nghe nói trường {key} cho học sinh nghỉ học thứ {count % 5 + 2} tuần sau?"
        started = time.monotonic()
        if not _until_shown(sender, ledger, key, text):
            ledger.unanswered.append(key)
            continue
        ledger.seconds.append(time.monotonic() - started)
        count += 1
        if count % RESEND_EVERY == 0:
            _until_shown(sender, ledger, key, text)


def _opened(sender: Sender, ledger: Ledger) -> str:
    """The key of a form of our own; empty when the server did not answer."""
    try:
        return sender.open()
    except NoReceipt:
        ledger.retries += 1
        time.sleep(PAUSE_SECONDS)
        return ""


def _until_shown(sender: Sender, ledger: Ledger, key: str, text: str) -> bool:
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < deadline:
        try:
            receipt = sender.send(text, key=key)
        except NoReceipt:
            ledger.retries += 1
            time.sleep(PAUSE_SECONDS)
        else:
            ledger.shown[key].append(receipt)
            return True
    return False


def close(ledger: Ledger, variables: Mapping[str, str]) -> dict[str, int]:
    """Counts of ``account.account``, in a process with the site's own settings."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.pipeline.account"],
        cwd=program.ROOT,
        env=program.environment(variables),
        input=json.dumps(ledger.shown).encode(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    counts: dict[str, int] = json.loads(done.stdout.decode().splitlines()[-1])
    return counts
