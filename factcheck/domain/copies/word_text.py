"""Text of a Word document as a person sees it."""

import io
import zipfile
from typing import Any

import docx

from factcheck.domain.copies.unreadable import Unreadable

UNPACKED_LIMIT = 80 * 1024 * 1024  # bytes of a file once unpacked
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SMALLEST = 6  # half points: smaller letters cannot be read


def text(data: bytes) -> str:
    """Paragraphs and cells in their order, without hidden words, deletions and comments."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
                raise Unreadable("large")
        document = docx.Document(io.BytesIO(data))
    except Unreadable:
        raise
    except Exception:  # zipfile, lxml and python-docx each have their own
        raise Unreadable("damaged") from None
    hidden = {
        style.get(f"{_W}styleId")
        for style in document.styles.element
        if any(_is_on(mark) for mark in style.iter(f"{_W}vanish"))
    }
    return "\n".join(_paragraph(node, hidden) for node in document.element.body.iter(f"{_W}p"))


def _is_on(mark: Any) -> bool:
    return mark.get(f"{_W}val") not in ("0", "false", "off")


def _is_hidden(run: Any, hidden: set[Any]) -> bool:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return False
    style = properties.find(f"{_W}rStyle")
    color, size = properties.find(f"{_W}color"), properties.find(f"{_W}sz")
    shaded = any(properties.find(f"{_W}{name}") is not None for name in ("shd", "highlight"))
    return (
        any(_is_on(mark) for mark in properties.findall(f"{_W}vanish"))
        or (style is not None and style.get(f"{_W}val") in hidden)
        or (color is not None and color.get(f"{_W}val", "").upper() == "FFFFFF" and not shaded)
        or (size is not None and int(size.get(f"{_W}val", "24")) < 6)  # half points
    )


def _paragraph(paragraph: Any, hidden: set[Any]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and style.get(f"{_W}val") in hidden:
        return ""
    parts = []
    for run in paragraph.iter(f"{_W}r"):
        if _is_hidden(run, hidden):
            continue
        for node in run:
            if node.tag == f"{_W}t":
                parts.append(node.text or "")
            elif node.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                parts.append(" ")
            elif node.tag == f"{_W}noBreakHyphen":
                parts.append("-")
    return "".join(parts)
