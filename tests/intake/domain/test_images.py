import resource
import time
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from intake.domain import images
from intake.domain.images import prepare, reopen, shown_name
from intake.exceptions import ValidationError
from tests.intake import sample_images

CANARIES = (b"Nokia-Canary", sample_images.GPS.encode(), b"Exif", b"eXIf", b"iCCP", b"ICC_PROFILE")


def refusal(data: bytes, name: str = "anh.png") -> str:
    with pytest.raises(ValidationError) as caught:
        prepare(sample_images.upload(data, name))
    assert list(caught.value.errors) == ["images"]
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")],
)
def test_prepare_keeps_kind_and_size(kind: str, media_type: str) -> None:
    screenshot = prepare(sample_images.upload(sample_images.encoded(kind)))
    assert (screenshot.media_type, screenshot.width, screenshot.height) == (media_type, 60, 40)
    with Image.open(BytesIO(screenshot.data)) as image:
        assert (image.format, image.size) == (kind, (60, 40))
    assert reopen(screenshot.data) == screenshot


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"exif": sample_images.exif_with_gps(), "comment": "Nokia-Canary"}),
        ("WEBP", {"exif": sample_images.exif_with_gps(), "xmp": b"<x>Nokia-Canary</x>"}),
    ],
)
def test_prepare_removes_exif_gps_and_comments(kind: str, options: dict) -> None:
    data = sample_images.encoded(kind, **options)
    assert b"Nokia-Canary" in data
    screenshot = prepare(sample_images.upload(data))
    assert not [canary for canary in CANARIES if canary in screenshot.data]
    with Image.open(BytesIO(screenshot.data)) as image:
        assert not dict(image.getexif())


def test_prepare_removes_png_text() -> None:
    data = sample_images.png_with_text()
    assert b"Nokia-Canary" in data
    screenshot = prepare(sample_images.upload(data))
    assert not [canary for canary in (*CANARIES, b"tEXt", b"iTXt") if canary in screenshot.data]


def test_prepare_turns_the_picture_upright() -> None:
    image = Image.new("RGB", (40, 20), "white")
    image.paste("black", (0, 0, 20, 20))  # black on the left
    data = sample_images.encoded("JPEG", image, exif=sample_images.exif_with_gps(orientation=6))
    screenshot = prepare(sample_images.upload(data))
    assert (screenshot.width, screenshot.height) == (20, 40)
    with Image.open(BytesIO(screenshot.data)) as turned:
        assert turned.getpixel((10, 5)) < (60, 60, 60)  # black on top after a quarter turn
        assert turned.getpixel((10, 35)) > (200, 200, 200)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_prepare_converts_to_srgb_and_drops_the_profile(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = sample_images.encoded(kind, icc_profile=profile)
    screenshot = prepare(sample_images.upload(data))
    with Image.open(BytesIO(screenshot.data)) as image:
        assert "icc_profile" not in image.info


def test_prepare_takes_a_broken_colour_profile_for_none() -> None:
    data = sample_images.encoded("PNG", icc_profile=b"no profile")
    screenshot = prepare(sample_images.upload(data))
    assert screenshot.width == 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_prepare_takes_every_png_mode(mode: str) -> None:
    screenshot = prepare(
        sample_images.upload(
            sample_images.encoded("PNG", sample_images.noise().convert("L").convert(mode))
        )
    )
    assert (screenshot.width, screenshot.height) == (60, 40)


@pytest.mark.parametrize("ink", [(0, 0, 0), (255, 255, 255), (250, 220, 40), (20, 40, 90)])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_prepare_puts_a_see_through_picture_on_a_ground_its_words_stand_out_from(
    ink: tuple[int, int, int], kind: str
) -> None:
    image = Image.new("RGBA", (40, 20), (*ink, 0))
    image.paste((*ink, 255), (10, 5, 30, 15))
    data = sample_images.encoded(kind, image, lossless=True)
    with Image.open(BytesIO(prepare(sample_images.upload(data)).data)) as stored:
        grey = stored.convert("L")
        assert not stored.has_transparency_data
        assert abs(grey.getpixel((20, 10)) - grey.getpixel((0, 0))) > 120


def test_prepare_scales_the_greys_of_a_scanner_to_eight_bits() -> None:
    page = sample_images.noise().convert("L")
    scan = page.convert("I").point(lambda value: value * 257).convert("I;16")
    stored = [
        prepare(sample_images.upload(sample_images.encoded("PNG", image))) for image in (page, scan)
    ]
    assert stored[0].sha256 == stored[1].sha256


def test_prepare_takes_a_fully_transparent_picture() -> None:
    image = Image.new("RGBA", (10, 10), (255, 0, 0, 0))
    screenshot = prepare(sample_images.upload(sample_images.encoded("PNG", image)))
    with Image.open(BytesIO(screenshot.data)) as stored:
        assert stored.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


def test_prepare_takes_cmyk_jpeg() -> None:
    data = sample_images.encoded("JPEG", sample_images.noise(mode="CMYK"))
    with Image.open(BytesIO(prepare(sample_images.upload(data)).data)) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_prepare_keeps_first_frame_only(kind: str) -> None:
    screenshot = prepare(sample_images.upload(sample_images.animated(kind)))
    with Image.open(BytesIO(screenshot.data)) as image:
        assert getattr(image, "n_frames", 1) == 1
        assert image.convert("RGB").getpixel((5, 5))[0] > 200  # red came first


def test_prepare_drops_appended_data() -> None:
    for tail in (b"PK\x03\x04 a zip", b"<script>alert(1)</script>", b"GIF89a"):
        screenshot = prepare(sample_images.upload(sample_images.encoded("JPEG") + tail))
        assert tail not in screenshot.data


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a/*" + b"\0" * 60 + b"*/=1;alert(1)",
        sample_images.encoded("GIF"),
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b'<?xml version="1.0"?><svg/>',
        b"%PDF-1.7",
        b"PK\x03\x04",
        sample_images.encoded("BMP"),
        sample_images.encoded("TIFF"),
        b"RIFF\0\0\0\0WAVEfmt ",
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR",
        b"\0\0\0\x18ftypheic",
        b"x",
    ],
)
def test_prepare_refuses_other_kinds_whatever_they_are_called(data: bytes) -> None:
    for name in ("anh.png", "anh.jpg", "../../etc/x", "a.svg"):
        assert "JPEG, PNG" in refusal(data, name)


def test_prepare_refuses_an_empty_file() -> None:
    assert "anh.png" in refusal(b"")


def test_prepare_refuses_more_than_5_megabytes_with_the_size() -> None:
    assert "14 MB" in refusal(sample_images.encoded("JPEG") + b"\0" * (13 * 1024 * 1024 + 1))
    at_limit = sample_images.encoded("JPEG")
    at_limit += b"\0" * (images.MAX_BYTES - len(at_limit))
    assert prepare(sample_images.upload(at_limit)).width == 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("keep", [0.02, 0.3, 0.6, 0.95])
def test_prepare_refuses_truncated_files(kind: str, keep: float) -> None:
    data = sample_images.encoded(kind)
    assert "anh.png" in refusal(data[: max(12, int(len(data) * keep))])


@pytest.mark.parametrize(
    "start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\xff\xff\xff\xffWEBP"]
)
@pytest.mark.parametrize(
    "rest", [b"", b"\0", b"\xff" * 100, b"VP8X", b"VP8L" + b"\xff" * 9, b"VP8 " + b"\0" * 30]
)
def test_prepare_refuses_a_right_start_with_nonsense_behind(start: bytes, rest: bytes) -> None:
    assert "anh.png" in refusal(start + rest)


@pytest.mark.parametrize("side", [5_001, 12_000, 14_000, 40_000])
def test_prepare_refuses_png_bombs_without_decoding_them(side: int) -> None:
    data = sample_images.png_bomb(side, side if side < 20_000 else 700)
    assert len(data) < 250_000
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert "25" in refusal(data)
    assert time.monotonic() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    "data", [sample_images.jpeg_header(6_500, 4_000), sample_images.webp_header(6_500, 4_000)]
)
def test_prepare_refuses_a_header_of_26_million_pixels(data: bytes) -> None:
    assert "25" in refusal(data)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_prepare_does_not_rely_on_pillows_limit() -> None:
    assert "25" in refusal(sample_images.jpeg_header(6_500, 4_000))


def test_prepare_takes_25_million_pixels() -> None:
    screenshot = prepare(sample_images.upload(sample_images.png_bomb(5_000, 5_000)))
    assert (screenshot.width, screenshot.height) == (5_000, 5_000)


def test_prepare_refuses_a_jpeg_of_endless_scans() -> None:
    assert (
        prepare(sample_images.upload(sample_images.encoded("JPEG", progressive=True))).width == 60
    )
    started = time.monotonic()
    assert "anh.png" in refusal(sample_images.many_scans(5_000))
    assert time.monotonic() - started < 1


def test_shown_name_contains_no_direction_marks_and_is_short() -> None:
    assert shown_name("anh\u202egnp.exe\0\n.png") == "anhgnp.exe.png"
    assert shown_name("") == shown_name(None) == shown_name("\u200b")
    assert len(shown_name("a" * 300)) == 40
