import json

import pytest

from matching.details.slot_extraction import extract_slots
from matching.details.slot_set import SLOT_NAMES, Slots


def test_json_round_trip():
    slots = extract_slots("Trường THCS Hoa Mai thu 200k/tháng từ 5/6")
    assert Slots.from_json(json.loads(json.dumps(slots.to_json()))) == slots
    assert Slots.from_json({"unknown": ["x"]}) == Slots()


def test_get_unknown_slot_raises():
    with pytest.raises(KeyError):
        Slots().get("authors")


def test_slot_names_have_no_person():
    assert "dates" in SLOT_NAMES
    assert not {"author", "person", "people", "suspect"} & set(SLOT_NAMES)
