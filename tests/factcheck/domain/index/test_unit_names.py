from accounts.domain import units
from factcheck.domain.index.unit_names import gazetteer
from matching.details.slot_extraction import extract_slots
from tests.factories import make_unit


def _schools(text):
    return extract_slots(text, units=gazetteer()).schools


def test_gazetteer_knows_units_by_name_and_alias(db):
    school = make_unit("lower_secondary", name="Trường THCS Hoa Mai", code="hoa-mai")
    assert _schools("truong hoa mai nghi hoc") == ("THCS Hoa Mai",)
    units.add_alias(school, "Cấp 2 Thị Trấn Cũ", by=None)
    assert _schools("trường thị trấn cũ nghỉ học") == ("THCS Hoa Mai",)


def test_gazetteer_takes_the_level_from_the_kind_where_the_name_has_none(db):
    make_unit("kindergarten", name="Trường Sao Mai", code="sao-mai")
    assert _schools("truong mam non sao mai thu tien") == ("Mầm non Sao Mai",)


def test_gazetteer_follows_a_renamed_unit(db):
    school = make_unit("primary", name="Trường Tiểu học Bình An", code="binh-an")
    assert _schools("trường bình an nghỉ") == ("Tiểu học Bình An",)
    units.rename(school, "Trường Tiểu học An Lạc", by=None)
    assert _schools("trường bình an nghỉ") == ("Tiểu học An Lạc",)


def test_gazetteer_leaves_offices_out(db):
    make_unit("province_department", name="Sở Giáo dục và Đào tạo Thanh Giang")
    make_unit("commune", name="Xã An Bình")
    assert extract_slots("xa an binh mat dien", units=gazetteer()).places == ("xã An Bình",)
    assert _schools("Sở Giáo dục và Đào tạo Thanh Giang thông báo") == ()


def test_gazetteer_costs_one_query_when_nothing_changed(db, django_assert_num_queries):
    make_unit("school", name="Trường Hoa Sen")
    kept = gazetteer()
    with django_assert_num_queries(1):
        assert gazetteer() is kept
