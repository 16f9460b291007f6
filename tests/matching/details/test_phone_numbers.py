import pytest

from matching.details.phone_numbers import same_phone
from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    "written", ["0912xxx345", "0912***345", "0912.xxx.345", "0912 xxx 345", "0912...345"]
)
def test_masked_number_has_one_form(written):
    assert extract_slots(f"Số {written} gọi lừa đảo").phones == ("0912xxx345",)


def test_hidden_digit_fits_any():
    assert same_phone("0912xxx345", "0912000345")
    assert not same_phone("0912xxx345", "0912xxx354")
    assert not same_phone("0912000345", "0912000354")
