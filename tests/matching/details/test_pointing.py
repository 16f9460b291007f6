from datetime import date

import pytest

from matching.details.gazetteer import Gazetteer, UnitName
from matching.details.pointing import ReportUnit
from matching.scoring.policy import Action, decide
from matching.scoring.prepared_text import prepare_text
from matching.scoring.ranking import Candidate, Query, rank

DAY = date(2026, 11, 26)
NAVY = ReportUnit(
    1, "school", "Tiểu học Nắng Mai, Bến Trăng", "Sở Thanh Giang", "Tiểu học Nắng Mai"
)
HILL = ReportUnit(2, "school", "THCS Đồi Sim, Đồi Sim", "Sở Thanh Giang", "THCS Đồi Sim")
FAR = ReportUnit(4, "school", "THCS Suối Ngân, Suối Ngân", "Sở Bình Lam", "THCS Suối Ngân")
OFFICE = ReportUnit(3, "office", "Sở Thanh Giang", "Sở Thanh Giang")
UNITS = Gazetteer.from_names(
    [
        UnitName("Trường Tiểu học Kim Đồng", ident=10),
        UnitName("Trường Tiểu học Kim Đồng", aliases=("Kim Đồng 1",), ident=11),
        UnitName("Trường THCS Hoa Mai", ident=12),
    ]
)


def _unknown(text, unit=None, seen_on=None, units=None):
    return prepare_text(text, "", seen_on, unit=unit, units=units).pointers.unknown


def _action(text, left, right, days=(DAY, DAY), units=None):
    query = Query(text, "", days[0], units, left)
    (ranked,) = rank(query, [Candidate(1, text, seen_on=days[1], unit=right)])
    return decide([ranked]).action, ranked


@pytest.mark.parametrize(
    "text",
    [
        "Trường mình thu tiền quạt", "Lớp con tôi có ca sởi", "Nhà trường thu tiền quạt",
        "Cô hiệu trưởng thu tiền quạt", "Toàn trường nghỉ học", "Lớp 4A có ca sởi",
        "Lớp 6/3 có ca sởi", "truong minh thu tien quat", "Xã mình mất nước", "Ở chỗ mình mất nước",
        "Tỉnh mình bỏ thi", "Toàn xã nghỉ học", "#TrườngMình thu tiền",
    ],
)  # fmt: skip
def test_words_that_point_to_a_unit_are_unknown_without_one(text):
    assert _unknown(text, seen_on=DAY)
    assert not _unknown(text, NAVY, DAY)


@pytest.mark.parametrize("text", ["Trường mình thu tiền quạt", "Nhà trường thu tiền quạt"])
def test_office_is_no_school(text):
    assert _unknown(text, OFFICE, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Mai học sinh được nghỉ", "Thông báo: mai nghỉ học", "Bữa qua có người lạ",
        "Năm nay bỏ thi",
        "Tuần sau nghỉ học", "mai nghi hoc nhe", "Ngày mai nghỉ học", "Hè này học bơi",
    ],
)  # fmt: skip
def test_words_that_point_to_a_day_are_unknown_without_one(text):
    assert _unknown(text, NAVY)
    assert not _unknown(text, NAVY, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "Trường Hoa Mai thu tiền", "Cô Mai thu tiền quạt", "Phường Mai Dịch mất điện",
        "Các trường thu tiền quạt", "Trường Hoa Mai: cô hiệu trưởng bị kỉ luật",
        "Nghề này mai một dần", "Học sinh khối 6 nghỉ học", "Nghỉ học ngày 12/9/2026",
    ],
)  # fmt: skip
def test_names_and_general_words_do_not_point(text):
    assert not _unknown(text)


def test_same_words_of_one_unit_and_day_are_linked_and_of_others_are_not():
    text = "Trường mình thu 300 nghìn tiền quạt của mỗi học sinh"
    assert _action(text, NAVY, NAVY)[0] is Action.LINK
    action, ranked = _action(text, NAVY, HILL)
    assert action is Action.SUGGEST
    assert [(d.slot, d.left, d.right) for d in ranked.differences] == [
        ("schools", (NAVY.label,), (HILL.label,))
    ]
    for unit in (None, OFFICE):
        assert _action(text, unit, unit)[0] is Action.SUGGEST
        assert _action(text, NAVY, unit)[0] is Action.SUGGEST


def test_same_words_of_another_day_are_not_linked():
    text = "Mai học sinh trường Vàm Cỏ được nghỉ vì bão"
    assert _action(text, None, None)[0] is Action.LINK
    action, ranked = _action(text, None, None, (DAY, date(2026, 11, 27)))
    assert action is Action.SUGGEST
    assert ranked.differences[0].slot == "dates"
    assert _action(text, None, None, (None, None))[0] is Action.SUGGEST


def test_whole_province_is_that_of_the_unit():
    text = "Học sinh toàn tỉnh được nghỉ học từ 17/2 đến hết 20/2"
    assert _action(text, NAVY, HILL)[0] is Action.LINK
    assert _action(text, None, None)[0] is Action.LINK  # one installation, mostly one province
    assert _action(text, NAVY, FAR)[0] is Action.SUGGEST


def test_name_of_two_units_is_filled_from_the_report():
    text = "Trường Tiểu học Kim Đồng cho học sinh nghỉ học vì cúm A"
    first = ReportUnit(10, "school", "Tiểu học Kim Đồng, Xã A")
    second = ReportUnit(11, "school", "Tiểu học Kim Đồng, Xã B")
    assert _action(text, first, first, units=UNITS)[0] is Action.LINK
    assert _action(text, first, second, units=UNITS)[0] is Action.SUGGEST
    assert _action(text, HILL, HILL, units=UNITS)[0] is Action.SUGGEST
    assert _action(text, None, None, units=UNITS)[0] is Action.SUGGEST
    alone = "Trường THCS Hoa Mai cho học sinh nghỉ học vì cúm A"
    assert _action(alone, None, None, units=UNITS)[0] is Action.LINK


def test_pointing_words_fill_the_slots_that_no_name_fills():
    prepared = prepare_text("Mai trường mình nghỉ học", "", DAY, unit=NAVY)
    assert prepared.slots.schools == ("Tiểu học Nắng Mai",)
    assert prepared.slots.dates == ("2026-11-27",)
    (ranked,) = rank(
        Query("Trường mình cho nghỉ học vì dịch cúm A", "", DAY, unit=NAVY),
        [Candidate(1, "Trường THCS Đồi Sim cho nghỉ học vì dịch cúm A", seen_on=DAY)],
    )
    assert "schools" in [d.slot for d in ranked.differences if d.kind == "conflict"]
