from matching.details.quantifiers import same_scope


def test_open_scope_fits_any_whole():
    assert same_scope("tất cả", "toàn tỉnh")
    assert same_scope("toàn tỉnh", "tất cả")
    assert not same_scope("toàn tỉnh", "toàn xã")
    assert not same_scope("tất cả", "một số")
