"""The process that reads one archived copy, with limits on time and memory."""

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.exceptions import ValidationError

if sys.platform == "linux":
    from resource import RLIMIT_AS, RLIMIT_CPU, prlimit

TIMEOUT_SECONDS = 15  # of the clock; 200 pages take 2
_CPU_SECONDS = 20
_MEMORY = 2 * 1024 * 1024 * 1024  # bytes of address space
_PROGRAM = "factcheck.domain.copies.reader"
SENTENCES: dict[str, Promise] = {
    "damaged": _("This file cannot be opened: it is damaged, or not what its name says."),
    "locked": _("This PDF is locked with a password: save it without one first."),
    "empty": _("This file contains no words: nothing can be quoted from it."),
    "large": _("This document is too large once unpacked."),
    "kind": _("This kind of file has no text that can be read."),
    "page": _("This document has no such page."),
    "failed": _("This file could not be read within %(seconds)s seconds: save it anew as a PDF."),
}


@dataclass(frozen=True)
class CopyText:
    text: str  # a form feed between two pages
    pages: int


@dataclass(frozen=True)
class PagePicture:
    png: bytes
    ink: float  # share of the quotation's letters that can be seen


def _run(data: bytes, command: str, *arguments: str) -> dict[str, Any]:
    """Result of the reader.

    Raises:
        ValidationError: the file cannot be read; the sentence says why.
    """
    try:
        with subprocess.Popen(
            [sys.executable, "-m", _PROGRAM, command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
        ) as process:
            try:
                _limit(process.pid)
                out, _none = process.communicate(data, timeout=TIMEOUT_SECONDS)
            except BaseException:  # also a soft time limit of the worker
                process.kill()
                raise
        result: dict[str, Any] = json.loads(out) if not process.returncode else {}
    except (OSError, ValueError, subprocess.TimeoutExpired):
        result = {}
    if not result or "error" in result:
        sentence = str(SENTENCES[result.get("error", "failed")])
        raise ValidationError(sentence % {"seconds": TIMEOUT_SECONDS})
    return result


def _limit(pid: int) -> None:
    if sys.platform == "linux":
        try:
            prlimit(pid, RLIMIT_AS, (_MEMORY, _MEMORY))
            prlimit(pid, RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        except ProcessLookupError:
            pass  # it has ended already; its exit code tells the rest


def text(data: bytes, media_type: str) -> CopyText:
    """Text of a PDF, HTML or DOCX copy; raises ValidationError."""
    result = _run(data, "text", media_type)
    return CopyText(result["text"], result["pages"])


def page_picture(data: bytes, number: int, quote: str = "", stamp: str = "") -> PagePicture:
    """A page of a PDF, from 0, with the words of the quotation that stand on it marked and an
    ASCII text across it."""
    result = _run(data, "page", str(number), quote, stamp)
    return PagePicture(base64.b64decode(result["png"]), result["ink"])


def signer(data: bytes) -> str:
    """Whose valid signature covers the whole PDF; "" when none or none that is trusted here."""
    if not settings.EVIDENCE_TRUST_ROOTS or b"/ByteRange" not in data:
        return ""
    return str(_run(data, "signature", settings.EVIDENCE_TRUST_ROOTS)["signer"])
