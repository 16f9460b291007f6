from api import problems


def test_every_kind_has_a_definition_and_a_status() -> None:
    assert set(problems.PROBLEMS) == set(problems.ProblemKind)
    assert all(400 <= definition.status < 600 for definition in problems.PROBLEMS.values())
