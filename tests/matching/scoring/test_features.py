import json
from importlib.resources import files

import pytest

from matching.scoring import probability_model
from matching.scoring.features import LEXICAL_FEATURES, SEMANTIC_FEATURES, text_features
from matching.scoring.prepared_text import PreparedText, prepare_text
from matching.scoring.ranking import Candidate, Query, rank

RUMOUR = "Ngày mai 12/9 toàn bộ học sinh THCS Hoa Mai nghỉ học tránh bão, mỗi em nộp 200k"


def test_short_message_inside_a_long_one_is_wholly_shared():
    short, long = prepare_text("học sinh nghỉ học tránh bão"), prepare_text(RUMOUR)
    assert text_features(short, long)["shared"] == 1
    assert text_features(long, short)["held"] == 1
    assert text_features(long, short)["shared"] < 1


def test_prepared_text_survives_json():
    made = prepare_text(RUMOUR, "https://example.com/tin/1")
    kept = json.loads(json.dumps(made.to_json()))
    assert PreparedText.from_json(kept, made.fingerprint) == made


def test_prepared_candidate_ranks_as_its_text():
    text = "Mai 12/9 học sinh Hoa Mai nghỉ tránh bão"
    prepared = PreparedText.from_json(prepare_text(text).to_json(), prepare_text(text).fingerprint)
    (fresh,) = rank(Query(RUMOUR), [Candidate(1, text)])
    (kept,) = rank(Query(RUMOUR), [Candidate(1, text, prepared=prepared)])
    assert kept == fresh


def test_claim_told_in_two_like_ways_is_likelier():
    def told(key: int, cosine: float) -> Candidate:
        made = prepare_text("bão lớn")
        return Candidate(key, "", prepared=made, lexical=20.0, coverage=0.02, cosine=cosine)

    wordings = [told(1, 0.6), told(1, 0.1), told(2, 0.59), told(2, 0.58)]
    ranked = rank(Query("nghỉ học tránh bão ở Hoa Mai"), wordings)
    assert ranked[0].key == 2


def test_order_tells_the_same_words_apart():
    said, other = prepare_text("chó cắn người"), prepare_text("người cắn chó")
    assert text_features(said, said)["order"] == 1
    assert 0.3 < text_features(said, other)["order"] < 0.7
    assert text_features(said, prepare_text(""))["order"] == 0


def test_weights_fit_the_features_and_rare_words_raise_the_probability():
    stored = json.loads(
        files("matching.scoring").joinpath("weights.json").read_text(encoding="utf-8")
    )
    assert set(stored["lexical"]) == {"bias", *LEXICAL_FEATURES}
    assert set(stored["meaning"]) == {"bias", *LEXICAL_FEATURES, *SEMANTIC_FEATURES}
    low = dict.fromkeys(LEXICAL_FEATURES, 0.0)
    low["asked"] = 6.5
    high = low | {"coverage": 0.4, "lexical": 5.6, "order": 0.6, "shared": 0.7}
    assert (
        0
        <= probability_model.same_claim_probability(low)
        < 0.01
        < 0.5
        < probability_model.same_claim_probability(high)
        <= 1
    )
    with_meaning = high | {"cosine": 0.0, "cosine_second": 0.0, "usual": 0.3}
    near = with_meaning | {"cosine": 0.6, "cosine_second": 0.6}
    assert set(with_meaning) == {*LEXICAL_FEATURES, *SEMANTIC_FEATURES}
    assert (
        probability_model.same_claim_probability(near)
        > 0.5
        > probability_model.same_claim_probability(with_meaning)
    )


def test_candidate_without_a_cosine_is_weighed_by_words_alone():
    (ranked,) = rank(Query(RUMOUR), [Candidate(1, RUMOUR.lower())])
    assert "cosine" not in ranked.features
    assert ranked.probability == pytest.approx(1)
