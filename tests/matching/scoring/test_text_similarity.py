import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.scoring.text_similarity import similarity

LONG = "Sở Giáo dục và Đào tạo cho học sinh toàn tỉnh nghỉ học đến hết tháng 3 để phòng dịch"


def test_same_text_scores_one():
    assert similarity(LONG, LONG.upper()) == pytest.approx(1)


def test_typed_without_diacritics_scores_high():
    assert similarity("Mỗi em đóng hai trăm nghìn quỹ lớp", "moi em dong 200k quy lop") > 0.9


@pytest.mark.parametrize("junk", ["test", "đúng không ạ", "học sinh", "", "!!!", "tháng 3"])
def test_junk_is_not_similar_to_a_text_that_contains_it(junk):
    assert similarity(junk, f"{LONG}, {junk}") < 0.5


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_score_is_symmetric_and_between_0_and_1(a, b):
    score = similarity(a, b)
    assert 0 <= score <= 1
    assert score == pytest.approx(similarity(b, a))
