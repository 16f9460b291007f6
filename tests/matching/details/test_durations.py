import pytest

from matching.details.durations import same_duration
from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("14 ngày", "2 tuần", True),
        ("12 tháng", "1 năm", True),
        ("14 ngày", "3 tuần", False),
        ("14 ngày", "14 tuần", False),
        ("10–15 ngày", "10–14 ngày", False),
        ("mỗi tuần", "mỗi tháng", False),
    ],
)
def test_durations_compare(left, right, same):
    assert same_duration(left, right) is same


def test_frequency_is_read_without_a_sum():
    assert extract_slots("mỗi tuần học 5 ngày").periods == ("5 ngày", "mỗi tuần")
    assert extract_slots("nghỉ nửa tháng").periods == ("15 ngày",)
