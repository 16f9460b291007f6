from matching.places import MERGED, PARENT, PROVINCES, UNCHANGED, contains, provinces


def test_provinces_number_34_now_and_63_before():
    assert len(MERGED) + len(UNCHANGED) == 34
    assert len(PROVINCES) == 63
    assert set(PARENT.values()) <= set(MERGED)


def test_new_province_beside_a_former_one_only_locates_it():
    assert provinces("tỉnh hoà bình cũ nay thuộc phú thọ") == {"Hòa Bình"}
    assert contains("Phú Thọ", "Hòa Bình")
    assert not contains("Hòa Bình", "Phú Thọ")
