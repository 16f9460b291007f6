"""Screenshots: recognised by their bytes, limited before they are decoded, and re-encoded.

Only the pixels of the file that was sent are stored: no EXIF, GPS, comment, colour profile, second
frame or appended data. A file that a decoder fails on is refused, never passed on.
"""

import hashlib
import struct
import unicodedata
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, ImageStat

from intake.exceptions import ValidationError

MAX_FILES = 4
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
_MAX_SCANS = 64  # a progressive JPEG has about ten; thousands of tiny ones cost minutes
_NAME_LENGTH = 40
_LIGHT = 160  # mean brightness of 255 above which words are light ones

# Pillow's own limit is the second one, as an error instead of a warning in a log.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)

_ENCODER_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"compress_level": 4},
    "WEBP": {"quality": 85, "method": 2},
}
FORMATS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


@dataclass(frozen=True)
class PreparedImage:
    """A screenshot as it will be stored."""

    data: bytes
    media_type: str
    width: int
    height: int
    sha256: str


def shown_name(name: str | None) -> str:
    """Return a file's name fit for a sentence: without control or direction marks, and short."""
    plain = "".join(c for c in name or "" if unicodedata.category(c)[0] not in "CZ" or c == " ")
    plain = plain.strip() or _("picture")
    return plain if len(plain) <= _NAME_LENGTH else plain[: _NAME_LENGTH - 1] + "…"


def prepare(upload: "UploadedFile[Any]") -> PreparedImage:
    """Return the screenshot re-encoded in its own kind, turned upright, first frame only.

    Raises:
        ValidationError: too large, empty, no JPEG, PNG or WebP, more than 25 million pixels, or
            damaged; the sentence names the file and says what to do instead.
    """
    name = shown_name(upload.name)
    data = _read(upload, name)
    kind = _kind_of(data)
    if not kind:
        raise _refusal(_("“%(name)s” is not a JPEG, PNG or WebP picture. Take a screenshot of it "
                         "and choose that."), name=name)  # fmt: skip
    damaged = _refusal(_("“%(name)s” cannot be read as a picture; it may be damaged. Take a "
                         "screenshot of it and choose that."), name=name)  # fmt: skip
    try:
        if _claimed_pixels(data, kind) > MAX_PIXELS:
            raise _too_many_pixels(name)
        if kind == "JPEG" and data.count(b"\xff\xda") > _MAX_SCANS:
            raise damaged
        with Image.open(BytesIO(data), formats=[kind]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_many_pixels(name)
            return _encode(_turn_upright(image), kind)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(name) from error
    except Exception as error:  # a decoder fed with hostile bytes may raise anything: refuse
        raise damaged from error


def reopen(data: bytes) -> PreparedImage:
    """Return a screenshot that this module wrote earlier, without encoding it again."""
    kind = _kind_of(data)
    with Image.open(BytesIO(data), formats=[kind]) as image:
        return _describe(data, kind, image)


def _refusal(sentence: str, **values: str) -> ValidationError:
    return ValidationError({"images": [sentence % values]})


def _too_many_pixels(name: str) -> ValidationError:
    return _refusal(_("“%(name)s” has more than 25 million pixels. Take a screenshot of it and "
                      "choose that."), name=name)  # fmt: skip


def _read(upload: "UploadedFile[Any]", name: str) -> bytes:
    size = upload.size or 0
    if size > MAX_BYTES:
        megabytes = str(-(-size // (1024 * 1024)))
        sentence = _("“%(name)s” weighs %(size)s MB, over the limit of 5 MB. Take the screenshot "
                     "again or leave it out.")  # fmt: skip
        raise _refusal(sentence, name=name, size=megabytes)
    upload.seek(0)
    data: bytes = upload.read(MAX_BYTES + 1)
    if not data:
        raise _refusal(_("“%(name)s” is an empty file. Choose the picture again."), name=name)
    return data


def _kind_of(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "WEBP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def _claimed_pixels(data: bytes, kind: str) -> int:
    """Width times height from the header, before any decoder sees the file.

    Pillow's WebP decoder takes memory for the whole canvas when it opens a file; for JPEG its
    own header reader is as cheap as one written here.
    """
    if kind == "PNG":
        width, height = struct.unpack(">II", data[16:24])
        return int(width * height)
    if kind == "WEBP" and data[12:16] == b"VP8X":
        width = 1 + int.from_bytes(data[24:27], "little")
        return width * (1 + int.from_bytes(data[27:30], "little"))
    if kind == "WEBP" and data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    if kind == "WEBP":
        width, height = struct.unpack("<HH", data[26:30])
        return int((width & 0x3FFF) * (height & 0x3FFF))
    return 0


def _turn_upright(image: Image.Image) -> Image.Image:
    """Return the first frame, turned by its EXIF orientation, in the colours of sRGB."""
    image.seek(0)
    profile = image.info.get("icc_profile")
    image.load()
    turned: Image.Image = ImageOps.exif_transpose(image)
    if profile and turned.mode in {"RGB", "RGBA", "CMYK", "L"}:
        turned = _convert_to_srgb(turned, profile)
    return turned


def _convert_to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if image.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile: its colours are a little off, the words stay readable
    return converted or image


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Return the image with its full range of greys: Pillow's own conversion clips everything above
    255, which turns a scanner's 16-bit page into a white one."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.mode in {"I", "F"}:
        lowest, highest = cast("tuple[float, float]", image.getextrema())
        scale = 255 / (highest - lowest) if highest > lowest else 0
        return image.point(lambda value: value * scale - lowest * scale).convert("L")
    return image


def _on_background(image: Image.Image) -> Image.Image:
    """Return a see-through image on white, or on black where what can be seen is mostly light:
    words drawn on nothing would vanish in a viewer, and for OCR, of their own colour."""
    layers = image.convert("RGBA")
    alpha = layers.getchannel("A")
    brightness = ImageStat.Stat(layers.convert("L"), mask=alpha).mean[0] if alpha.getbbox() else 0
    shade = 0 if brightness > _LIGHT else 255
    background = Image.new("RGBA", layers.size, (shade, shade, shade, 255))
    return Image.alpha_composite(background, layers).convert("RGB")


def _encode(image: Image.Image, kind: str) -> PreparedImage:
    shown = _on_background(image) if image.has_transparency_data else _to_eight_bits(image)
    plain = shown.convert("RGB")
    plain.info.clear()  # Pillow writes comment, profile and more from here
    out = BytesIO()
    plain.save(out, format=kind, **_ENCODER_OPTIONS[kind])
    return _describe(out.getvalue(), kind, plain)


def _describe(data: bytes, kind: str, image: Image.Image) -> PreparedImage:
    return PreparedImage(
        data=data,
        media_type=MEDIA_TYPES[kind],
        width=image.width,
        height=image.height,
        sha256=hashlib.sha256(data).hexdigest(),
    )
