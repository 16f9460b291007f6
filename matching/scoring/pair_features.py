"""Pair features: what a pair of prepared texts differs in, and what the model weighs of it."""

import math

from matching.details.pointing import pointer_differences
from matching.details.slot_diff import Difference, differences
from matching.scoring import features
from matching.scoring.prepared_text import PreparedText
from matching.scoring.query_context import QueryContext, SearchScore


def same_fingerprint(left: str, right: str) -> bool:
    """Whether two fingerprints are of the same words; an empty one is of none."""
    return bool(left) and left == right


def pair_differences(left: PreparedText, right: PreparedText) -> list[Difference]:
    """Return the details in which two texts differ, and the units and days they point to."""
    differing = differences(left.slots, right.slots)
    if same_fingerprint(left.fingerprint, right.fingerprint) or same_fingerprint(
        left.core_fingerprint, right.core_fingerprint
    ):
        # The same words can differ only in the day and unit they point to; the rest is lost
        # capitals and greetings.
        differing = [d for d in differing if d.slot == "dates"]
    pointed = pointer_differences(left.pointers, right.pointers)
    if not pointed:
        return differing
    slots = {difference.slot for difference in differing}
    return differing + [difference for difference in pointed if difference.slot not in slots]


def pair_features(
    left: PreparedText, right: PreparedText, score: SearchScore, query: QueryContext
) -> dict[str, float]:
    """Return the features of the words and of the search, without those of the details."""
    measured = {
        "coverage": score.coverage,
        "lexical": math.log1p(score.lexical),
        **features.text_features(left, right),
        "max_lexical": query.max_lexical,
    }
    if score.cosine is not None:
        measured |= {
            "cosine": score.cosine,
            "cosine_second": query.cosine_second[score.key],
            "background_cosine": query.background_cosine,
        }
    return measured
