from matching.scoring.features import text_features
from matching.scoring.prepared_text import prepare_text

RUMOUR = "Ngày mai 12/9 toàn bộ học sinh THCS Hoa Mai nghỉ học tránh bão, mỗi em nộp 200k"


def test_short_message_inside_a_long_one_is_fully_shared():
    short, long = prepare_text("học sinh nghỉ học tránh bão"), prepare_text(RUMOUR)
    assert text_features(short, long)["shared"] == 1
    assert text_features(long, short)["shared_reverse"] == 1
    assert text_features(long, short)["shared"] < 1


def test_order_separates_texts_of_the_same_words():
    sentence, other = prepare_text("chó cắn người"), prepare_text("người cắn chó")
    assert text_features(sentence, sentence)["order"] == 1
    assert 0.3 < text_features(sentence, other)["order"] < 0.7
    assert text_features(sentence, prepare_text(""))["order"] == 0
