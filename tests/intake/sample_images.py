"""Screenshots for tests, good and hostile, all made here and small on disk."""

import struct
import textwrap
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin, TiffImagePlugin

GPS = "Quận-Bí-Mật"


def noise(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    return Image.effect_noise((width, height), 80).convert(mode)


def encoded(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    out = BytesIO()
    (image or noise()).save(out, format=kind, **options)
    return out.getvalue()


def upload(data: bytes | None = None, name: str = "anh.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded("PNG") if data is None else data, "image/png")


def exif_with_gps(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Nokia-Canary"
    exif[0x013B] = GPS.encode().decode("latin-1")
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (
        TiffImagePlugin.IFDRational(21),
        TiffImagePlugin.IFDRational(2),
        TiffImagePlugin.IFDRational(3),
    )
    return exif


def png_with_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Nokia-Canary")
    info.add_itxt("Comment", "Nokia-Canary", zip=True)
    return encoded("PNG", pnginfo=info, exif=exif_with_gps())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int, height: int) -> bytes:
    """A valid one-bit PNG of a single colour: kilobytes that unpack to gigabytes."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def jpeg_header(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    data = bytearray(encoded("JPEG"))
    start = data.index(b"\xff\xc0") + 5
    data[start : start + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_header(width: int, height: int) -> bytes:
    """An extended WebP whose canvas claims another size."""
    data = bytearray(encoded("WEBP", exif=exif_with_gps()))
    assert data[12:16] == b"VP8X"
    data[24:27] = (width - 1).to_bytes(3, "little")
    data[27:30] = (height - 1).to_bytes(3, "little")
    return bytes(data)


def many_scans(count: int) -> bytes:
    """A progressive JPEG with a scan repeated again and again."""
    data = encoded("JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + b"\xff\xd9"


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue", "green")]
    return encoded(kind, frames[0], save_all=True, append_images=frames[1:], duration=50)


FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "vendor"
CHAT = (
    "Công văn 1482/SGDĐT-VP cho học sinh toàn tỉnh Thanh Giang nghỉ học tránh lũ "
    "từ ngày 23/11/2031 đến hết ngày 28/11/2031"
)


def _font(letter: str, size: int) -> ImageFont.FreeTypeFont:
    """The interface's own font comes in two files: Vietnamese letters, and all others."""
    vietnamese = "ă" in letter.lower() or letter in "ĐđĨĩŨũƠơƯư" or "\u1ea0" <= letter <= "\u1ef9"
    kind = "vietnamese" if vietnamese else "latin"
    return ImageFont.truetype(FONTS / f"be-vietnam-pro-{kind}-400-normal.woff2", size)


def chat(text: str = CHAT, *, size: int = 26, width: int = 720, dark: bool = False) -> Image.Image:
    """A screenshot of a chat with one bubble, as a phone shows it."""
    paper, bubble, ink = ("#111", "#333", "#eee") if dark else ("#e9edf2", "#fff", "#22252b")
    lines = textwrap.wrap(text, int(1.6 * width / size))
    image = Image.new("RGB", (width, 160 + int(size * 1.6) * len(lines)), paper)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((28, 70, width - 28, image.height - 40), radius=18, fill=bubble)
    for number, line in enumerate(lines):
        left = 50.0
        for letter in line:
            font = _font(letter, size)
            place = (left, 90 + size + number * size * 1.6)
            draw.text(place, letter, font=font, fill=ink, anchor="ls")
            left += font.getlength(letter)
    return image
