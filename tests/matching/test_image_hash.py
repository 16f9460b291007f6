import random
import time

import pytest
from PIL import Image

from matching.image_hash import MAX_DISTANCE, SIDE, hamming_distance, looks_similar, perceptual_hash
from tests.intake import sample_images


def hash_image(image: Image.Image) -> str:
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return perceptual_hash(grey.tobytes())


def photograph(seed: int) -> Image.Image:
    """Broad shapes in many greys."""
    dice = random.Random(seed)
    small = Image.frombytes("L", (6, 6), bytes(dice.randrange(256) for _ in range(36)))
    return small.resize((600, 400), Image.Resampling.BICUBIC)


def test_perceptual_hash_is_sixteen_hexadecimal_digits():
    perceptual = hash_image(photograph(1))
    assert len(perceptual) == 16
    assert int(perceptual, 16) > 0


def test_the_same_picture_resized_or_recompressed_looks_similar(tmp_path):
    picture = photograph(2)
    picture.save(tmp_path / "a.jpg", quality=40)
    assert hamming_distance(hash_image(picture), hash_image(picture.resize((211, 140)))) <= 4
    assert hamming_distance(hash_image(picture), hash_image(Image.open(tmp_path / "a.jpg"))) <= 4


def test_different_pictures_are_far_apart():
    hashes = [hash_image(photograph(seed)) for seed in range(12)]
    pairs = [hamming_distance(a, b) for index, a in enumerate(hashes) for b in hashes[index + 1 :]]
    assert min(pairs) > MAX_DISTANCE
    assert 24 < sum(pairs) / len(pairs) < 40


def test_two_texts_on_one_template_look_similar_so_a_hash_never_decides():
    one = hash_image(sample_images.chat("Ngày mai toàn trường nghỉ học vì bão, các con ở nhà"))
    two = hash_image(sample_images.chat("Ngày mai toàn trường học bình thường, các con đến lớp"))
    assert looks_similar(one, two)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_an_empty_surface_has_no_hash_and_resembles_nothing(grey):
    assert perceptual_hash(bytes([grey]) * SIDE * SIDE) == ""
    assert hamming_distance("", "") == 64
    assert not looks_similar("", "")


def test_anything_but_1024_pixels_is_rejected():
    with pytest.raises(ValueError, match="32 × 32"):
        perceptual_hash(b"abc")


def test_perceptual_hash_is_fast():
    pixels = bytes(random.Random(3).randrange(256) for _ in range(SIDE * SIDE))
    started = time.perf_counter()
    for _ in range(10):
        perceptual_hash(pixels)
    assert time.perf_counter() - started < 0.5
