import pytest

from matching.details.gazetteer import Gazetteer, UnitName
from matching.details.slot_diff import differences
from matching.details.slot_extraction import extract_slots

UNITS = Gazetteer.from_names(
    [
        UnitName("Trường THCS Hoa Mai", aliases=("Hoa Mai", "Cấp 2 Thị Trấn Cũ")),
        UnitName("Trường TH&THCS Tân Lập", aliases=("Tân Lập",)),
        UnitName("Trường Bình Minh", level="Mầm non"),
        UnitName("Trường Tiểu học Kim Đồng"),
        UnitName("Trường THCS Kim Đồng"),
        UnitName("Xã An Bình", "place", ("xã Bình An",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "schools"),
    [
        ("truong hoa mai nghi hoc", ("THCS Hoa Mai",)),
        ("trường hoa mai nghỉ học", ("THCS Hoa Mai",)),
        ("học sinh Hoa Mai nghỉ học", ("THCS Hoa Mai",)),
        ("trường Thị trấn Cũ thu tiền", ("THCS Hoa Mai",)),
        ("trường tân lập thu tiền", ("Trường Tân Lập",)),
        ("mầm non bình minh đóng cửa", ("Mầm non Bình Minh",)),
        ("thcs kim dong thu tien", ("THCS Kim Đồng",)),
    ],
)
def test_unit_is_recognised_by_any_of_its_names(text, schools):
    assert extract_slots(text, units=UNITS).schools == schools


@pytest.mark.parametrize(
    ("text", "schools"),
    [
        ("vườn hoa mai nở", ()),
        ("Trường Tiểu học Hoa Mai nghỉ", ("Tiểu học Hoa Mai",)),
        ("Trường THCS Hoa Mai 2 nghỉ", ("THCS Hoa Mai 2",)),
        ("Trường Kim Đồng thu tiền", ("Trường Kim Đồng",)),  # two units have this name
    ],
)
def test_school_of_a_similar_name_is_not_the_unit(text, schools):
    assert extract_slots(text, units=UNITS).schools == schools


def test_place_is_recognised_only_after_its_kind():
    assert extract_slots("xã bình an mất điện", units=UNITS).places == ("xã An Bình",)
    assert extract_slots("chúc bình an", units=UNITS).places == ()


def test_longest_name_wins():
    units = Gazetteer.from_names(
        [UnitName("Trường THCS Hoa Mai"), UnitName("Trường THCS Hoa Mai Vàng")]
    )
    assert extract_slots("trường hoa mai vàng nghỉ", units=units).schools == ("THCS Hoa Mai Vàng",)
    assert extract_slots("trường hoa mai nghỉ", units=units).schools == ("THCS Hoa Mai",)


def test_two_aliases_of_one_unit_do_not_conflict():
    one = extract_slots("trường Thị trấn Cũ nghỉ học", units=UNITS)
    other = extract_slots("Trường THCS Hoa Mai nghỉ học", units=UNITS)
    assert differences(one, other) == []
    assert differences(
        extract_slots("trường Thị Trấn Cũ nghỉ"), extract_slots("Trường THCS Hoa Mai nghỉ")
    )


def test_without_names_nothing_changes():
    text = "Trường THCS Hoa Mai nghỉ học"
    assert extract_slots(text, units=Gazetteer.from_names([])) == extract_slots(text)


def test_initials_are_those_of_a_known_unit_only():
    units = Gazetteer.from_names([UnitName("Trường THPT Nguyễn Thị Minh Khai")])
    text = "Trường THPT NTMK bắt cắt tóc"
    assert extract_slots(text, units=units).schools == ("THPT Nguyễn Thị Minh Khai",)
    assert extract_slots(text).schools == ("THPT Ntmk",)


def test_initials_of_two_units_name_none():
    units = Gazetteer.from_names(
        [UnitName("Trường THPT Nguyễn Thị Minh Khai"), UnitName("Trường THPT Ngô Thì Mai Khôi")]
    )
    text = "Trường THPT NTMK bắt cắt tóc"
    assert extract_slots(text, units=units).schools == ("THPT Ntmk",)


def test_initials_of_an_unknown_school_are_no_conflict_with_a_name_they_fit():
    short = extract_slots("Trường THPT NTMK bắt cắt tóc")
    fitting = extract_slots("Trường THPT Nguyễn Thị Minh Khai bắt cắt tóc")
    other = extract_slots("Trường THPT Nguyễn Trãi bắt cắt tóc")
    assert [d.kind for d in differences(short, fitting)] == ["missing"]
    assert [d.kind for d in differences(short, other)] == ["conflict"]
