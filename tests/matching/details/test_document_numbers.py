import pytest

from matching.details.document_numbers import same_document
from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Theo TT22 học sinh không bị lưu ban", ("22/TT",)),
        ("thông tư số 22/2021/TT-BGDĐT", ("22/2021/TT-BGDDT",)),
        ("Thông tư 22/2021 bỏ xếp hạng", ("22/2021/TT",)),
        ("NĐ116 và cv 1482", ("116/ND", "1482/CV")),
        ("quyết định số 1482 của Sở", ("1482/QD",)),
        ("quyết định 5 trường nghỉ", ()),
        ("thông báo 3 ca mắc", ()),
    ],
)
def test_short_number_of_a_document_is_read(text, documents):
    assert extract_slots(text).documents == documents


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("22/TT", "22/2021/TT-BGDDT", True),
        ("1482/CV", "1482/SGDDT-VP", True),
        ("22/TT", "27/TT", False),
        ("22/TT", "22/ND", False),
        ("22/2021/TT", "22/2023/TT-BGDDT", False),
        ("1482/UBND-VP", "1482/SGDDT-VP", False),
    ],
)
def test_documents_compare(left, right, same):
    assert same_document(left, right) is same_document(right, left) is same
