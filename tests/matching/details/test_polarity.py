from matching.details.polarity import are_opposed


def test_opposites_exclude_each_other_within_a_group_only():
    assert are_opposed(("tăng",), ("tặng",))
    assert are_opposed(("sẽ", "tăng"), ("đã",))
    assert not are_opposed(("tăng",), ("đóng cửa",))
    assert not are_opposed((), ("tăng",))
