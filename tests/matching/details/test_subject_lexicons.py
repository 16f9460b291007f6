import pytest

from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "slot", "values"),
    [
        ("Sở GD&ĐT và UBND xã cho nghỉ", "offices", ("Sở GD&ĐT", "UBND xã")),
        ("Chủ tịch tỉnh yêu cầu", "offices", ("UBND tỉnh",)),
        ("Hiệu phó bị kỷ luật", "offices", ("hiệu phó",)),
        ("Cô giáo đánh học sinh", "offices", ("giáo viên → học sinh",)),
        ("Học sinh đánh giáo viên", "offices", ("học sinh → giáo viên",)),
        ("The teacher hit the student", "offices", ("teacher → student",)),
        ("Trường có ca cúm A và sởi", "causes", ("cúm A", "sởi")),
        ("tiêm Pfizer xong bị sốt xuất huyết", "causes", ("Pfizer", "sốt xuất huyết")),
        ("nghỉ học vì mưa lũ sau bão số 5", "causes", ("bão", "lũ lụt")),
        ("nghi hoc vi mua lu", "causes", ("lũ lụt",)),
        ("Two pupils died of measles", "causes", ("sởi",)),
        ("học sinh được nghỉ học", "causes", ()),
    ],
)
def test_subject_lexicon_slot(text, slot, values):
    assert extract_slots(text).get(slot) == values
