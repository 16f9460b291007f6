"""Features of a pair of prepared texts, weighed by ``matching.scoring.probability_model``."""

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from matching.details.slot_diff import Difference
from matching.scoring.prepared_text import PreparedText

# What the model weighs, in the order in which it is explained to a person. ``asked`` and ``usual``
# are one number for all candidates of a query: they do not order, they make the probability right.
LEXICAL_FEATURES = (
    "coverage",
    "lexical",
    "ratio",
    "order",
    "shared",
    "conflicts",
    "agreements",
    "asked",
)
SEMANTIC_FEATURES = ("cosine", "cosine_second", "usual")
QUERY_FEATURES = frozenset({"asked", "usual"})
_MOST = 4  # details counted


def text_features(a: PreparedText, b: PreparedText) -> dict[str, float]:
    """Return what the words of two texts have in common.

    ``ratio``: rapidfuzz on the folded match keys, 0..1. ``order``: of all the words of both, the
    share in the longest run through both that keeps their order, gaps allowed. ``shared``,
    ``held``: of the content words of a and of b, the share the other has too: a short message
    inside a long one has ``shared`` near 1. ``common``: their number.
    """
    common = len(a.tokenised_key.content_stems & b.tokenised_key.content_stems)
    words, others = a.tokenised_key.folded.split(), b.tokenised_key.folded.split()
    return {
        "ratio": fuzz.ratio(a.tokenised_key.folded, b.tokenised_key.folded) / 100,
        "order": 2 * LCSseq.similarity(words, others) / max(1, len(words) + len(others)),
        "shared": common / max(1, len(a.tokenised_key.content_stems)),
        "held": common / max(1, len(b.tokenised_key.content_stems)),
        "common": float(common),
    }


def detail_features(differing: list[Difference], agreeing: list[str]) -> dict[str, float]:
    """Return how many slots contradict (both sides say something) and how many agree, up to 4."""
    against = sum(d.kind == "conflict" and bool(d.left and d.right) for d in differing)
    return {
        "conflicts": float(min(_MOST, against)),
        "agreements": float(min(_MOST, len(agreeing))),
    }
