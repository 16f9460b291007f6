"""Logistic model: from features to the probability that two texts make the same claim.

The weights are data (``weights.json``), fitted by ``python -m benchmarks.weight_fitting`` on real
messages and the claims that fact-checkers found in them.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from matching.scoring.features import LEXICAL_FEATURES, SEMANTIC_FEATURES


@cache
def _weights() -> dict[str, dict[str, float]]:
    models: dict[str, dict[str, float]] = json.loads(
        files("matching.scoring").joinpath("weights.json").read_text(encoding="utf-8")
    )
    for name, feature_names in (
        ("lexical", LEXICAL_FEATURES),
        ("meaning", LEXICAL_FEATURES + SEMANTIC_FEATURES),
    ):
        if set(models[name]) != {"bias", *feature_names}:
            raise ValueError(f"weights.json does not fit the features of the model {name!r}")
    return models


def same_claim_probability(features: Mapping[str, float]) -> float:
    """Return 0..1, by the semantic weights if the features include a cosine."""
    weights = _weights()["meaning" if "cosine" in features else "lexical"]
    total = weights["bias"] + sum(
        weight * features[name] for name, weight in weights.items() if name != "bias"
    )
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
