from factcheck.enums import Urgency
from factcheck.labels import ANSWER_WITHIN, SLOT_LABELS
from matching.details.slot_set import SLOT_NAMES


def test_every_slot_and_every_urgency_has_a_label() -> None:
    assert set(SLOT_NAMES) <= set(SLOT_LABELS)
    assert set(ANSWER_WITHIN) == set(Urgency)
