"""Tesseract, the OCR program, where the machine has it: a process of its own that can be killed.

Called directly, without a wrapper package: the screenshot goes through a pipe, so none is left in a
temporary folder, and the process gets none of our environment (docs/adr/0012-reading-pictures.md).
"""

import csv
import os
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from io import BytesIO, StringIO

from PIL import Image

if sys.platform == "linux":
    from resource import RLIMIT_AS, RLIMIT_CPU, prlimit

PROGRAM = "tesseract"
TIMEOUT_SECONDS = 20  # of the clock; noise of four million pixels takes 4
_CPU_SECONDS = 30  # it ends by itself when the worker that waits was killed
_MEMORY = 1024 * 1024 * 1024  # bytes of address space
_MIN_CONFIDENCE = 40  # percent: under this, "words" are patterns in a photograph
_LANGUAGES = ("vie", "eng")
_OSD = (re.compile(rb"Rotate: ([0-9]+)"), re.compile(rb"Orientation confidence: ([0-9.]+)"))
_MIN_TURN_CONFIDENCE = 2.0  # of the program's own scale; upright screenshots have 5 to 20


class Unreadable(Exception):
    """The program failed, or took too long."""


@lru_cache(maxsize=1)
def languages() -> str:
    """What to read, as the program wants it (``vie+eng``); empty where it or its Vietnamese is
    missing. Looked up once in a process: a newly installed program is seen after a restart."""
    installed = _installed()
    wanted = [name for name in _LANGUAGES if name in installed]
    return "+".join(wanted) if "vie" in installed else ""


def _installed() -> frozenset[str]:
    """Names of the models that the program has; none where it is missing."""
    if not shutil.which(PROGRAM):
        return frozenset()
    try:
        listed = subprocess.run(
            [PROGRAM, "--list-langs"], capture_output=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(listed.stdout.decode(errors="replace").split())


def read(screenshot: Image.Image) -> str:
    """Return the text in a greyscale screenshot, one paragraph per line; ``""`` if there is none.

    Raises:
        Unreadable: no answer within 20 seconds (the process is killed), or an error.
    """
    data = BytesIO()
    screenshot.save(data, format="PPM")  # uncompressed: nothing to decode for the program
    command = [PROGRAM, "stdin", "stdout", "-l", languages(), "--psm", "3", "tsv"]
    return _paragraphs(_run(command, data.getvalue()).decode(errors="replace"))


def turn(screenshot: Image.Image) -> int:
    """Degrees clockwise (0, 90, 180, 270) by which the lines of a screenshot stand upright.

    0 where that is unclear, or the model for it (``osd``) is missing.
    """
    if not _has_orientation():
        return 0
    data = BytesIO()
    screenshot.save(data, format="PPM")
    try:
        report = _run([PROGRAM, "stdin", "stdout", "-l", "osd", "--psm", "0"], data.getvalue())
    except Unreadable:  # too few letters to tell
        return 0
    degrees, confidence = (match[1] if (match := p.search(report)) else b"0" for p in _OSD)
    certain = float(confidence) >= _MIN_TURN_CONFIDENCE
    return int(degrees) if certain and int(degrees) in (90, 180, 270) else 0


@lru_cache(maxsize=1)
def _has_orientation() -> bool:
    return "osd" in _installed()


def _run(command: list[str], data: bytes) -> bytes:
    environment = {
        name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ
    }
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C"},
        ) as process:
            try:
                _limit(process.pid)
                out, _none = process.communicate(data, timeout=TIMEOUT_SECONDS)
            except BaseException:  # also a soft time limit of the worker
                process.kill()
                raise
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unreadable(type(error).__name__) from error
    if process.returncode:
        raise Unreadable(f"exit code {process.returncode}")
    return out


def _limit(pid: int) -> None:
    if sys.platform == "linux":
        try:
            prlimit(pid, RLIMIT_AS, (_MEMORY, _MEMORY))
            prlimit(pid, RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        except ProcessLookupError:
            pass  # it has ended already; its exit code tells the rest


def _paragraphs(table: str) -> str:
    """The words read with confidence, the lines of one paragraph joined."""
    paragraphs: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if word and float(row["conf"]) >= _MIN_CONFIDENCE:
            paragraphs.setdefault((row["block_num"], row["par_num"]), []).append(word)
    return "\n".join(" ".join(words) for words in paragraphs.values())
