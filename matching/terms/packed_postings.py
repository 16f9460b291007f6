"""An inverted index in bytes: what a text adds to it, its blocks, and the sum over them.

A text becomes 64-bit hashes of its terms with one byte of impact each: BM25's share of the term
in this text, without the rarity of the term, which changes as the index grows. A block holds for
one term the numbers of up to ``FULL`` texts (4 bytes each), then their impacts (1 byte each).
"""

import hashlib
import sys
from array import array
from collections.abc import Collection, Iterable, Mapping
from itertools import compress
from math import log

from matching.terms.index_terms import WORDS, terms_of_spelling

K1, B, MEAN = 1.2, 0.75, 20.0  # BM25's usual constants; words of a usual text
# A rare word tells more than BM25 grants it: on every pool measured, this exponent over its usual
# idf finds more (docs/reference/matching.md).
IDF_EXPONENT = 1.75
SMOOTHING_TEXTS = (
    1_000  # texts added to every count: a young archive cannot tell yet which words are rare
)
BLOCK_CAPACITY = 256  # texts a block; 1,280 bytes, so that PostgreSQL keeps it in the row
MAX_TEXT_NUMBER = 2**32 - 1  # number of a text
_SCALE = 255 / (K1 + 1)  # BM25's share is below K1 + 1
_BIG_ENDIAN = sys.byteorder == "big"  # bytes are little-endian wherever they were made

Posting = tuple[int, int]  # number of a text, impact


def term_hash(term: str) -> int:
    """Return 64 signed bits of BLAKE2 for a term; the same on every machine."""
    data = term.encode(errors="surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


def impacts(counts: Mapping[str, int]) -> dict[int, int]:
    """Return term hash → impact 1..255 for the counted terms of one text.

    Every kind of term is weighed by the length of the text in words.
    """
    length = sum(count for term, count in counts.items() if term[:1] in WORDS)
    slow = K1 * (1 - B + B * length / MEAN)
    return {
        term_hash(term): max(1, min(255, round(255 * count / (count + slow))))
        for term, count in counts.items()
    }


def _ints(code: str, values: Iterable[int]) -> bytes:
    packed = array(code, values)
    if _BIG_ENDIAN:
        packed.byteswap()
    return packed.tobytes()


def _array(code: str, data: bytes) -> "array[int]":
    values = array(code)
    values.frombytes(data)
    if _BIG_ENDIAN:
        values.byteswap()
    return values


def pack_terms(counts: Mapping[str, int]) -> bytes:
    """Return the terms of one text for storage: 9 bytes a term."""
    found = impacts(counts)
    return _ints("q", found) + bytes(found.values())


def packed_hashes(data: bytes) -> "array[int]":
    """Return the term hashes of packed terms."""
    return _array("q", data[: len(data) // 9 * 8])


def unpack_terms(data: bytes) -> dict[int, int]:
    """Return what ``impacts`` gave to ``pack``."""
    found = packed_hashes(data)
    return dict(zip(found, data[8 * len(found) :], strict=True))


def idf(total: int, holding: int) -> float:
    """Return how much a term tells that so many of all texts hold: BM25's idf to the RARITY."""
    absent = max(0.0, total + SMOOTHING_TEXTS - holding + 0.5)
    return float(log(1 + absent / (holding + 0.5)) ** IDF_EXPONENT)


_USUAL_IDF = idf(30_000, 30)


def query_max_score(says: Mapping[str, float], weights: Mapping[int, float]) -> float:
    """Return what a text would score that holds every term, as often as one likes."""
    return max_score(weights[term_hash(term)] for term in terms_of_spelling(says))


def standalone_score(says: Mapping[str, float], counts: Mapping[str, int]) -> tuple[float, float]:
    """Return (score, share of the highest) of one text where no index tells how rare terms are."""
    weights = {term_hash(term): say * _USUAL_IDF for term, say in says.items()}
    found = score_terms(weights, pack_terms(counts))
    return found, found / (query_max_score(says, weights) or 1)


def impact_weight(impact: int) -> float:
    """Return BM25's share of a term in a text, 0 to K1 + 1, from its impact."""
    return impact / _SCALE


def block_size(block: bytes) -> int:
    """Return how many texts a block holds."""
    return len(block) // 5


def block_numbers(block: bytes) -> "array[int]":
    """Return the numbers of the texts in a block."""
    return _array("I", block[: len(block) // 5 * 4])


def add_scores(scores: dict[int, float], block: bytes, weight: float) -> None:
    """Add to each text's score what the block's term is worth in it, times the weight."""
    found = block_numbers(block)
    get, worth = scores.get, weight / _SCALE
    for number, impact in zip(found, block[4 * len(found) :], strict=True):
        scores[number] = get(number, 0.0) + worth * impact


def add_to_existing_scores(scores: dict[int, float], block: bytes, weight: float) -> None:
    """The same for the texts that have a score already: a quarter of the time."""
    found = block_numbers(block)
    held = dict(zip(found, block[4 * len(found) :], strict=True))
    worth = weight / _SCALE
    for number in scores.keys() & held.keys():
        scores[number] += worth * held[number]


def max_score(weights: Iterable[float]) -> float:
    """Return what a text can score at most for terms of these weights."""
    return (K1 + 1) * sum(weights)


def score_terms(weights: Mapping[int, float], terms: bytes) -> float:
    """Return the sum over the terms of one text that the query (hash → weight) asks for."""
    found = packed_hashes(terms)
    if weights.keys().isdisjoint(found):
        return 0.0
    held = dict(zip(found, terms[8 * len(found) :], strict=True))
    return sum([weights[term] * held[term] for term in weights.keys() & held.keys()]) / _SCALE


def extend_block(block: bytes, postings: Iterable[Posting]) -> list[bytes]:
    """Add texts to an open block; every block of the result but the last is full.

    A text that is in the block already gets its new impact: adding twice changes nothing.

    Raises:
        OverflowError: a number is above ``HIGHEST``.
    """
    merged = dict(postings)
    if block:
        held = block_numbers(block)
        merged = dict(zip(held, block[4 * len(held) :], strict=True)) | merged
    ids, shares = list(merged), bytes(merged.values())
    starts = range(0, max(1, len(ids)), BLOCK_CAPACITY)
    blocks = [
        _ints("I", ids[at : at + BLOCK_CAPACITY]) + shares[at : at + BLOCK_CAPACITY]
        for at in starts
    ]
    return [*blocks, b""] if len(ids) and len(ids) % BLOCK_CAPACITY == 0 else blocks


def remove_from_block(block: bytes, gone: Collection[int]) -> bytes:
    """Return the block without these texts; the same object when it holds none of them."""
    held = block_numbers(block)
    stays = [number not in gone for number in held]
    if all(stays):
        return block
    return _ints("I", compress(held, stays)) + bytes(compress(block[4 * len(held) :], stays))


def number_bytes(number: int) -> bytes:
    """Return how a text's number stands in a block, to look for it with a byte search."""
    return _ints("I", [number])
