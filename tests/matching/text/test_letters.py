import pytest

from matching.text.letters import fold, squeeze, unify, unmask


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
def test_unify_keeps_other_words_apart_from_tone_and_y(word):
    assert fold(unify(word)).replace("i", "y") == fold(word).replace("i", "y")


def test_unmask_touches_imitators_only_beside_latin():
    assert unmask("сó tin") == "có tin"  # Cyrillic с, then Latin
    assert unmask("Привет") == "Привет"


def test_squeeze_keeps_the_letter_with_the_mark():
    assert squeeze("nghỉiii") == "nghỉ"
    assert squeeze("xoong") == "xoong"
    assert squeeze("iii") == "iii"
