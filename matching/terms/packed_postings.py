"""Packed postings: the bytes of an inverted index and BM25 scores over them.

A text is packed as 64-bit hashes of its terms with one byte of impact each: BM25's weight of the
term in this text without the IDF of the term, which changes as the index grows. A block contains
for one term the numbers of up to ``BLOCK_CAPACITY`` texts (4 bytes each), then their impacts (1
byte each).
"""

import hashlib
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping
from itertools import compress
from math import log

from matching.terms.index_terms import LENGTH_KINDS, terms_of_spelling

K1, B, MEAN_LENGTH = 1.2, 0.75, 20.0  # BM25's usual constants; words of an average text
# Rare words deserve more weight than in BM25: on every pool measured, this exponent on the usual
# IDF gives a higher MAP (docs/reference/matching.md).
IDF_EXPONENT = 1.75
SMOOTHING_TEXTS = (
    1_000  # added to the number of texts: a young archive does not show which words are rare
)
BLOCK_CAPACITY = 256  # texts; 1,280 bytes, so that PostgreSQL keeps a block in the row
_SCALE = 255 / (K1 + 1)  # BM25's term weight is below K1 + 1
_BIG_ENDIAN = sys.byteorder == "big"  # packed bytes are always little-endian

Posting = tuple[int, int]  # number of a text, impact


def term_hash(term: str) -> int:
    """Return 64 signed bits of BLAKE2 for a term; the same on every machine."""
    data = term.encode(errors="surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def impacts(counts: Mapping[str, int]) -> dict[int, int]:
    """Return term hash → impact 1..255 for the counted terms of one text.

    Every kind of term is normalised by the length of the text in words.
    """
    length = sum(count for term, count in counts.items() if term[:1] in LENGTH_KINDS)
    slow = K1 * (1 - B + B * length / MEAN_LENGTH)
    return {
        term_hash(term): max(1, min(255, round(255 * count / (count + slow))))
        for term, count in counts.items()
    }


def _pack_integers(code: str, values: Iterable[int]) -> bytes:
    packed = array(code, values)
    if _BIG_ENDIAN:
        packed.byteswap()
    return packed.tobytes()


def _unpack_integers(code: str, data: bytes) -> "array[int]":
    values = array(code)
    values.frombytes(data)
    if _BIG_ENDIAN:
        values.byteswap()
    return values


def pack_terms(counts: Mapping[str, int]) -> bytes:
    """Return the terms of one text packed for storage: 9 bytes a term."""
    impacts_by_hash = impacts(counts)
    return _pack_integers("q", impacts_by_hash) + bytes(impacts_by_hash.values())


def packed_hashes(data: bytes) -> "array[int]":
    """Return the term hashes of packed terms."""
    return _unpack_integers("q", data[: len(data) // 9 * 8])


def unpack_terms(data: bytes) -> dict[int, int]:
    """Return term hash → impact of packed terms."""
    hashes = packed_hashes(data)
    return dict(zip(hashes, data[8 * len(hashes) :], strict=True))


def idf(total: int, containing: int) -> float:
    """Return BM25's IDF to the IDF_EXPONENT of a term that so many of all texts contain."""
    absent = max(0.0, total + SMOOTHING_TEXTS - containing + 0.5)
    return float(log(1 + absent / (containing + 0.5)) ** IDF_EXPONENT)


_USUAL_IDF = idf(30_000, 30)


def query_max_score(term_weights: Mapping[str, float], hash_weights: Mapping[int, float]) -> float:
    """Return the upper bound of the score of a text that contains every term of a query."""
    return max_score(hash_weights[term_hash(term)] for term in terms_of_spelling(term_weights))


def standalone_score(
    term_weights: Mapping[str, float], counts: Mapping[str, int]
) -> tuple[float, float]:
    """Return (score, share of the highest score) of one text without an index, at a fixed IDF."""
    hash_weights = {term_hash(term): weight * _USUAL_IDF for term, weight in term_weights.items()}
    total = score_terms(hash_weights, pack_terms(counts))
    return total, total / (query_max_score(term_weights, hash_weights) or 1)


def block_size(block: bytes) -> int:
    """Return the number of texts in a block."""
    return len(block) // 5


def block_numbers(block: bytes) -> "array[int]":
    """Return the numbers of the texts in a block."""
    return _unpack_integers("I", block[: len(block) // 5 * 4])


def add_scores(scores: dict[int, float], block: bytes, weight: float) -> None:
    """Add to each text's score its impact in the block times the weight."""
    numbers = block_numbers(block)
    get, worth = scores.get, weight / _SCALE
    for number, impact in zip(numbers, block[4 * len(numbers) :], strict=True):
        scores[number] = get(number, 0.0) + worth * impact


def add_to_existing_scores(scores: dict[int, float], block: bytes, weight: float) -> None:
    """Do the same for the texts that have a score already: a quarter of the time."""
    numbers = block_numbers(block)
    impacts_by_number = dict(zip(numbers, block[4 * len(numbers) :], strict=True))
    worth = weight / _SCALE
    for number in scores.keys() & impacts_by_number.keys():
        scores[number] += worth * impacts_by_number[number]


def max_score(weights: Iterable[float]) -> float:
    """Return the highest score that terms of these weights can give."""
    return (K1 + 1) * sum(weights)


def score_terms(weights: Mapping[int, float], terms: bytes) -> float:
    """Return the score of packed terms for a query (hash → weight)."""
    hashes = packed_hashes(terms)
    if weights.keys().isdisjoint(hashes):
        return 0.0
    impacts_by_hash = dict(zip(hashes, terms[8 * len(hashes) :], strict=True))
    return (
        sum(
            [
                weights[term] * impacts_by_hash[term]
                for term in weights.keys() & impacts_by_hash.keys()
            ]
        )
        / _SCALE
    )


def extend_block(block: bytes, postings: Iterable[Posting]) -> list[bytes]:
    """Add texts to an open block; every block of the result but the last is full.

    A text that is in the block already gets its new impact, so adding twice changes nothing.

    Raises:
        OverflowError: a number has more than 32 bits.
    """
    merged = dict(postings)
    if block:
        numbers = block_numbers(block)
        merged = dict(zip(numbers, block[4 * len(numbers) :], strict=True)) | merged
    ids, shares = list(merged), bytes(merged.values())
    starts = range(0, max(1, len(ids)), BLOCK_CAPACITY)
    blocks = [
        _pack_integers("I", ids[start : start + BLOCK_CAPACITY])
        + shares[start : start + BLOCK_CAPACITY]
        for start in starts
    ]
    return [*blocks, b""] if len(ids) and len(ids) % BLOCK_CAPACITY == 0 else blocks


def remove_from_block(block: bytes, removed: Collection[int]) -> bytes:
    """Return the block without these texts; the same object if it contains none of them."""
    numbers = block_numbers(block)
    kept = [number not in removed for number in numbers]
    if all(kept):
        return block
    return _pack_integers("I", compress(numbers, kept)) + bytes(
        compress(block[4 * len(numbers) :], kept)
    )


def number_bytes(number: int) -> bytes:
    """Return the bytes of a text's number in a block, for a byte search."""
    return _pack_integers("I", [number])
