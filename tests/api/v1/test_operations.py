from typing import Any

from api.v1.operations import operations


def test_operations_list_fields_at_any_depth(document: dict[str, Any]) -> None:
    by_anchor = {operation.anchor: operation for operation in operations(document)}
    notices = by_anchor["notices_list"].successes[0].fields
    assert "results[].current.evidence[].quote" in {field.name for field in notices}
    verdict = next(
        parameter.field
        for parameter in by_anchor["notices_list"].parameters
        if parameter.name == "verdict"
    )
    assert "partly_false" in verdict.choices
    assert "`" not in verdict.description
    submit = by_anchor["report_submit"]
    assert "images" in {field.name for field in submit.body}
    assert submit.body_examples
    assert {response.status for response in submit.successes} == {"200", "201"}
    assert by_anchor["queue_list"].needs_token
    assert not submit.needs_token
