"""Perceptual hash of a picture: 64 bits by the discrete cosine transform.

The same screenshot, resized or compressed again, is a few bits away. So are two different texts on
one template (2 bits, measured): a hash alone never shows that two pictures make the same claim.
"""

from functools import lru_cache
from math import cos, pi, sqrt

SIDE = 32  # pixels of the reduced picture
_FREQUENCIES = 8  # lowest frequencies, in each direction
MAX_DISTANCE = 8  # bits of 64, between similar pictures
_MIN_CONTRAST = 1.0  # mean coefficient; below it the surface is empty


@lru_cache(maxsize=1)
def _cosine_waves() -> tuple[tuple[float, ...], ...]:
    """The cosines of the lowest frequencies over the side of the picture."""
    return tuple(
        tuple(cos(pi * wave * (2 * position + 1) / (2 * SIDE)) for position in range(SIDE))
        for wave in range(_FREQUENCIES)
    )


def _coefficients(pixels: bytes) -> list[float]:
    """The 8 × 8 lowest frequencies, row by row, in grey levels."""
    waves, scale = _cosine_waves(), 2.0 / SIDE
    rows = [
        [
            sum(p * w for p, w in zip(pixels[y * SIDE : (y + 1) * SIDE], wave, strict=True))
            for wave in waves
        ]
        for y in range(SIDE)
    ]
    coefficients = []
    for v, down in enumerate(waves):
        for u in range(_FREQUENCIES):
            both = (1 / sqrt(2) if u == 0 else 1.0) * (1 / sqrt(2) if v == 0 else 1.0)
            total = sum(rows[y][u] * weight for y, weight in enumerate(down))
            coefficients.append(scale * both * total)
    return coefficients


def perceptual_hash(pixels: bytes) -> str:
    """Return 16 hex digits for 32 × 32 grey pixels, row by row; ``""`` for an empty surface.

    Raises:
        ValueError: not 1,024 bytes.
    """
    if len(pixels) != SIDE * SIDE:
        raise ValueError("a perceptual hash needs 32 × 32 grey pixels")
    coefficients = _coefficients(pixels)
    details = coefficients[1:]  # without the first, the brightness
    if sum(abs(value) for value in details) / len(details) < _MIN_CONTRAST:
        return ""
    median = sorted(details)[len(details) // 2]
    bits = 0
    for value in coefficients:
        bits = bits << 1 | (value > median)
    return f"{bits:016x}"


def hamming_distance(one: str, other: str) -> int:
    """Return the number of bits in which two hashes differ; 64 if one is empty."""
    if not one or not other:
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def looks_similar(one: str, other: str) -> bool:
    """Whether two pictures look alike: a hint beside the words, never a reason by itself."""
    return hamming_distance(one, other) <= MAX_DISTANCE
