import pytest

from matching.text.number_words import spell_in_digits


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("hai trăm", "200"),
        ("một trăm linh năm em", "105 em"),
        ("năm mươi lăm triệu", "55 triệu"),
        ("mười hai tuổi", "12 tuổi"),
        ("hai ca", "2 ca"),
        ("thứ ba", "thứ 3"),
        ("cấp hai", "cấp 2"),
        ("bốn rưỡi chiều", "4 rưỡi chiều"),
        ("hai lăm nghìn", "25 nghìn"),
        ("hơn trăm em", "hơn 100 em"),
        ("3 trăm em", "300 em"),
        ("tháng tư", "tháng 4"),
        ("hai tram nghin", "200 nghin"),
        ("tam trieu", "8 trieu"),
    ],
)
def test_number_words_become_digits(words, digits):
    assert spell_in_digits(words) == digits


@pytest.mark.parametrize(
    "words", ["năm học", "ba cháu điện cho chú", "hai bà trưng", "cơm chín", "5 năm", "tam giac"]
)
def test_words_that_only_look_like_numbers_stay(words):
    assert spell_in_digits(words) == words
