"""What is measured of two prepared texts; ``matching.model`` weighs it, people read it."""

from rapidfuzz import fuzz

from matching.compare import Difference
from matching.prepared import Prepared

# What the model weighs, in the order in which it is explained to a person.
LEXICAL = ("coverage", "lexical", "second", "ratio", "shared", "conflicts", "agreements")
MEANING = ("cosine", "cosine_lead", "cosine_second")
_MOST = 4  # details counted


def likeness(a: Prepared, b: Prepared) -> dict[str, float]:
    """Return what the words of two texts have in common.

    ``ratio``: rapidfuzz on the folded match keys, 0..1. ``shared``, ``held``: of the content words
    of a and of b, the share the other has too: a short message inside a long one has ``shared``
    near 1. ``common``: their number.
    """
    common = len(a.text.content & b.text.content)
    return {
        "ratio": fuzz.ratio(a.text.folded, b.text.folded) / 100,
        "shared": common / max(1, len(a.text.content)),
        "held": common / max(1, len(b.text.content)),
        "common": float(common),
    }


def details(differing: list[Difference], agreeing: list[str]) -> dict[str, float]:
    """Return how many slots contradict (both sides say something) and how many agree, up to 4."""
    against = sum(d.kind == "conflict" and bool(d.left and d.right) for d in differing)
    return {
        "conflicts": float(min(_MOST, against)),
        "agreements": float(min(_MOST, len(agreeing))),
    }
