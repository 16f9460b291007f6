from matching.scoring.word_reasons import MAX_REASONS, word_differences


def _sides(left, right):
    return [(" ".join(d.left), " ".join(d.right)) for d in word_differences(left, right)]


def test_differing_words_are_shown_as_typed_with_their_neighbours():
    assert _sides("Uống lá ổi phòng được sởi", "Uống lá tía tô phòng được sởi") == [
        ("Uống lá ổi phòng", "Uống lá tía tô phòng")
    ]
    assert _sides("Trẻ <16 tuổi bị cấm", "Trẻ >16 tuổi bị cấm") == [
        ("Trẻ <16 tuổi", "Trẻ >16 tuổi")
    ]


def test_added_words_stand_on_one_side():
    assert _sides("Cô lớp 2D tát bạn", "Cô lớp 2D đâu có tát bạn") == [("", "lớp 2D đâu có tát")]


def test_another_spelling_is_no_difference():
    assert _sides("hs nghỉ, nộp 200k nhé", "Học sinh nghỉ: nộp 200.000đ nhé!") == []
    assert _sides("Hoà nghỉ học 😱", "hòa nghỉ HỌC") == []


def test_long_differences_are_cut():
    left = " ".join(f"a{n} chung" for n in range(40))
    right = " ".join(f"b{n} chung" for n in range(40))
    (only,) = word_differences(left, right)  # one word between them is no break
    assert only.left[0].endswith("…")
    apart = [" ".join(f"{side}{n} từ chung cả" for n in range(40)) for side in "ab"]
    assert len(word_differences(*apart)) == MAX_REASONS
