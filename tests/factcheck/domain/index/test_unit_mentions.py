import pytest

from factcheck.domain.index.unit_mentions import mentions
from factcheck.enums import ConcernKind
from tests.factories import Cast, make_unit


def _mentioned(text: str, cast: Cast) -> dict[str, ConcernKind]:
    units = {unit.pk: unit.name for unit in (cast.so, cast.xa, cast.school, cast.sibling)}
    return {units[mention.unit_id]: mention.concern for mention in mentions(text, cast.school)}


@pytest.mark.parametrize(
    "text",
    [
        "Trường mình thu 500k tiền quạt phải không ạ",
        "lớp con tôi có ba bạn phải nghỉ",
        "Cô hiệu trưởng bắt phụ huynh nộp tiền mặt",
        "BGH nói mai nghỉ",
        "gvcn bảo mua sách mới",
        "truong minh thu tien quat",
        "Nhà trường chưa trả tiền ăn",
        "Trường của con mình đổi giờ vào lớp",
    ],
)
def test_words_that_point_to_the_receiving_school_propose_it(text: str, cast: Cast) -> None:
    assert list(_mentioned(text, cast)) == [cast.school.name]


@pytest.mark.parametrize(
    "text",
    [
        "Trường còn thiếu giáo viên ở nhiều nơi",
        "Bộ cho học sinh cả nước nghỉ Tết 14 ngày",
        "Ngập ở phường Bến Trăng",
        "Uống nước lá này khỏi sốt xuất huyết",
    ],
)
def test_words_that_name_and_point_to_nobody_propose_nobody(text: str, cast: Cast) -> None:
    assert _mentioned(text, cast) == {}


def test_a_named_school_is_concerned_not_the_one_that_received_the_report(cast: Cast) -> None:
    assert list(_mentioned("Cô hiệu trưởng trường THCS Đồi Sim đánh học sinh", cast)) == [
        cast.sibling.name
    ]
    assert _mentioned("Hai em ở trường Đồi Sim bị ngộ độc", cast) == {
        cast.sibling.name: ConcernKind.CARE
    }


def test_the_issuer_of_a_quoted_letter_is_concerned(cast: Cast) -> None:
    assert _mentioned("Công văn 1482/SGDĐT-VP cho nghỉ học", cast) == {
        cast.so.name: ConcernKind.ISSUER
    }
    assert _mentioned("Sở Giáo dục và Đào tạo cho nghỉ học", cast) == {
        cast.so.name: ConcernKind.DECISION
    }
    other = make_unit("province_department", name="Sở GD&ĐT Hải Vân")
    named = mentions("Công văn 15/SGDĐT-VP của Sở GD&ĐT Hải Vân", cast.school)
    assert [(m.unit_id, m.concern) for m in named] == [(other.pk, ConcernKind.ISSUER)]


def test_a_commune_is_concerned_only_where_its_authority_is_named(cast: Cast) -> None:
    assert _mentioned("UBND phường Bến Trăng thu tiền cổng chào", cast) == {
        cast.xa.name: ConcernKind.DECISION
    }


def test_a_list_of_schools_proposes_a_limited_number(cast: Cast) -> None:
    names = [f"Trường Tiểu học Mưa Rơi {number}" for number in range(30)]
    for name in names:
        make_unit("school", [cast.xa], name=name)
    assert len(mentions(", ".join(names), cast.school)) <= 20
