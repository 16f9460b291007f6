"""Features of a pair of prepared texts, weighed by ``matching.scoring.probability_model``."""

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from matching.details.slot_diff import Difference
from matching.scoring.prepared_text import PreparedText

# The inputs of the model, in the order in which they are explained to a person. ``max_lexical`` and
# ``background_cosine`` are the same for all candidates of a query: they do not affect the order,
# they make probabilities of different queries comparable.
LEXICAL_FEATURES = (
    "coverage",
    "lexical",
    "ratio",
    "order",
    "shared",
    "conflicts",
    "agreements",
    "max_lexical",
)
SEMANTIC_FEATURES = ("cosine", "cosine_second", "background_cosine")
QUERY_FEATURES = frozenset({"max_lexical", "background_cosine"})
_MAX_COUNTED = 4  # details counted


def text_features(a: PreparedText, b: PreparedText) -> dict[str, float]:
    """Return features of the words of two texts.

    ``ratio``: rapidfuzz on the folded match keys, 0..1. ``order``: the share of all words that are
    in the longest common subsequence. ``shared``, ``shared_reverse``: the share of a's (of
    b's) content words that the other has too; a short message contained in a long one has
    ``shared`` near 1. ``shared_count``: the number of those words.
    """
    common = len(a.tokenised_key.content_stems & b.tokenised_key.content_stems)
    words, others = a.tokenised_key.folded.split(), b.tokenised_key.folded.split()
    return {
        "ratio": fuzz.ratio(a.tokenised_key.folded, b.tokenised_key.folded) / 100,
        "order": 2 * LCSseq.similarity(words, others) / max(1, len(words) + len(others)),
        "shared": common / max(1, len(a.tokenised_key.content_stems)),
        "shared_reverse": common / max(1, len(b.tokenised_key.content_stems)),
        "shared_count": float(common),
    }


def detail_features(differing: list[Difference], agreeing: list[str]) -> dict[str, float]:
    """Return how many slots conflict (with values on both sides) and how many agree, up to 4."""
    conflicts = sum(d.kind == "conflict" and bool(d.left and d.right) for d in differing)
    return {
        "conflicts": float(min(_MAX_COUNTED, conflicts)),
        "agreements": float(min(_MAX_COUNTED, len(agreeing))),
    }
