"""Weights of ``matching.scoring.topic_overlap``: logistic, fitted on labelled questions."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.public_answers import CHANGED
from factcheck.domain.index.unit_names import gazetteer
from factcheck.models import NoticeVersion
from matching.scoring.topic_overlap import FEATURES, TopicText, topic_overlap

_STEPS, _RATE, _RIDGE = 20_000, 0.02, 0.3


def _published(claims: Mapping[str, str]) -> list[tuple[str, TopicText, TopicText]]:
    """Each claim with its words and those of its whole notice."""
    units = gazetteer()
    versions = NoticeVersion.objects.filter(is_current=True, claim__in=claims.values())
    return [
        (
            version.claim,
            TopicText.from_text(version.claim, units),
            TopicText.from_words(
                f"{version.claim} . {version.headline} . {version.what_is_true} . "
                f"{version.explanation}"
            ),
        )
        for version in versions
    ]


def fit(rows: Sequence[Mapping[str, Any]], claims: Mapping[str, str]) -> dict[str, float]:
    """Return a weight for each feature; ``rows``: questions, ``claims``: path of a notice → claim.

    Questions about a changed detail are left out: they share all words with a claim that is not
    theirs, and the details tell them apart.
    """
    published, units = _published(claims), gazetteer()
    inputs, outcomes = [], []
    for row in rows:
        asked = TopicText.from_text(row["text"], units)
        for claim, topic, notice in published:
            overlap = topic_overlap(asked, topic, notice)
            is_right = row["answer"] == claim
            if row["kind"] != CHANGED and (is_right or overlap.shared):
                inputs.append([*(overlap.features[name] for name in FEATURES), 1.0])
                outcomes.append(float(is_right))
    weights = _logistic(np.array(inputs), np.array(outcomes))
    names = (*FEATURES, "constant")
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


def _logistic(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of the columns, the last one the constant, which is not shrunk."""
    weights = np.zeros(x.shape[1])
    for _step in range(_STEPS):
        shrink = np.append(weights[:-1], 0)
        weights += _RATE * (x.T @ (y - 1 / (1 + np.exp(-x @ weights))) - _RIDGE * shrink)
    return weights
