import json
from importlib.resources import files

import pytest

from matching.scoring import probability_model
from matching.scoring.features import LEXICAL_FEATURES, SEMANTIC_FEATURES


def test_weights_fit_the_features_and_rare_words_raise_the_probability():
    stored = json.loads(
        files("matching.scoring").joinpath("weights.json").read_text(encoding="utf-8")
    )
    assert set(stored["lexical"]) == {"bias", *LEXICAL_FEATURES}
    assert set(stored["meaning"]) == {"bias", *LEXICAL_FEATURES, *SEMANTIC_FEATURES}
    low = dict.fromkeys(LEXICAL_FEATURES, 0.0)
    low["max_lexical"] = 6.5
    high = low | {"coverage": 0.4, "lexical": 5.6, "order": 0.6, "shared": 0.7}
    assert (
        0
        <= probability_model.same_claim_probability(low)
        < 0.01
        < 0.5
        < probability_model.same_claim_probability(high)
        <= 1
    )
    with_meaning = high | {"cosine": 0.0, "cosine_second": 0.0, "background_cosine": 0.3}
    near = with_meaning | {"cosine": 0.6, "cosine_second": 0.6}
    assert set(with_meaning) == {*LEXICAL_FEATURES, *SEMANTIC_FEATURES}
    assert (
        probability_model.same_claim_probability(near)
        > 0.5
        > probability_model.same_claim_probability(with_meaning)
    )


def test_weights_that_do_not_fit_the_features_are_an_error(monkeypatch):
    monkeypatch.setattr(probability_model, "LEXICAL_FEATURES", ("coverage", "another"))
    with pytest.raises(ValueError, match="lexical"):
        probability_model._weights.__wrapped__()
