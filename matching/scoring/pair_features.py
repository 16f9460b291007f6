"""Pair features: what a pair of prepared texts differs in, and what the model weighs of it."""

import math
from typing import Any

from matching.details.pointing import pointer_differences
from matching.details.slot_diff import Difference, differences
from matching.scoring import features
from matching.scoring.prepared_text import PreparedText
from matching.scoring.query_context import QueryContext, SearchScore
from matching.scoring.text_similarity import SHORT_SYLLABLES, key_similarity


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


def _is_short(text: PreparedText) -> bool:
    return text.tokenised_key.syllable_count < SHORT_SYLLABLES


def word_score(left: PreparedText, other: PreparedText) -> float:
    """Similarity of the words, 0..1; 1 only for the same text."""
    if same_fingerprint(left.fingerprint, other.fingerprint):
        return 1.0
    return round(key_similarity(left.tokenised_key, other.tokenised_key), 4)


def reading_facts(left: PreparedText, other: PreparedText) -> dict[str, Any]:
    """Return how two texts were read, as fields of ``ranking.RankedCandidate``."""
    unknown = dict.fromkeys((*left.pointers.unknown, *other.pointers.unknown))
    return {
        "short": _is_short(left) or _is_short(other),
        "same_core_text": same_fingerprint(left.core_fingerprint, other.core_fingerprint),
        "second_reading": left.second_reading or other.second_reading,
        "unknown_pointers": tuple(unknown),
    }
