import pytest

from matching.text.clock_times import canonical_times
from matching.text.letters import unify


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("4 rưỡi chiều", "16h30 chiều"),
        ("chiều nay 4h30", "chiều nay 16h30"),
        ("lúc 16 giờ 30", "lúc 16h30"),
        ("7 giờ tối", "19h tối"),
        ("12h đêm", "0h đêm"),
        ("7 giờ kém 15", "6h45"),
        ("4h30 chieu", "16h30 chieu"),
        ("10h sáng", "10h sáng"),
        ("2 triệu rưỡi", "2 triệu rưỡi"),
        ("16 giờ 30 em", "16h 30 em"),
        ("4h toi nghi", "4h toi nghi"),
    ],
)
def test_time_of_day_has_one_form(written, canonical):
    assert canonical_times(unify(written)) == canonical
    assert canonical_times(canonical) == canonical
