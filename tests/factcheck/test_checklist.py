from factcheck.checklist import CHECKLIST


def test_checklist_names_all_points_of_the_method() -> None:
    assert set(CHECKLIST) == {"official_source", "compared", "no_pupil", "own_unit", "contrary"}
