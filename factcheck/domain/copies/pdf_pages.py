"""Pages of a PDF: their text, and one of them as a picture with a quotation marked."""

import base64
import ctypes
import io
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFont

from factcheck.domain.copies.unreadable import Unreadable
from matching.text import quotations

PAGE_LIMIT = 200  # pages read of one PDF
PAGE_WIDTH = 1000  # pixels of a page's picture
PAGE_PIXELS = 3_000_000
MARK = "#ffe9a8"  # --kt-mark of static/app.css
_HYPHEN = re.compile("[\x02\ufffe]\r?\n?")  # pdfium's sign for a word divided at the end of a line
_CONTRAST = 60  # of 255, between the darkest and the lightest pixel around a letter


def _opened(data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("locked" if "password" in str(error).lower() else "damaged") from None
    if not pages:
        raise Unreadable("damaged")
    return document


def text(data: bytes) -> tuple[str, int]:
    """The text, a form feed between two pages, and the number of pages."""
    document = _opened(data)
    texts = [
        document[number].get_textpage().get_text_range()
        for number in range(min(len(document), PAGE_LIMIT))
    ]
    return "\f".join(_HYPHEN.sub("", page) for page in texts), len(document)


def picture(data: bytes, number: int, quote: str, stamp: str) -> dict[str, Any]:
    """A page as PNG with the quotation marked and a stamp across it; ``ink``: the share of the
    quotation's letters that can be seen on the page, 1 when nothing is quoted."""
    document = _opened(data)
    if not 0 <= number < len(document):
        raise Unreadable("page")
    page = document[number]
    width, height = page.get_width(), page.get_height()
    scale = min(PAGE_WIDTH / width, (PAGE_PIXELS / (width * height)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    boxes = [_pixels(box, height, scale) for box in _letter_boxes(page, quote)]
    ink = _share_with_ink(image.convert("L"), boxes)
    if boxes:
        marked = Image.new("RGB", image.size, "white")
        for box in _joined(boxes):
            marked.paste(MARK, box)
        image = ImageChops.multiply(image, marked)
    if stamp:
        image = _stamped(image, stamp)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return {"png": base64.b64encode(out.getvalue()).decode("ascii"), "ink": ink}


def _stamped(image: Image.Image, stamp: str) -> Image.Image:
    """The picture with a pale text across it, three times; ASCII only."""
    layer = Image.new("L", image.size, 255)
    draw = ImageDraw.Draw(layer)
    font = ImageFont.load_default(max(14, image.width // 40))
    for third in (1, 3, 5):
        place = (image.width // 2, image.height * third // 6)
        draw.text(place, stamp, font=font, fill=215, anchor="mm")
    return ImageChops.multiply(image, layer.rotate(18, fillcolor=255).convert("RGB"))


def _letter_boxes(page: Any, quote: str) -> Iterator[tuple[float, float, float, float]]:
    """The boxes (left, bottom, right, top; points) of a quotation's letters on a page."""
    if not quote.strip():
        return
    textpage = page.get_textpage()
    words = textpage.get_text_range()
    place = quotations.find(quote, words)
    if place is None:
        return
    for index in range(place.start, place.end):
        if words[index].isspace():
            continue
        letter = pdfium.FPDFText_GetCharIndexFromTextIndex(textpage, index)
        values = [ctypes.c_double() for _side in range(4)]
        left, right, bottom, top = values
        if letter >= 0 and pdfium.FPDFText_GetCharBox(textpage, letter, left, right, bottom, top):
            yield left.value, bottom.value, right.value, top.value


def _pixels(
    box: tuple[float, float, float, float], height: float, scale: float
) -> tuple[int, int, int, int]:
    left, bottom, right, top = box
    return (
        int(left * scale) - 1, int((height - top) * scale) - 2,
        int(right * scale) + 2, int((height - bottom) * scale) + 3,
    )  # fmt: skip


def _share_with_ink(grey: Any, boxes: list[tuple[int, int, int, int]]) -> float:
    """The share of boxes whose darkest and lightest pixels differ clearly."""
    visible = 0
    for left, top, right, bottom in boxes:
        inside = (max(left, 0), max(top, 0), min(right, grey.width), min(bottom, grey.height))
        if inside[0] < inside[2] and inside[1] < inside[3]:
            low, high = grey.crop(inside).getextrema()
            visible += high - low > _CONTRAST
    return visible / len(boxes) if boxes else 1.0


def _joined(boxes: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Boxes of one line joined to one, so that spaces are marked, too."""
    lines: list[list[int]] = []
    for left, top, right, bottom in boxes:
        last = lines[-1] if lines else None
        if last and left >= last[0] and min(bottom, last[3]) - max(top, last[1]) > 0:
            last[1], last[2], last[3] = min(last[1], top), max(last[2], right), max(last[3], bottom)
        else:
            lines.append([left, top, right, bottom])
    return [(line[0], line[1], line[2], line[3]) for line in lines]
