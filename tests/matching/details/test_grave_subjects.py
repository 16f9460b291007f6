import pytest

from matching.details.grave_subjects import GraveSubject, grave_subjects, names_a_unit
from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Trường Nắng Mai có 12 ca tay chân miệng", GraveSubject.ILLNESS),
        ("truong co hoc sinh ngo doc", GraveSubject.ILLNESS),
        ("Có nhóm bắt cóc trước cổng trường", GraveSubject.VIOLENCE),
        ("Xe đưa đón bị lật xe ở cầu", GraveSubject.ACCIDENT),
        ("Mai học sinh nghỉ học vì ngập", GraveSubject.CLOSING),
    ],
)
def test_grave_subject_is_seen(text: str, subject: GraveSubject) -> None:
    assert subject in grave_subjects(text)


@pytest.mark.parametrize("text", ["", "Trường thu 180.000 đồng tiền nước", "Bỏ đồng phục thứ Hai"])
def test_other_subjects_are_not_grave(text: str) -> None:
    assert not grave_subjects(text)


def test_schools_and_communes_are_units_and_provinces_are_not() -> None:
    assert names_a_unit(extract_slots("Trường THCS Đồi Sim nghỉ học"))
    assert names_a_unit(extract_slots("Xã Mây Hồ nghỉ học"))
    assert not names_a_unit(extract_slots("Học sinh Hà Nội nghỉ học"))
