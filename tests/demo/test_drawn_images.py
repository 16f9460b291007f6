from collections.abc import Iterator

import pytest
from PIL import Image

from demo import drawn_images


@pytest.fixture(params=[True, False], ids=["with a font", "without a font"])
def has_font(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[bool]:
    drawn_images.font.cache_clear()
    if not request.param:
        monkeypatch.setattr(drawn_images, "FONTS", ("no-such-font.ttf",))
    yield drawn_images.font(20) is not None
    drawn_images.font.cache_clear()


def test_scan_is_an_image_on_every_machine(has_font: bool) -> None:
    upload = drawn_images.scan("Công văn 2207", "Các trường dạy học bình thường.")
    assert Image.open(upload).format == "PNG"


def test_report_has_a_screenshot_only_where_letters_can_be_drawn(has_font: bool) -> None:
    upload = drawn_images.chat_screenshot("Mai nghỉ học")
    assert (upload is not None) == has_font
