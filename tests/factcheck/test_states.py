from factcheck.enums import CaseStatus
from factcheck.states import LABELS, TRANSITIONS, Verb


def test_table_has_one_row_and_one_label_for_every_verb() -> None:
    assert set(TRANSITIONS) == set(Verb) == set(LABELS)
    assert all(verb == row.verb for verb, row in TRANSITIONS.items())
    assert len({row.event for row in TRANSITIONS.values()}) == len(Verb)


def test_every_status_can_be_reached_and_left() -> None:
    every = [(row, source) for row in TRANSITIONS.values() for source in row.sources]
    reached = {target for row, source in every for target in row.targets(source)}
    left = {status for row in TRANSITIONS.values() for status in row.sources}
    assert set(CaseStatus) == reached
    assert set(CaseStatus) == left
