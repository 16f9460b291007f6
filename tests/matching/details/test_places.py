import pytest

from matching.details.places import find_localities, find_provinces, same_tier
from matching.details.proper_names import tokenise


def test_new_province_next_to_a_former_one_only_locates_it():
    assert find_provinces("tỉnh hoà bình cũ nay thuộc phú thọ") == {"Hòa Bình"}
    assert find_provinces("nha trang , khánh hoà") == {"Nha Trang"}


@pytest.mark.parametrize("text", ["quán bún bò huế", "phố huế", "đường hà nội", "vì hoà bình"])
def test_dish_street_or_wish_is_not_a_province(text):
    assert find_provinces(text) == set()


def test_city_before_the_name_is_not_a_street():
    assert find_provinces("thành phố huế ngập") == {"Huế"}


def test_ambiguous_unaccented_words_are_not_a_province():
    assert find_provinces("dien bien dich phuc tap", unaccented=True) == set()
    assert find_provinces("hoc sinh nghe an", unaccented=True) == {"Nghệ An"}


def test_localities_include_abolished_districts():
    assert find_localities(tokenise("huyện Kim Sơn, quận 7 và xã An Bình")) == {
        "huyện Kim Sơn",
        "quận 7",
        "xã An Bình",
    }


@pytest.mark.parametrize("text", ["phuong ko cho hs di hoc", "Phường ko cho học sinh đi học"])
def test_short_form_is_not_the_name_of_a_ward(text):
    assert find_localities(tokenise(text)) == set()


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("xã An Bình", "phường An Bình", True),
        ("huyện Kim Sơn", "xã Kim Sơn", False),
        ("Hà Nội", "Hà Nam", True),
        ("Nha Trang", "Khánh Hòa", False),
        ("thị trấn Phố Lu", "xã Bảo Hà", True),
    ],
)
def test_same_tier(left, right, same):
    assert same_tier(left, right) is same


@pytest.mark.parametrize(
    "text",
    [
        "Nghe nói quận mình có dịch",
        "Nhà xa quá thì không cần đi học",
        "Trường xa khu dân cư",
        "Bảo Hiểm Xã Hội thông báo tăng phí",
        "TỆ NẠN XÃ HỘI TRONG TRƯỜNG HỌC",
        "Công an phường nhờ trường thu căn cước",
        "xã bên có dịch, phường nào cũng vậy",
        "thôn quê, ấp trứng, quận huyện",
    ],
)
def test_ordinary_words_are_no_place(text):
    assert find_localities(tokenise(text)) == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ở xã an bình có 3 em mất tích", "xã An Bình"),
        ("xã Hội Sơn nghỉ học", "xã Hội Sơn"),
        ("Q7 ngập nặng", "quận 7"),
        ("Q.Bình Thạnh cúp điện", "quận Bình Thạnh"),
        ("P.5 mất nước", "phường 5"),
    ],
)
def test_place_is_read_in_everyday_spelling(text, place):
    assert find_localities(tokenise(text)) == {place}


def test_xa_is_a_commune_only_without_diacritics():
    assert find_localities(tokenise("xa an binh mat dien"), unaccented=True) == {"xã An Binh"}
    assert find_localities(tokenise("trường xa An Bình lắm")) == set()
