"""Drawn images: a chat screenshot for a report, a scan as the archived copy of a citation."""

import textwrap
from functools import lru_cache
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "arial.ttf")  # with Vietnamese
PAPER, BUBBLE, INK, GREY = "#e9edf2", "#ffffff", "#22252b", "#6b7280"
WIDTH, MARGIN, LINE = 720, 28, 34  # pixels


@lru_cache(maxsize=4)
def font(size: int) -> ImageFont.FreeTypeFont | None:
    """A font of this machine that has Vietnamese letters; None when there is none."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return None


def chat_screenshot(text: str) -> SimpleUploadedFile | None:
    """A screenshot of a group chat with the text in one bubble; no name, no face."""
    lines = textwrap.wrap(text, 40)
    height = 190 + LINE * len(lines)
    return _draw("nhom-lop.png", "Nhóm phụ huynh · 42 thành viên", lines, height, BUBBLE)


def scan(title: str, quote: str) -> SimpleUploadedFile:
    """The scan of a letter, clearly marked as made for the demo."""
    lines = [*textwrap.wrap(title, 46), "", *textwrap.wrap(quote, 46)]
    note = "Bản lưu minh họa, chỉ dùng trong dữ liệu mẫu"
    image = _draw("ban-luu.png", note, lines, 260 + LINE * len(lines), "#fffefb")
    return image or _blank("ban-luu.png")


def _draw(
    name: str, header: str, lines: list[str], height: int, background: str
) -> SimpleUploadedFile | None:
    large, small = font(24), font(20)
    if large is None or small is None:
        return None
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, 22), header, font=small, fill=GREY)
    bubble = (MARGIN, 70, WIDTH - MARGIN, height - 40)
    draw.rounded_rectangle(bubble, radius=18, fill=background)
    for number, line in enumerate(lines):
        draw.text((MARGIN + 22, 92 + LINE * number), line, font=large, fill=INK)
    return _upload(name, image)


def _blank(name: str) -> SimpleUploadedFile:
    return _upload(name, Image.new("RGB", (WIDTH, WIDTH), PAPER))


def _upload(name: str, image: Image.Image) -> SimpleUploadedFile:
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/png")
