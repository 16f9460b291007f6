"""Reader of archived copies: a program of its own, since it opens files that strangers made.

``python -m factcheck.domain.copies.reader COMMAND …`` reads a copy from standard input and writes
JSON; ``process`` starts it with limits on time and memory, so that a file that makes it crash or
run for ever harms nobody. It imports no Django, and of the libraries only the one it needs.
"""

import json
import re
import sys
import unicodedata
from importlib import import_module
from typing import Any

from factcheck.domain.copies.unreadable import Unreadable

PDF = "application/pdf"
HTML = "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_LIMIT = 400_000  # characters kept of one copy
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", unicodedata.normalize("NFC", lines))[:TEXT_LIMIT].strip(" \n")


def _module(name: str) -> Any:
    return import_module(f"factcheck.domain.copies.{name}")


def _text(kind: str, data: bytes) -> dict[str, Any]:
    """Text and number of pages. A scanned PDF has pages and no words; a page or a document
    without any is refused."""
    pages = 1
    if kind == PDF:
        words, pages = _module("pdf_pages").text(data)
    elif kind == HTML:
        words = _module("html_text").text(data)
    elif kind == DOCX:
        words = _module("word_text").text(data)
    else:
        raise Unreadable("kind")
    words = _clean(words)
    if not words and kind != PDF:
        raise Unreadable("empty")
    return {"text": words, "pages": pages}


def run(command: str, arguments: list[str], data: bytes) -> dict[str, Any]:
    """Result of one command, or ``{"error": code}``."""
    try:
        if command == "text":
            return _text(arguments[0], data)
        if command == "page":
            number, quote, stamp = arguments
            pages = _module("pdf_pages")
            picture: dict[str, Any] = pages.picture(data, int(number), quote, stamp)
            return picture
        signature: dict[str, Any] = _module("signatures").check(data, *arguments)
        return signature
    except Unreadable as error:
        return {"error": str(error)}


if __name__ == "__main__":
    result = run(sys.argv[1], sys.argv[2:], sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(result))
