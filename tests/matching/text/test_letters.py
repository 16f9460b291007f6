import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.text.letters import fold, squeeze, unify, unmask
from matching.text.normalisation import clean

ANY_TEXT = st.text(
    alphabet=st.one_of(st.characters(codec=None), st.sampled_from("aàđ\u0300\u0323ο1/ #@.\n")),
    max_size=120,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("hoà", "hòa"),
        ("uỷ", "ủy"),
        ("tuý", "túy"),
        ("kỳ", "kì"),
        ("quý", "quí"),
        ("Ðường", "đường"),
    ],
)
def test_unify_two_spellings_of_a_word(left, right):
    assert unify(left) == unify(right)


@pytest.mark.parametrize("word", ["của", "mùa", "lúa", "ty", "khuỷu", "hoàn", "xoong", "y tế"])
def test_unify_keeps_distinct_words_distinct(word):
    assert fold(unify(word)).replace("i", "y") == fold(word).replace("i", "y")


def test_unmask_replaces_imitators_only_next_to_latin():
    assert unmask("сó tin") == "có tin"  # Cyrillic с, then Latin
    assert unmask("Привет") == "Привет"


def test_squeeze_keeps_the_letter_with_the_mark():
    assert squeeze("nghỉiii") == "nghỉ"
    assert squeeze("xoong") == "xoong"
    assert squeeze("iii") == "iii"


def test_fold_drops_marks_and_keeps_case():
    assert fold("Đường Nguyễn Huệ") == "Duong Nguyen Hue"


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_fold_twice_changes_nothing(text):
    once = fold(clean(text))
    assert fold(once) == once
