"""How a picture looks, as 64 bits: a perceptual hash by the discrete cosine transform.

The same screenshot sent again, smaller or compressed anew, is a few bits away. So are two different
texts on one template (2 bits, measured): a hash alone never says that two pictures claim the same.
"""

from functools import lru_cache
from math import cos, pi, sqrt

SIDE = 32  # pixels of the reduced picture
_KEPT = 8  # lowest frequencies, each way
MAX_DISTANCE = 8  # bits of 64
_FLAT = 1.0  # mean size of a coefficient under which there is nothing to see


@lru_cache(maxsize=1)
def _waves() -> tuple[tuple[float, ...], ...]:
    """The cosines of the lowest frequencies over the side of the picture."""
    return tuple(
        tuple(cos(pi * wave * (2 * at + 1) / (2 * SIDE)) for at in range(SIDE))
        for wave in range(_KEPT)
    )


def _coefficients(pixels: bytes) -> list[float]:
    """The 8 × 8 lowest frequencies, row by row, in grey levels."""
    waves, scale = _waves(), 2.0 / SIDE
    rows = [
        [
            sum(p * w for p, w in zip(pixels[y * SIDE : (y + 1) * SIDE], wave, strict=True))
            for wave in waves
        ]
        for y in range(SIDE)
    ]
    found = []
    for v, down in enumerate(waves):
        for u in range(_KEPT):
            both = (1 / sqrt(2) if u == 0 else 1.0) * (1 / sqrt(2) if v == 0 else 1.0)
            total = sum(rows[y][u] * weight for y, weight in enumerate(down))
            found.append(scale * both * total)
    return found


def perceptual_hash(pixels: bytes) -> str:
    """Return 16 hex digits for 32 × 32 grey pixels, row by row; ``""`` for an empty surface.

    Raises:
        ValueError: not 1,024 bytes.
    """
    if len(pixels) != SIDE * SIDE:
        raise ValueError("a look is made from 32 × 32 grey pixels")
    found = _coefficients(pixels)
    shape = found[1:]  # the first is the brightness, which says nothing about the look
    if sum(abs(value) for value in shape) / len(shape) < _FLAT:
        return ""
    middle = sorted(shape)[len(shape) // 2]
    bits = 0
    for value in found:
        bits = bits << 1 | (value > middle)
    return f"{bits:016x}"


def hamming_distance(one: str, other: str) -> int:
    """Return in how many of 64 bits two looks differ; 64 where one is unknown."""
    if not one or not other:
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def looks_similar(one: str, other: str) -> bool:
    """Say whether two pictures look alike: a hint beside the words, never a reason by itself."""
    return hamming_distance(one, other) <= MAX_DISTANCE
